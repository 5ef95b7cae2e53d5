"""Sentences of the recommended analysis: each is read once as it is, and once with the fact flipped."""

from dataclasses import replace

from pilotage.analysis.recommended.effect_results import OutcomeEffects
from pilotage.report.model.document import TableBlock
from pilotage.report.model.values import Cell, Estimated, Quantity
from pilotage.report.sections.dose import dose_sentence
from pilotage.report.sections.floor_and_ceiling import ceiling_sentence
from pilotage.report.sections.individual import worse_sentences
from pilotage.report.sections.recommended import (
    effect_sentence,
    joint_sentence,
    lord_sentence,
    reasons,
    recommended,
    slopes_sentence,
)
from pilotage.report.sections.recommended_tables import beliefs, by_method, differences, prior_notes, standardised
from pilotage.report.sections.side_by_side import agreement_sentences, side_by_side
from tests.report import effects, facts
from tests.report.protocols import changed

CONTEXT = effects.with_effects()


def test_an_interval_without_nought_is_told_from_one_that_holds_it() -> None:
    said = effect_sentence(CONTEXT, effects.EFFECTS)
    assert "adjusted difference 0.40 [0.10, 0.70] (Training less Control, After the training; n = 47)" in said
    assert "the interval leaves out nought" in said
    flipped = effects.differing(ancova=effects.contrast(0.4, -0.1, 0.9))
    assert "the interval holds differences both ways" in effect_sentence(CONTEXT, flipped)


def test_a_sceptic_is_quoted_and_what_matters_only_where_the_plan_names_it() -> None:
    said = effect_sentence(CONTEXT, effects.EFFECTS)
    assert "the probability that it is for the better is .99, and .95 for a sceptic" in said
    assert "that matters" not in said
    believed = (effects.belief("flat", 0.99, 0.8), effects.belief("sceptical", 0.95, 0.4))
    named = replace(effects.differing(beliefs=believed), important=0.3)
    assert "that it is at least the 0.3 that matters, .80 and .40" in effect_sentence(CONTEXT, named)


def test_an_outcome_without_an_adjusted_difference_says_why() -> None:
    flipped = replace(effects.differing(ancova=None), why_not={"ancova": "nobody differs"})
    assert effect_sentence(CONTEXT, flipped) == "Self-compassion: no adjusted difference; nobody differs."


def test_that_change_and_adjusted_scores_part_is_said_with_the_outcome() -> None:
    assert lord_sentence(CONTEXT, effects.ours()).endswith("; here they say alike.")
    apart = effects.ours(effects.differing(change=effects.contrast(0.4, -0.1, 0.9)))
    assert lord_sentence(CONTEXT, apart).endswith("They part over self-compassion.")
    drawn = changed(CONTEXT, study={"randomised": True})
    assert lord_sentence(drawn, apart).startswith("Change scores and adjusted scores estimate the same difference")


def test_slopes_that_differ_are_named() -> None:
    assert "nothing speaks against it, which in so few people is not much" in slopes_sentence(CONTEXT, effects.ours())
    uneven = replace(effects.EFFECTS, slopes=(replace(effects.EFFECTS.slopes[0], p=0.01),))
    assert "seems otherwise for self-compassion" in slopes_sentence(CONTEXT, effects.ours(uneven))


def test_what_stays_when_all_are_tested_together_is_named_or_said_to_be_nothing() -> None:
    assert "self-compassion stayed below p = .05" in joint_sentence(CONTEXT, effects.ours())
    assert "none stayed below" in joint_sentence(CONTEXT, effects.ours(effects.differing(joint_p=0.2)))
    refused = replace(effects.ours(), joint=replace(effects.ours().joint, why_not="nobody is in Control"))
    assert joint_sentence(CONTEXT, refused) == "All outcomes were not tested together: nobody is in Control."


def test_what_could_not_be_had_says_why_once_for_all_outcomes() -> None:
    both = effects.ours(effects.EFFECTS, replace(effects.EFFECTS, scale="eq-40.total", label="Empathy"))
    (line,) = reasons(CONTEXT, both)
    assert line.startswith("Mixed model with equal means at the start (cLDA): not done for any outcome; people were")
    assert reasons(CONTEXT, effects.ours(replace(effects.EFFECTS, why_not={}))) == []
    edge = replace(effects.EFFECTS, why_not={}, fit=replace(effects.EFFECTS.fit, boundary=True))  # type: ignore[type-var]
    assert "lies at an edge for self-compassion" in reasons(CONTEXT, effects.ours(edge))[0]


def test_odds_ratios_stand_beside_the_ranks_for_main_outcomes_and_a_refusal_is_a_dash_with_its_reason() -> None:
    had = effects.differing(odds_ratio=facts.estimate(2.5, 1.1, 6.0), odds_p=0.03)
    minor = replace(effects.EFFECTS, role="secondary")

    def cells(outcome: OutcomeEffects) -> tuple[Cell, Cell]:
        ours = effects.ours(outcome)
        found = (standardised(CONTEXT, ours, ""), by_method(CONTEXT, ours, ""))
        assert [table.columns[-1].id for table in found] == ["odds_ratio", "p_ordinal"]
        first, second = (table.rows[-1].cells[-1] for table in found)
        return first, second

    assert cells(had) == (Estimated(2.5, 1.1, 6.0, "score"), Quantity(0.03, "p"))
    assert cells(minor) == ("", "")
    assert cells(effects.EFFECTS) == (Quantity(None, "score"), Quantity(None, "p"))
    refused = replace(effects.EFFECTS, why_not={"ordinal": "no finite odds ratio is the most likely"})
    (line,) = reasons(CONTEXT, effects.ours(refused))
    assert line == "Proportional odds: not done for self-compassion; no finite odds ratio is the most likely."


def test_without_randomisation_the_permutation_test_says_what_it_rests_on() -> None:
    assert any("exchangeability" in note for note in differences(CONTEXT, effects.ours(), "").notes)
    drawn = changed(CONTEXT, study={"randomised": True})
    assert not any("exchangeability" in note for note in differences(drawn, effects.ours(), "").notes)


def test_a_plan_without_a_difference_that_matters_says_so() -> None:
    assert "The plan names no smallest difference" in prior_notes(CONTEXT, least=False)[-1]
    assert "P(matters)" in prior_notes(CONTEXT, least=True)[-1]
    assert "flat_important" not in [column.id for column in beliefs(CONTEXT, effects.ours(), "").columns]
    named = effects.ours(replace(effects.EFFECTS, important=0.3))
    assert "flat_important" in [column.id for column in beliefs(CONTEXT, named, "").columns]


def test_where_both_analyses_say_alike_is_told_from_where_only_one_shows_a_difference() -> None:
    paper = CONTEXT.first_comparison
    assert "in 1 of 1 outcome" in agreement_sentences(CONTEXT, paper, effects.ours())[0]
    unshown = effects.ours(effects.differing(ancova=effects.contrast(0.4, -0.1, 0.9)))
    assert "Only the change scores of the paper's analysis" in agreement_sentences(CONTEXT, paper, unshown)[1]
    quiet = replace(facts.OUTCOME, time_by_group=facts.effect(p=0.2))
    other = replace(paper, outcomes=(quiet,))
    assert "Only the difference adjusted for the first score" in agreement_sentences(CONTEXT, other, effects.ours())[1]


def test_the_table_of_both_shows_intervals_first_and_p_last() -> None:
    section = side_by_side(CONTEXT)
    assert section is not None
    (table,) = (block for block in section.blocks if isinstance(block, TableBlock))
    ids = [column.id for column in table.columns]
    assert ids[-2:] == ["p_paper", "p_recommended"]
    assert ids.index("adjusted_difference") < ids.index("p_paper")


def test_a_plan_without_the_preset_has_neither_section() -> None:
    assert side_by_side(facts.context()) is None
    assert recommended(facts.context()) is None


def test_a_ceiling_at_the_start_is_named_before_any_effect() -> None:
    open_ = CONTEXT.results.recommended
    assert open_ is not None
    assert "No arm began with many people at the best score" in ceiling_sentence(CONTEXT, open_.ceiling[0])
    crowded = replace(open_.ceiling[0], ends=(replace(effects.ENDS, ceiling=True),))
    assert "At the start self-compassion had many people at the best score there is" in ceiling_sentence(
        CONTEXT, crowded
    )
    lower = replace(open_.ceiling[0], ends=(replace(effects.ENDS, ceiling=True, better="lower"),))
    assert "No arm began" in ceiling_sentence(CONTEXT, lower)


def test_nobody_worse_is_told_from_somebody_worse_and_a_withheld_number_from_both() -> None:
    assert worse_sentences(CONTEXT, [effects.INDIVIDUAL]) == [
        "Training: nobody got reliably worse in any main outcome."
    ]
    worse = replace(effects.INDIVIDUAL, deteriorated=effects.SHARE)
    assert worse_sentences(CONTEXT, [worse]) == ["Training: reliably worse in self-compassion (5 of 25)."]
    hidden = replace(effects.INDIVIDUAL, deteriorated=replace(effects.SHARE, people=None, share=None))
    assert worse_sentences(CONTEXT, [hidden]) == [
        "Training: reliably worse in self-compassion; small numbers are withheld."
    ]


def test_a_dose_not_shown_is_never_read_as_no_relation() -> None:
    said = dose_sentence(CONTEXT, [effects.DOSE])
    assert said.startswith("0 of 1 correlation with practice, from the diary, had p below the limit")
    assert "nearer nought than .40 could not have been shown" in said
    assert "not the same as no relation" in said
    assert "what people recalled at the end" in dose_sentence(CONTEXT, [replace(effects.DOSE, source="recall")])
    assert dose_sentence(CONTEXT, [replace(effects.DOSE, p=0.01)]).startswith("1 of 1")
