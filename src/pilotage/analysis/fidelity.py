"""What was done of the sessions: blocks and the form of the practice, each rater apart, and how far raters agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Literal

from pilotage.analysis.analysis_input import AnalysisInput
from pilotage.analysis.delivery_results import (
    AdherenceResult,
    BlockDelivery,
    BlockRating,
    Fidelity,
    RatedBy,
    RaterAgreement,
    Rates,
)
from pilotage.analysis.describe import summarise
from pilotage.protocol.adherence import ITEMS, VALUES
from pilotage.protocol.programme import Block
from pilotage.protocol.words import say
from pilotage.stats.agreement import cohen_kappa
from pilotage.stats.estimate import Estimate
from pilotage.stats.proportions import clopper_pearson
from pilotage.vocabulary import DeliveryState, took_place

Place = tuple[str, int]


def fidelity(study: AnalysisInput) -> Fidelity | None:
    """Describe what was done of the sessions; None where nobody noted it."""
    programme = study.protocol.programme
    if programme is None or not study.collected("fidelity") or study.data.fidelity.height == 0:
        return None
    rated = ratings(study)
    own = of_teachers(rated)
    # Where no sessions were recorded, those that somebody rated are known to have been held.
    held = sessions_held(study) or len({(r.cohort, r.session) for r in rated})
    watched = len({(r.cohort, r.session) for r in rated if r.role == "independent"})
    values = _adherence_values(study)
    return Fidelity(
        sessions_held=held,
        watched=clopper_pearson(watched, held) if watched <= held else None,
        raters=tuple(_rated_by(rater, list(rows)) for rater, rows in _by_rater(rated)),
        ratings=rated,
        blocks=tuple(_block(block, [r for r in own if r.block == block.id]) for block in programme.blocks),
        agreement=tuple(a for a in (_blocks_agree(rated), _adherence_agrees(values)) if a is not None),
        adherence=tuple(_adherence(values)),
    )


def ratings(study: AnalysisInput) -> tuple[BlockRating, ...]:
    """Return every rating, by group, session, rater and then as the session goes."""
    order = {block.id: n for n, block in enumerate(study.protocol.programme.blocks)} if study.protocol.programme else {}
    teach = _teachers(study)
    columns = ("cohort", "session", "block", "rater", "done", "planned_minutes", "minutes", "reason")
    rows = [
        BlockRating(cohort, session, block, rater, _role(teach, (cohort, session), rater), done, plan, took, why or "")
        for cohort, session, block, rater, done, plan, took, why in study.data.fidelity.select(columns).iter_rows()
    ]
    return tuple(
        sorted(rows, key=lambda r: (r.cohort, r.session, r.role != "teacher", r.rater, order.get(r.block, 99)))
    )


def of_teachers(rated: Iterable[BlockRating]) -> tuple[BlockRating, ...]:
    """Return one rating of each block of each session: the first teacher's, or else the first rater's."""
    first: dict[tuple[str, int, str], BlockRating] = {}
    for rating in rated:
        first.setdefault((rating.cohort, rating.session, rating.block), rating)
    return tuple(first.values())


def sessions_held(study: AnalysisInput) -> int:
    """Return how many sessions took place, whenever and however long."""
    days = study.data.sessions["held_on"].to_list() if study.collected("sessions") else []
    return sum(map(took_place, days))


def _teachers(study: AnalysisInput) -> dict[Place, frozenset[str]]:
    rows = study.data.sessions.select("cohort", "session", "teachers").iter_rows()
    return {(cohort, session): frozenset((teachers or "").split()) for cohort, session, teachers in rows}


def _role(teachers: dict[Place, frozenset[str]], place: Place, rater: str) -> Rates:
    """Return a rater's role: independent if they did not teach; where the teachers are unknown, a teacher."""
    taught = teachers.get(place)
    return "teacher" if not taught or rater in taught else "independent"


def _by_rater(rated: Sequence[BlockRating]) -> Iterable[tuple[tuple[Rates, str], Iterable[BlockRating]]]:
    return groupby(sorted(rated, key=lambda r: (r.role != "teacher", r.rater)), key=lambda r: (r.role, r.rater))


def _rated_by(rater: tuple[Rates, str], rows: Sequence[BlockRating]) -> RatedBy:
    timed = [(r.planned_minutes, r.minutes) for r in rows if r.planned_minutes is not None and r.minutes is not None]
    return RatedBy(
        rater=rater[1],
        role=rater[0],
        sessions=len({(r.cohort, r.session) for r in rows}),
        blocks=len(rows),
        by_state=dict(Counter(r.done for r in rows)),
        minutes_planned=sum(planned for planned, _ in timed),
        minutes=sum(took for _, took in timed),
    )


def _block(block: Block, rows: Sequence[BlockRating]) -> BlockDelivery:
    took = [
        float(r.minutes) for r in rows if r.done in (DeliveryState.DONE, DeliveryState.PARTLY) and r.minutes is not None
    ]
    states = dict(Counter(r.done for r in rows))
    return BlockDelivery(
        block.id, block.label, block.optional, block.core, block.minutes, states, summarise(took, len(took))
    )


def _blocks_agree(rated: Sequence[BlockRating]) -> RaterAgreement | None:
    own = {(r.cohort, r.session, r.block): r.done for r in of_teachers(r for r in rated if r.role == "teacher")}
    both = {
        (r.cohort, r.session, r.block): (own[r.cohort, r.session, r.block], r.done)
        for r in reversed(rated)
        if r.role == "independent" and (r.cohort, r.session, r.block) in own
    }
    return _agreement("blocks", both)


def _agreement(
    what: Literal["blocks", "adherence"], both: Mapping[tuple[str, int, str], tuple[Hashable, Hashable]]
) -> RaterAgreement | None:
    if not both:
        return None
    pairs = list(both.values())
    share = clopper_pearson(sum(first == second for first, second in pairs), len(pairs))
    sessions = len({place[:2] for place in both})
    return RaterAgreement(what, sessions, len(pairs), share, _kappa(pairs))


def _kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> Estimate | None:
    value = cohen_kappa(pairs)
    return None if value is None else Estimate(value, None, None, None, len(pairs), "Cohen's kappa; no interval")


AdherenceValues = dict[tuple[str, int, str], dict[tuple[Rates, str], int | None]]


def _adherence_values(study: AnalysisInput) -> AdherenceValues:
    """Return each rater's value of each item of each session."""
    teach = _teachers(study)
    by_place: AdherenceValues = {}
    rows = study.data.adherence.sort("cohort", "session", "item", "rater")
    for cohort, session, item, rater, value in rows.select("cohort", "session", "item", "rater", "value").iter_rows():
        role = _role(teach, (cohort, session), rater)
        by_place.setdefault((cohort, session, item), {})[role, rater] = value
    return by_place


def _ratings_by(by_rater: dict[tuple[Rates, str], int | None], role: Rates) -> list[int | None]:
    """Return the values of the raters of a kind, the first rater's first."""
    return [value for (whose, _), value in by_rater.items() if whose == role]


def _adherence(values: AdherenceValues) -> Iterable[AdherenceResult]:
    roles: tuple[Rates, ...] = ("teacher", "independent")
    for role in roles:
        for item in ITEMS:
            rated = [_ratings_by(by_rater, role)[0] for place, by_rater in values.items()
                     if place[2] == item.id and _ratings_by(by_rater, role)]  # fmt: skip
            if rated:
                by_value = {say(words): rated.count(value) for value, words in reversed(VALUES.items())}
                yield AdherenceResult(item.id, say(item.ask), role, by_value, rated.count(None))


def _adherence_agrees(values: AdherenceValues) -> RaterAgreement | None:
    both: dict[tuple[str, int, str], tuple[Hashable, Hashable]] = {}
    for place, by_rater in values.items():
        teacher, other = _ratings_by(by_rater, "teacher"), _ratings_by(by_rater, "independent")
        if teacher and other and teacher[0] is not None and other[0] is not None:
            both[place] = teacher[0], other[0]
    return _agreement("adherence", both)
