"""The feasibility matrix: each indicator with its denominator, interval, light, and how certain green is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

import polars as pl

from pilotage.analysis.adaptations import CORE, PLANNED, core_of, departures, planned_of
from pilotage.analysis.analysis_input import AnalysisInput
from pilotage.analysis.delivery import planned_replacements, sessions_attended
from pilotage.analysis.fidelity import of_teachers, ratings, sessions_held
from pilotage.analysis.forms import values_of
from pilotage.analysis.results import DomainResult, IndicatorResult
from pilotage.formatting import counted
from pilotage.protocol.feasibility import MEANS, Domain, Indicator, ProgressionCriterion
from pilotage.protocol.form_items import StoredAs
from pilotage.protocol.words import in_minutes, say
from pilotage.stats.estimate import Estimate
from pilotage.stats.posterior import mean_probability, share_probability
from pilotage.stats.proportions import clopper_pearson
from pilotage.stats.ttests import mean_interval
from pilotage.vocabulary import AnswerMode, FlowEvent, FlowStage, Light, SessionState
from pilotage.yaml_file import Unknown


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    n: int
    of: int


class NotCollectedError(Exception):
    """What an indicator is of was not collected; the message says what."""


def feasibility(study: AnalysisInput) -> tuple[DomainResult, ...]:
    """Return every domain of the protocol's framework, in its order."""
    plan = study.protocol.feasibility
    return tuple(_domain(study, domain) for domain in plan.domains) if plan else ()


def _domain(study: AnalysisInput, domain: Domain) -> DomainResult:
    return DomainResult(
        id=domain.id,
        label=domain.label,
        status=domain.status,
        why=domain.why,
        operationalised=domain.operationalised,
        evidence=tuple(domain.evidence),
        indicators=tuple(_indicator(study, domain, indicator) for indicator in domain.indicators),
    )


def _indicator(study: AnalysisInput, domain: Domain, indicator: Indicator) -> IndicatorResult:
    try:
        measured = _measure(study, indicator)
    except NotCollectedError as missing:
        return _result(study, domain, indicator, _Judged(None, None, None, Light.NONE, None, "", str(missing)))
    if isinstance(measured, int):
        return _result(study, domain, indicator, _count(measured, indicator.criterion))
    if isinstance(measured, Share):
        return _result(study, domain, indicator, _share(measured, indicator.criterion))
    return _result(study, domain, indicator, _mean(measured, indicator.criterion))


@dataclass(frozen=True, slots=True)
class _Judged:
    n: int | None
    of: int | None
    estimate: Estimate | None
    light: Light
    p_green: float | None
    p_method: str
    not_collected: str = ""


def _share(share: Share, criterion: ProgressionCriterion | None) -> _Judged:
    if share.of == 0:
        return _Judged(0, 0, None, Light.NONE, None, "", "the denominator is zero")
    estimate = clopper_pearson(share.n, share.of)
    light = _light(estimate.value, criterion)
    if criterion is None:
        return _Judged(share.n, share.of, estimate, light, None, "")
    p_green = share_probability(share.n, share.of, criterion.green.relation, criterion.green.value)
    return _Judged(share.n, share.of, estimate, light, p_green, "Jeffreys prior")


def _mean(values: list[float], criterion: ProgressionCriterion | None) -> _Judged:
    n = len(values)
    if n < 2 or len(set(values)) == 1:
        only = Estimate(sum(values) / n, None, None, None, n, "mean; no interval: fewer than two different values")
        return _Judged(n, n, only, _light(only.value, criterion), None, "")
    estimate = mean_interval(values)
    light = _light(estimate.value, criterion)
    if criterion is None:
        return _Judged(n, n, estimate, light, None, "")
    p_green = mean_probability(values, criterion.green.relation, criterion.green.value)
    return _Judged(n, n, estimate, light, p_green, "t posterior")


def _count(count: int, criterion: ProgressionCriterion | None) -> _Judged:
    estimate = Estimate(float(count), None, None, None, count, "count; no interval")
    return _Judged(count, None, estimate, _light(count, criterion), None, "")


def _light(value: float, criterion: ProgressionCriterion | None) -> Light:
    if criterion is None:
        return Light.NONE
    if criterion.green.met(value):
        return Light.GREEN
    return Light.RED if criterion.red.met(value) else Light.AMBER


def _result(study: AnalysisInput, domain: Domain, indicator: Indicator, judged: _Judged) -> IndicatorResult:
    criterion = indicator.criterion
    return IndicatorResult(
        domain=domain.id,
        id=indicator.id,
        label=indicator.label,
        measure=indicator.measure,
        denominator=indicator.denominator,
        n=judged.n,
        of=judged.of,
        estimate=judged.estimate,
        kind=_kind(study, indicator),
        green=str(criterion.green) if criterion else "",
        red=str(criterion.red) if criterion else "",
        set_by=_set_by(study, criterion),
        set_on=_set_on(study, criterion),
        why=criterion.why if criterion else "",
        light=judged.light,
        p_green=judged.p_green,
        p_method=judged.p_method,
        not_collected=judged.not_collected,
    )


def _kind(study: AnalysisInput, indicator: Indicator) -> Literal["share", "grade", "minutes", "count"]:
    if indicator.measure == "share" or indicator.relative_to is not None or indicator.of in MEANS:
        return "share"
    if indicator.measure == "count":
        return "count"
    if any(d.id == indicator.of and in_minutes(d.unit) for d in study.protocol.derived):
        return "minutes"
    item = study.protocol.item(indicator.of) if "." in indicator.of else None
    return "minutes" if item is not None and item.stored_as is StoredAs.NUMBER else "grade"


def _set_by(study: AnalysisInput, criterion: ProgressionCriterion | None) -> str:
    plan = study.protocol.feasibility
    if criterion is None or plan is None:
        return ""
    return criterion.set_by or _text(plan.set_by)


def _set_on(study: AnalysisInput, criterion: ProgressionCriterion | None) -> str:
    plan = study.protocol.feasibility
    if criterion is None or plan is None:
        return ""
    return _text(criterion.set_on or plan.set_on)


def _text(value: str | date | Unknown) -> str:
    return f"not known: {value.unknown}" if isinstance(value, Unknown) else str(value)


def _measure(study: AnalysisInput, indicator: Indicator) -> Share | int | list[float]:
    if indicator.of in MEANS:
        return _minutes_of_sessions(study)
    if indicator.measure == "mean":
        return _values(study, indicator)
    source = SOURCES.get(indicator.of)
    share = source(study, indicator) if source else _of_item(study, indicator)
    return share.n if indicator.measure == "count" else share


def _values(study: AnalysisInput, indicator: Indicator) -> list[float]:
    people = set(study.people(*indicator.arms))
    values = values_of(study, indicator.of, indicator.assessment)
    numbers = [float(v) for p, v in values.items() if p in people]
    if not numbers:
        raise NotCollectedError(f"no answers to “{_label(study, indicator.of)}”")
    divisor = indicator.relative_to.value if indicator.relative_to else 1.0
    return [n / divisor for n in numbers]


def _of_item(study: AnalysisInput, indicator: Indicator) -> Share:
    people = set(study.people(*indicator.arms))
    values = {p: v for p, v in values_of(study, indicator.of, indicator.assessment).items() if p in people}
    if not values:
        raise NotCollectedError(f"no answers to “{_label(study, indicator.of)}”")
    chosen = [v for v in values.values() if set(_codes(v)) & set(indicator.counts)]
    return Share(len(chosen), len(values))


def _label(study: AnalysisInput, name: str) -> str:
    """Return the label of a derived variable, or the question of a form item."""
    variable = next((d for d in study.protocol.derived if d.id == name), None)
    return variable.label if variable else say(study.protocol.item(name).ask)


def _codes(value: float | str) -> list[str]:
    return [f"{value:g}"] if isinstance(value, float) else value.split()


def _attendance(study: AnalysisInput, indicator: Indicator) -> Share:
    _need(study, "attendance")
    arms = indicator.arms or study.programme_arms
    attended = [n for arm in arms for n in sessions_attended(study, arm).values()]
    return Share(sum(n >= (indicator.at_least or 1) for n in attended), len(attended))


def _sessions(study: AnalysisInput, indicator: Indicator) -> Share:
    _need(study, "sessions")
    skipped = planned_replacements(study) if indicator.not_counted == "planned replacements" else frozenset()
    rows = study.data.sessions.select("session", "state").iter_rows()
    states = [state for number, state in rows if not (number in skipped and state == SessionState.REPLACED)]
    return Share(sum(state in indicator.counts for state in states), len(states))


def _minutes_of_sessions(study: AnalysisInput) -> list[float]:
    """Return the length of each session as a share of its planned length; 0 for one that was cancelled."""
    _need(study, "sessions")
    rows = study.data.sessions.filter(study.data.sessions["state"] != SessionState.PLANNED)
    planned = [
        (0 if state == SessionState.CANCELLED else minutes, plan)
        for state, minutes, plan in rows.select("state", "minutes", "planned_minutes").iter_rows()
    ]
    known = [minutes / plan for minutes, plan in planned if minutes is not None and plan]
    if not known:
        raise NotCollectedError("no session has its minutes")
    return known


def _blocks(study: AnalysisInput, indicator: Indicator) -> Share:
    """Count each block of each session once: as its teacher says."""
    _need(study, "fidelity")
    programme = study.protocol.programme
    optional = {block.id for block in programme.blocks if block.optional} if programme else set()
    skipped = optional if indicator.not_counted == "optional blocks" else set()
    done = [rating.done for rating in of_teachers(ratings(study)) if rating.block not in skipped]
    if not done:
        raise NotCollectedError("no block was rated")
    return Share(sum(d in indicator.counts for d in done), len(done))


def _independent_ratings(study: AnalysisInput, indicator: Indicator) -> Share:
    _need(study, "fidelity")
    watched = {(rating.cohort, rating.session) for rating in ratings(study) if rating.role == "independent"}
    return Share(len(watched), max(sessions_held(study), len(watched)))


def _deviations(study: AnalysisInput, indicator: Indicator) -> Share:
    _need(study, "deviations")
    return _chosen([(deviation.core, deviation.planned) for deviation in departures(study)], indicator)


def _adaptations(study: AnalysisInput, indicator: Indicator) -> Share:
    """Count differences from the manual that the protocol lists, and deviations noted while the course ran."""
    _need(study, "deviations")
    listed = study.protocol.programme.difference if study.protocol.programme else []
    changes = [(core_of(change), planned_of(change)) for change in listed]
    return _chosen(changes + [(change.core, change.planned) for change in departures(study)], indicator)


def _chosen(changes: list[tuple[str, str]], indicator: Indicator) -> Share:
    """Count those of any of the kinds named, and of any of the plannings named."""
    kinds, plans = set(indicator.counts) & set(CORE), set(indicator.counts) & set(PLANNED)
    chosen = [1 for kind, plan in changes if kind in (kinds or CORE) and plan in (plans or PLANNED)]
    return Share(len(chosen), len(changes))


def _administrations(study: AnalysisInput, indicator: Indicator) -> Share:
    """Count the people who completed everything an assessment asks of them."""
    _need(study, "administrations")
    assessment = study.protocol.assessment(indicator.assessment or study.protocol.assessments[0].id)
    people = study.people(*(indicator.arms or assessment.arms))
    required = {*study.protocol.instruments_at(assessment), *assessment.forms}
    rows = study.data.administrations
    # A file does not say when a form was finished; what is in it was handed in.
    finished = rows["completed_at"].is_not_null() | (rows["mode"] == AnswerMode.FILE)
    rows = rows.filter((rows["assessment"] == assessment.id) & finished)
    done: dict[str, set[str]] = {}
    for person, instrument in rows.select("participant", "instrument").iter_rows():
        done.setdefault(person, set()).add(instrument)
    return Share(sum(required <= done.get(p, set()) for p in people), len(people))


def _responses(study: AnalysisInput, indicator: Indicator) -> Share:
    """Count the items of instruments answered, of all items in what was returned."""
    _need(study, "responses")
    rows = study.data.responses.filter(study.data.responses["instrument"].is_in(list(study.loaded.instruments)))
    if indicator.assessment:
        rows = rows.filter(rows["assessment"] == indicator.assessment)
    return Share(rows["value"].count(), rows.height)


def _reactions(study: AnalysisInput, indicator: Indicator) -> Share:
    _need(study, "adverse_events")
    people = study.people(*indicator.arms)
    events = study.data.adverse_events.filter(study.data.adverse_events["participant"].is_in(list(people)))
    if "serious" not in indicator.counts:
        return Share(events["participant"].n_unique(), len(people))
    known = Share(events.filter(events["serious"])["participant"].n_unique(), len(people))
    not_judged = events["serious"].null_count()
    if not_judged and not _stays_red(events, known, indicator):
        of = counted(events.height, "event")
        raise NotCollectedError(f"the seriousness of {not_judged} of {of} has not been judged")
    return known


def _stays_red(events: pl.DataFrame, known: Share, indicator: Indicator) -> bool:
    """Return whether the people known to have a serious event make it red, however the others are judged."""
    most = Share(events.filter(events["serious"].fill_null(value=True))["participant"].n_unique(), known.of)
    shares = (known, most)
    values = [share.n if indicator.measure == "count" else share.n / share.of for share in shares]
    return indicator.criterion is not None and all(_light(value, indicator.criterion) is Light.RED for value in values)


def _flow(study: AnalysisInput, indicator: Indicator) -> Share:
    n = sum(_stage(study, stage, indicator.arms) for stage in indicator.counts)
    of = _stage(study, indicator.out_of, indicator.arms) if indicator.out_of else n
    return Share(n, of)


def _stage(study: AnalysisInput, stage: str, arms: list[str]) -> int:
    """Return how many people came to a stage of the flow; approached counts those who did not come in too."""
    wanted = set(arms or study.arms)
    if stage in FLOW_COLUMNS:
        _need(study, "flow")
        rows = study.data.flow.filter(study.data.flow["participant"].is_in(list(study.people(*wanted))))
        return int(rows[FLOW_COLUMNS[stage]].is_not_null().sum())
    _need(study, "approached")
    rows = study.data.approached.filter(study.data.approached["arm"].is_in(list(wanted)))
    counted = rows.filter(rows["stage"] == stage)
    if stage == FlowStage.APPROACHED and counted.height == 0:
        counted = rows
        return _stage(study, FlowEvent.CONSENTED, arms) + _known(counted["count"].to_list(), stage)
    return _known(counted["count"].to_list(), stage)


def _known(counts: list[int | None], stage: str) -> int:
    if not counts or any(n is None for n in counts):
        raise NotCollectedError(f"the number {stage} was not recorded")
    return sum(n for n in counts if n is not None)


def _need(study: AnalysisInput, table: str) -> None:
    if not study.collected(table):
        raise NotCollectedError(f"no {table.replace('_', ' ')} were recorded")


FLOW_COLUMNS: dict[str, str] = {
    FlowEvent.SCREENED: "screened_on",
    FlowEvent.CONSENTED: "consented_on",
    FlowEvent.ALLOCATED: "allocated_on",
    FlowEvent.LEFT_COURSE: "course_left_on",
    FlowEvent.LEFT_STUDY: "study_left_on",
}

SOURCES: dict[str, Callable[[AnalysisInput, Indicator], Share]] = {
    "attendance": _attendance,
    "sessions": _sessions,
    "blocks": _blocks,
    "independent ratings": _independent_ratings,
    "adaptations": _adaptations,
    "deviations": _deviations,
    "administrations": _administrations,
    "responses": _responses,
    "reactions": _reactions,
    "flow": _flow,
}
