"""Which small counts of people are withheld from what leaves the team, so that a total does not give them away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pilotage.analysis.delivery_results import Contacts, DeliveredDose
from pilotage.analysis.describe import NumberSummary
from pilotage.analysis.recommended.effect_results import RecommendedResults
from pilotage.analysis.recommended.supplementary_results import (
    AtTheEnds,
    CountedShare,
    FloorAndCeiling,
    IndividualChange,
    MissingData,
)
from pilotage.analysis.results import AdverseEvents, ArmFlow, CodedComments, Described, Results
from pilotage.stats.estimate import Estimate


def withheld(counts: Mapping[str, int | None], below: int) -> frozenset[str]:
    """Return which counts are withheld: those from 1 to ``below`` - 1, and one more where a single gap could be filled.

    A lone gap is the total less the rest. So the smallest other count above zero goes too.
    """
    known = {name: n for name, n in counts.items() if n is not None}
    small = {name for name, n in known.items() if 0 < n < below}
    others = [name for name, n in known.items() if n >= below]
    if len(small) == 1 and others:
        small.add(min(others, key=lambda name: known[name]))
    return frozenset(small)


def shareable(results: Results, below: int) -> Results:
    """Return the same results with small counts that describe people withheld (None), and no single person's value.

    Answers about the course, numerators of indicators, the flow and what was delivered stay: they describe the course.
    Who came when and who met whom are single persons' and go, and so do the ends of what people got.
    """
    return replace(
        results,
        baseline=_baseline(results.baseline, below),
        flow=tuple(_flow(arm, below) for arm in results.flow),
        reactions=tuple(_reactions(arm, below) for arm in results.reactions),
        comments=tuple(_comments(item, below) for item in results.comments),
        recommended=_recommended(results.recommended, below) if results.recommended else None,
        person_doses=(),
        doses=tuple(_dose(arm, below) for arm in results.doses),
        contacts=tuple(_contacts(group, below) for group in results.contacts),
    )


def _left(counts: Mapping[str, int | None], below: int) -> dict[str, int | None]:
    gone = withheld(counts, below)
    return {name: None if name in gone else n for name, n in counts.items()}


def _baseline(described: Sequence[Described], below: int) -> tuple[Described, ...]:
    shown = [replace(d, counts=_left(d.counts, below), summary=_no_ends(d)) for d in described]
    # The total less one arm is the other arm: with anything withheld in an arm, the total is withheld too.
    open_ = {d.item for d in shown if d.group != "all" and None in d.counts.values()}
    return tuple(
        replace(d, counts=dict.fromkeys(d.counts)) if d.group == "all" and d.item in open_ else d for d in shown
    )


def _no_ends(described: Described) -> NumberSummary | None:
    """Drop the smallest and the largest value, which are single persons'."""
    return replace(described.summary, low=None, high=None) if described.summary else None


def _flow(arm: ArmFlow, below: int) -> ArmFlow:
    why = _left(arm.left_course_why, below), _left(arm.left_study_why, below)
    return replace(arm, left_course_why=why[0], left_study_why=why[1])


def _reactions(arm: AdverseEvents, below: int) -> AdverseEvents:
    return replace(
        arm,
        by_kind=_left(arm.by_kind, below),
        by_severity=_left(arm.by_severity, below),
        by_ascertainment=_left(arm.by_ascertainment, below),
        by_relatedness=_left(arm.by_relatedness, below),
    )


def _comments(item: CodedComments, below: int) -> CodedComments:
    return replace(item, by_code=_left(item.by_code, below))


def _dose(dose: DeliveredDose, below: int) -> DeliveredDose:
    summaries = (dose.minutes, dose.minutes_spoken, dose.partners)
    minutes, spoken, partners = (_of_many(summary, below) if summary else None for summary in summaries)
    sessions = _of_many(dose.sessions, below)
    return replace(dose, sessions=sessions, minutes=minutes, minutes_spoken=spoken, partners=partners)


def _contacts(group: Contacts, below: int) -> Contacts:
    return replace(group, who=(), met=(), partners=_of_many(group.partners, below))


def _recommended(results: RecommendedResults, below: int) -> RecommendedResults:
    return replace(
        results,
        missing=tuple(_missing(m, below) for m in results.missing),
        individual=tuple(_individual(change, below) for change in results.individual),
        ceiling=tuple(_ceiling(c, below) for c in results.ceiling),
    )


def _missing(missing: MissingData, below: int) -> MissingData:
    lost = (replace(arm, reasons=_left(arm.reasons, below)) for arm in missing.lost)
    baseline = (
        replace(
            b,
            retained=_of_many(b.retained, below),
            lost=_of_many(b.lost, below),
            difference=b.difference if min(b.retained.n, b.lost.n) >= below else None,
        )
        for b in missing.baseline
    )
    return replace(missing, lost=tuple(lost), baseline=tuple(baseline))


def _of_many(summary: NumberSummary, below: int) -> NumberSummary:
    """Return a summary without its ends; of very few people, only how many they are."""
    if summary.n < below:
        return NumberSummary(summary.n, summary.missing, None, None, None, None, None, None)
    return replace(summary, low=None, high=None)


def _individual(change: IndividualChange, below: int) -> IndividualChange:
    counted = {"improved": change.improved, "unchanged": change.unchanged, "deteriorated": change.deteriorated}
    gone = withheld({name: share.people for name, share in counted.items() if share}, below)
    if change.n < below:  # so few people that none of them changed is what each of them did
        gone = frozenset(counted)
    none = CountedShare(None, None)
    few = change.recovered is not None and change.recovered.people is not None and 0 < change.recovered.people < below
    return replace(
        change,
        improved=none if "improved" in gone else change.improved,
        unchanged=none if "unchanged" in gone else change.unchanged,
        deteriorated=none if "deteriorated" in gone else change.deteriorated,
        recovered=none if few else change.recovered,
    )


def _ceiling(ceiling: FloorAndCeiling, below: int) -> FloorAndCeiling:
    """Withhold what would be the answers of very few people."""
    items = (item for item in ceiling.items if item.n >= below)
    return replace(ceiling, ends=tuple(_ends(e, below) for e in ceiling.ends), items=tuple(items))


def _ends(ends: AtTheEnds, below: int) -> AtTheEnds:
    """Withhold the shares of very few people; whether a limit is reached stays."""
    if ends.n < below:
        return replace(ends, at_minimum=None, at_maximum=None, headroom=None)

    def many(share: Estimate | None) -> Estimate | None:
        return share if share is None or not 0 < round(share.value * share.n) < below else None

    return replace(ends, at_minimum=many(ends.at_minimum), at_maximum=many(ends.at_maximum))
