"""Which small counts of people are withheld from what leaves the team, so that a total does not give them away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pilotage.analysis.delivery_results import Contacts, DeliveredDose
from pilotage.analysis.recommended.effect_results import RecommendedResults
from pilotage.analysis.recommended.supplementary_results import (
    AtTheEnds,
    Ceiling,
    CountedShare,
    IndividualChange,
    Missing,
)
from pilotage.analysis.results import ArmFlow, CodedComments, Described, Reactions, Results, Summary
from pilotage.stats.estimate import Estimate


def withheld(counts: Mapping[str, int | None], below: int) -> frozenset[str]:
    """Which counts are withheld: those from 1 to ``below`` - 1, and one more where a single gap could be filled.

    A lone gap is the total less the rest. So the smallest other count above nought goes too.
    """
    known = {name: n for name, n in counts.items() if n is not None}
    small = {name for name, n in known.items() if 0 < n < below}
    others = [name for name, n in known.items() if n >= below]
    if len(small) == 1 and others:
        small.add(min(others, key=lambda name: known[name]))
    return frozenset(small)


def shareable(results: Results, below: int) -> Results:
    """The same results with small counts that describe people withheld (None), and no single person's value.

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
    found = [replace(d, counts=_left(d.counts, below), summary=_no_ends(d)) for d in described]
    # The total less one arm is the other arm: with anything withheld in an arm, the total is withheld too.
    open_ = {d.item for d in found if d.group != "all" and None in d.counts.values()}
    return tuple(
        replace(d, counts=dict.fromkeys(d.counts)) if d.group == "all" and d.item in open_ else d for d in found
    )


def _no_ends(described: Described) -> Summary | None:
    """The smallest and the largest value are single persons."""
    return replace(described.summary, low=None, high=None) if described.summary else None


def _flow(arm: ArmFlow, below: int) -> ArmFlow:
    why = _left(arm.left_course_why, below), _left(arm.left_study_why, below)
    return replace(arm, left_course_why=why[0], left_study_why=why[1])


def _reactions(arm: Reactions, below: int) -> Reactions:
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
    found = (dose.minutes, dose.minutes_spoken, dose.partners)
    minutes, spoken, partners = (_of_many(one, below) if one else None for one in found)
    sessions = _of_many(dose.sessions, below)
    return replace(dose, sessions=sessions, minutes=minutes, minutes_spoken=spoken, partners=partners)


def _contacts(group: Contacts, below: int) -> Contacts:
    return replace(group, who=(), met=(), partners=_of_many(group.partners, below))


def _recommended(found: RecommendedResults, below: int) -> RecommendedResults:
    return replace(
        found,
        missing=tuple(_missing(m, below) for m in found.missing),
        individual=tuple(_individual(one, below) for one in found.individual),
        ceiling=tuple(_ceiling(c, below) for c in found.ceiling),
    )


def _missing(missing: Missing, below: int) -> Missing:
    lost = (replace(one, reasons=_left(one.reasons, below)) for one in missing.lost)
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


def _of_many(summary: Summary, below: int) -> Summary:
    """A summary without its ends; of very few people, only how many they are."""
    if summary.n < below:
        return Summary(summary.n, summary.missing, None, None, None, None, None, None)
    return replace(summary, low=None, high=None)


def _individual(one: IndividualChange, below: int) -> IndividualChange:
    counted = {"improved": one.improved, "unchanged": one.unchanged, "deteriorated": one.deteriorated}
    gone = withheld({name: found.people for name, found in counted.items() if found}, below)
    if one.n < below:  # so few people that none of them changed is what each of them did
        gone = frozenset(counted)
    none = CountedShare(None, None)
    few = one.recovered is not None and one.recovered.people is not None and 0 < one.recovered.people < below
    return replace(
        one,
        improved=none if "improved" in gone else one.improved,
        unchanged=none if "unchanged" in gone else one.unchanged,
        deteriorated=none if "deteriorated" in gone else one.deteriorated,
        recovered=none if few else one.recovered,
    )


def _ceiling(ceiling: Ceiling, below: int) -> Ceiling:
    """Without what would be the answers of very few people."""
    items = (item for item in ceiling.items if item.n >= below)
    return replace(ceiling, ends=tuple(_ends(e, below) for e in ceiling.ends), items=tuple(items))


def _ends(ends: AtTheEnds, below: int) -> AtTheEnds:
    """Without the shares behind which very few people stand; whether a limit is reached stays."""
    if ends.n < below:
        return replace(ends, at_minimum=None, at_maximum=None, headroom=None)

    def many(share: Estimate | None) -> Estimate | None:
        return share if share is None or not 0 < round(share.value * share.n) < below else None

    return replace(ends, at_minimum=many(ends.at_minimum), at_maximum=many(ends.at_maximum))
