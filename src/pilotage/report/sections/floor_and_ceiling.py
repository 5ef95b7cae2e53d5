"""Room to improve, told before any effect: ends of the scales, headroom, drift of items, one source for all answers."""

from __future__ import annotations

from pilotage.analysis.recommended.supplementary_results import AtTheEnds, FloorAndCeiling
from pilotage.formatting import counted, listed, sentence, uncapitalised
from pilotage.report.model.builders import numbers, table, text
from pilotage.report.model.document import Block, Bullets, Paragraph, Section, TableBlock, TableColumn
from pilotage.report.model.values import Cell, Quantity, Suppressed
from pilotage.report.model.wording import interval, number
from pilotage.report.sections.context import Context
from pilotage.stats.estimate import Estimate


def floor_and_ceiling(context: Context) -> Section | None:
    """Return the section on floor and ceiling effects; None where the plan does not ask for it."""
    results = context.results.recommended
    if results is None or not results.ceiling:
        return None
    first = results.ceiling[0]
    blocks: list[Block] = [Paragraph(ceiling_sentence(context, first)), _table(context, first)]
    blocks += [Bullets(tuple(s for s in (drift_sentence(context, first), *source_sentences(first)) if s))]
    return Section("headroom", "Room to improve", tuple(blocks))


def ceiling_sentence(context: Context, ceiling: FloorAndCeiling) -> str:
    """Say which scales had many people at the better end at the start, or too little room."""
    at_start = [e for e in ceiling.ends if e.assessment == _first(context, ceiling)]
    crowded = list(dict.fromkeys(e.label.lower() for e in at_start if at_better_end(e)))
    near = list(dict.fromkeys(e.label.lower() for e in at_start if e.headroom is not None and e.headroom < 1))
    beginning = "Before any effect is read: what a scale has no room for cannot be shown"
    parts = [f"at the start {listed(crowded)} had many people at the best score there is"] if crowded else []
    parts += [f"the mean of {listed(near)} lay less than one SD from it"] if near else []
    if not parts:
        return f"{beginning}. No arm began with many people at the best score, nor within one SD of it."
    return f"{beginning}. {listed(parts).capitalize()}: a gain there could not have been seen in full."


def at_better_end(ends: AtTheEnds) -> bool:
    """Return whether many people had no room to improve."""
    return ends.ceiling if ends.better == "higher" else ends.floor


def _first(context: Context, ceiling: FloorAndCeiling) -> str:
    comparison = next(c for c in context.results.comparisons if c.id == ceiling.comparison)
    return comparison.assessments[0]


def _table(context: Context, ceiling: FloorAndCeiling) -> TableBlock:
    by_row: dict[tuple[str, str], dict[str, AtTheEnds]] = {}
    for e in ceiling.ends:
        by_row.setdefault((e.label, e.arm), {})[e.assessment] = e
    assessments = list(dict.fromkeys(e.assessment for e in ceiling.ends))
    columns = [text("outcome", "Outcome"), text("arm", "Arm"), *_columns(context, assessments)]
    rows = [
        (label, context.arm(arm), *(cell for a in assessments for cell in _cells(context, ends.get(a))))
        for (label, arm), ends in by_row.items()
    ]
    rules = dict.fromkeys(e.rule for e in ceiling.ends if e.floor or e.ceiling)
    notes = (
        "Headroom: how far the mean lies from the better end, in SDs of the arm then. Lowest and highest: the share of "
        "people at the lowest and the highest score there is; the exact intervals stand in results.json.",
        *(f"▲: a floor or ceiling after {rule}." for rule in rules),
    )
    return table(
        "ends", "People at the ends of the scales, and room to improve", columns, rows, notes, place="supplement"
    )


def _columns(context: Context, assessments: list[str]) -> list[TableColumn]:
    return [
        numbers(f"{what}_{a}", f"{title}, {uncapitalised(context.assessment(a))}")
        for a in assessments
        for what, title in (("lowest", "Lowest"), ("highest", "Highest"), ("headroom", "Headroom"))
    ]


def _cells(context: Context, e: AtTheEnds | None) -> list[Cell]:
    if e is None:
        return ["", "", ""]
    shares = [_share(context, share, flag=on) for share, on in ((e.at_minimum, e.floor), (e.at_maximum, e.ceiling))]
    return [*shares, Quantity(e.headroom, "statistic")]


def _share(context: Context, share: Estimate | None, *, flag: bool) -> Cell:
    if share is None:
        return Suppressed(context.small) if context.shared else Quantity(None, "share")
    return f"▲ {number(share.value, 'share')}" if flag else Quantity(share.value, "share")


def drift_sentence(context: Context, ceiling: FloorAndCeiling) -> str:
    """Say whether single items moved otherwise than their scale."""
    if not ceiling.items:
        return ""
    apart = [f"{context.scale(i.scale)}, item {i.item} ({context.arm(i.arm)})" for i in ceiling.items if i.stands_out]
    beginning = f"Items one by one: {counted(len(ceiling.items), 'change')} of an item in an arm were looked at"
    if not apart:
        return f"{beginning}, and none moved beyond its scale by more than chance would have it among so many."
    return f"{beginning}; these moved beyond their scale: {listed(apart)}."


def source_sentences(ceiling: FloorAndCeiling) -> list[str]:
    """Say what one source for all answers may have done, and what cannot be asked of so few people."""
    common = ceiling.common_method
    if common is None:
        return []
    together = common.mean_change_correlation
    if together is None:
        sentences = [f"How changes hang together is not known: {common.change_why_not}."]
    else:
        sentences = [
            f"The changes of the {common.outcomes} main outcomes correlate by {number(together.value, 'coefficient')} "
            f"{interval(together.low, together.high, 'coefficient')} on average. All are told by the same people in "
            "the same way, so part of that may be the way of asking."
        ]
    if common.share is not None:
        sentences.append(
            f"A single factor holds {number(common.share, 'share')} of what the items share; a description, no test."
        )
    else:
        sentences.append(f"Not computed: {common.share_why_not}.")
    return [*sentences, sentence(common.invariance_why_not)]
