"""Sentences on missing people and on groups: each is read once as it is, and once with the fact flipped."""

from dataclasses import replace

from pilotage.analysis.describe import NumberSummary
from pilotage.analysis.disclosure import shareable
from pilotage.analysis.recommended.supplementary_results import (
    ClusteredOutcome,
    Clustering,
    DesignEffect,
    Estimand,
    Lost,
    MissingData,
    RetainedAndLost,
    ShiftResult,
    TippingPointResult,
    UnderIcc,
)
from pilotage.report.model.document import Block, Bullets, Paragraph, Section, TableBlock
from pilotage.report.sections.clustering import clustering, groups_sentence, icc_sentences, robust_sentence
from pilotage.report.sections.context import Context
from pilotage.report.sections.missing import lost_sentence, missing, tipping_sentences
from tests.report import effects, facts

CONTEXT = effects.with_effects()

STAYED = NumberSummary(25, 0, 3.2, 0.6, 3.2, (2.8, 3.6), 2.0, 4.4)
NOBODY_LOST = RetainedAndLost("scs-26.total", "Self-compassion", "training", STAYED, replace(STAYED, n=0), None)
SHIFTS = tuple(ShiftResult(d * 0.6, d, facts.estimate(0.4, 0.1, 0.7), 0.01, 40.0) for d in (-2.0, 0.0, 2.0))
POINT = TippingPointResult(
    "scs-26.total", "Self-compassion", "training", "control", {"training": 25, "control": 22},
    {"training": 2, "control": 1}, 0, 0.6, 50, 1, SHIFTS,
)  # fmt: skip
EVERYONE = Lost("training", "post", 25, 25, {})
ESTIMAND = Estimand("the difference", "everyone", "self-compassion", "two arms", ("whoever stopped stays",), "a mean",
                    "Chance did not decide who trained")  # fmt: skip
COMPLETE = MissingData(
    "pre-post", ESTIMAND, (EVERYONE,), (NOBODY_LOST,), (replace(POINT, shifts=(), why_not="all came"),)
)
CLUSTERED = ClusteredOutcome(
    "scs-26.total", "Self-compassion", "training", "control", 47, 0.01,
    (UnderIcc(0.05, facts.estimate(0.4, 0.05, 0.75), 2.3, 30.0, 0.03),), 0.08, None, None, "two groups are too few",
    None, "two are too few for it", "by hand",
)  # fmt: skip
GROUPS = Clustering("pre-post", {"training": {"a": 14, "b": 11}},
                    {"training": (DesignEffect(0.05, 12.5, 1.575, 12.68, 1.584),)}, (CLUSTERED,))  # fmt: skip
STRESS = replace(CLUSTERED, scale="pss-10.total", label="Stress")


def told(**parts: object) -> Context:
    return facts.context(recommended=replace(effects.found(), **parts))  # type: ignore[arg-type]


def blocks(section: Section | None) -> tuple[Block, ...]:
    assert section is not None
    return section.blocks


def tables(section: Section | None) -> list[str]:
    return [block.id for block in blocks(section) if isinstance(block, TableBlock)]


def test_everyone_answering_is_told_from_somebody_missing() -> None:
    assert lost_sentence(CONTEXT, COMPLETE) == "Everyone in the study answered at every assessment compared."
    gone = replace(COMPLETE, lost=(replace(EVERYONE, assessed=23), EVERYONE))
    assert lost_sentence(CONTEXT, gone) == "Without answers: 2 of 25 in Training at “After the training”."


def test_a_conclusion_that_turns_is_told_from_one_that_no_shift_turns() -> None:
    def said(**flips: float) -> str:
        (line,) = tipping_sentences(CONTEXT, replace(COMPLETE, tipping_points=(replace(POINT, **flips),)))  # type: ignore[arg-type]
        return line

    assert "anywhere from -2.00 to 2.00 SD" in said().replace("−", "-")
    assert "as it does without a shift" in said()
    turned = said(flips_below=-1.5).replace("−", "-")
    assert turned.endswith("turns once the missing last scores of Training lie -1.50 SD beside what was expected.")
    assert "-1.50 SD or 1.00 SD" in said(flips_below=-1.5, flips_above=1.0).replace("−", "-")


def test_where_nothing_was_shifted_the_reason_stands_once_for_all_outcomes() -> None:
    point = COMPLETE.tipping_points[0]
    both = replace(COMPLETE, tipping_points=(point, replace(point, label="Stress")))
    assert tipping_sentences(CONTEXT, both) == ["Self-compassion and Stress: all came."]
    other = replace(COMPLETE, tipping_points=(point, replace(point, label="Stress", why_not="too few")))
    assert tipping_sentences(CONTEXT, other) == ["Self-compassion: all came.", "Stress: too few."]


def test_tables_of_the_missing_stand_only_where_somebody_is_missing() -> None:
    assert tables(missing(told(missing=(COMPLETE,)))) == ["missing"]
    lost = replace(NOBODY_LOST, lost=replace(STAYED, n=2), difference=-0.4)
    some = replace(COMPLETE, baseline=(lost,), tipping_points=(POINT,))
    assert tables(missing(told(missing=(some,)))) == ["missing", "retained-and-lost", "tipping-points"]
    assert missing(told()) is None


def test_only_arms_that_lost_somebody_stand_in_the_table_of_the_lost() -> None:
    lost = replace(NOBODY_LOST, arm="control", lost=replace(STAYED, n=2), difference=-0.4)
    found = blocks(missing(told(missing=(replace(COMPLETE, baseline=(NOBODY_LOST, lost)),))))
    (table,) = (block for block in found if isinstance(block, TableBlock) and block.id == "retained-and-lost")
    assert [row.cells[1] for row in table.rows] == ["Control"]


def test_why_people_are_missing_is_a_column_only_where_a_reason_is_known_and_few_are_withheld() -> None:
    def shown(*lost: Lost) -> TableBlock:
        found = blocks(missing(told(missing=(replace(COMPLETE, lost=lost),))))
        return next(block for block in found if isinstance(block, TableBlock))

    assert "reasons" not in [column.id for column in shown(EVERYONE).columns]
    moved = replace(EVERYONE, assessed=23, reasons={"moved away": 2})
    assert shown(moved).rows[0].cells[-1] == "moved away: 2"
    shared = shareable(told(missing=(replace(COMPLETE, lost=(moved,)),)).results, 5).recommended
    assert shared is not None
    assert shown(*shared.missing[0].lost).rows[0].cells[-1] == "moved away: withheld"


def test_the_caution_of_the_estimand_is_a_note_of_its_own() -> None:
    cautions = [
        b.text for b in blocks(missing(told(missing=(COMPLETE,)))) if isinstance(b, Paragraph) and b.kind == "note"
    ]
    assert cautions == ["Chance did not decide who trained."]


def test_several_groups_are_counted_with_their_sizes_and_one_is_said_to_be_one() -> None:
    assert groups_sentence(CONTEXT, GROUPS).startswith("Training was taught in 2 groups (of 14 and 11). ")
    one = replace(GROUPS, groups={"training": {"a": 25}})
    assert groups_sentence(CONTEXT, one).startswith("Training was taught in one group (of 25). ")


def test_without_recorded_groups_that_is_all_the_section_says() -> None:
    none = Clustering("pre-post", {}, {}, (), "no training groups are recorded")
    assert blocks(clustering(told(clustering=(none,)))) == (Paragraph("No training groups are recorded."),)
    assert tables(clustering(told(clustering=(GROUPS,)))) == ["design-effects", "under-assumed-icc"]
    assert clustering(told()) is None


def test_a_correlation_within_groups_is_quoted_or_refused_for_those_outcomes_it_is_refused_for() -> None:
    assert icc_sentences(CONTEXT, GROUPS) == ["The ICC is not estimated for any main outcome: two groups are too few."]
    known = replace(STRESS, icc_anova=facts.estimate(0.04, -0.02, 0.3), icc_why_not="")
    quoted, refused = icc_sentences(CONTEXT, replace(GROUPS, outcomes=(CLUSTERED, known)))
    assert quoted.replace("−", "-") == "Stress: ICC .04 [-.02, .30]."
    assert refused == "The ICC is not estimated for self-compassion: two groups are too few."


def test_an_outcome_for_which_no_correlation_could_be_assumed_says_why() -> None:
    assert not any("could be tried" in line for line in icc_sentences(CONTEXT, GROUPS))
    (line,) = icc_sentences(CONTEXT, replace(GROUPS, outcomes=(replace(CLUSTERED, why_not="nobody differs"),)))
    assert line == "Self-compassion: nothing assumed could be tried; nobody differs."


def test_errors_robust_to_groups_are_quoted_or_refused_in_one_sentence() -> None:
    start = "Differences in change with errors robust to groups (CR2): "
    refused = f"{start}not given for any main outcome, as two are too few for it."
    assert robust_sentence(CONTEXT, GROUPS) == refused
    robust = replace(effects.contrast(), df=6.5)
    had = replace(STRESS, robust=robust, robust_why_not="")
    quoted = "stress 0.40 [0.10, 0.70] (Training; df = 6.50)"
    assert robust_sentence(CONTEXT, replace(GROUPS, outcomes=(had,))) == f"{start}{quoted}."
    assert robust_sentence(CONTEXT, replace(GROUPS, outcomes=(CLUSTERED, had))) == (
        f"{start}{quoted}; not given for self-compassion, as two are too few for it."
    )
    assert Paragraph(refused) in blocks(clustering(told(clustering=(GROUPS,))))
    assert any(isinstance(block, Bullets) for block in blocks(clustering(told(clustering=(GROUPS,)))))
