"""What was delivered and taken up: attendance, sessions, blocks, home practice."""

from __future__ import annotations

from collections import Counter, defaultdict

from pilotage.analysis.analysis_input import AnalysisInput
from pilotage.analysis.delivery_results import SessionDelivery
from pilotage.analysis.describe import summarise
from pilotage.analysis.fidelity import of_teachers, ratings
from pilotage.analysis.forms import values_of
from pilotage.analysis.results import ArmAttendance, BlockStates, DiaryPractice, Practice, SessionStates
from pilotage.protocol.programme import HomePracticePlan, Programme
from pilotage.stats.estimate import Estimate
from pilotage.stats.ttests import mean_interval
from pilotage.vocabulary import ATTENDED, SessionState


def sessions_attended(study: AnalysisInput, arm: str) -> dict[str, int]:
    """Return how many sessions each person of an arm came to; nobody is left out."""
    rows = study.attendance.filter(study.attendance["status"].is_in(ATTENDED))
    counts = Counter(rows["participant"].to_list())
    return {person: counts[person] for person in study.people(arm)}


def attendance(study: AnalysisInput) -> tuple[ArmAttendance, ...]:
    """Return the attendance of each arm that follows the programme; empty where it was not collected."""
    programme = study.protocol.programme
    if programme is None or not study.collected("attendance"):
        return ()
    return tuple(_attendance(study, programme, arm) for arm in study.programme_arms)


def _attendance(study: AnalysisInput, programme: Programme, arm: str) -> ArmAttendance:
    attended = sessions_attended(study, arm)
    rows = study.attendance
    came = rows.filter(rows["status"].is_in(ATTENDED) & rows["participant"].is_in(list(attended)))
    sessions = programme.delivered.sessions
    per_session = Counter(came["session"].to_list())
    return ArmAttendance(
        arm=arm,
        people=len(attended),
        sessions=sessions,
        by_sessions_attended=dict(sorted(Counter(attended.values()).items(), reverse=True)),
        completed=sum(n >= programme.completion for n in attended.values()),
        at_least=programme.completion,
        mean=sum(attended.values()) / len(attended) if attended else 0.0,
        by_session={number: per_session[number] for number in range(1, sessions + 1)},
    )


def session_states(study: AnalysisInput) -> SessionStates | None:
    """Return what became of the planned sessions; None where no sessions were recorded."""
    if study.protocol.programme is None or not study.collected("sessions"):
        return None
    rows = study.data.sessions.sort("cohort", "session")
    departed = rows.filter(~rows["state"].is_in([state.value for state in SessionState if state.as_planned]))
    return SessionStates(
        planned=rows.height,
        by_state=dict(Counter(rows["state"].to_list())),
        planned_replacements=sum(s in planned_replacements(study) for s in rows["session"].to_list()),
        departures=tuple(
            (cohort, session, state, reason or "no reason given")
            for cohort, session, state, reason in departed.select("cohort", "session", "state", "reason").iter_rows()
        ),
        minutes_planned=_total(rows["planned_minutes"].to_list()),
        minutes_held=_total(rows["minutes"].to_list()),
    )


def sessions_delivered(study: AnalysisInput) -> tuple[SessionDelivery, ...]:
    """Return every session of every group as it went; empty where no sessions were recorded."""
    if study.protocol.programme is None or not study.collected("sessions"):
        return ()
    columns = ("cohort", "session", "state", "planned_on", "held_on", "planned_minutes", "minutes", "reason")
    rows = study.data.sessions.sort("cohort", "session").select(columns).iter_rows()
    return tuple(
        SessionDelivery(
            cohort, session, state, plan.isoformat() if plan else "", held.isoformat() if held else "", least, took,
            why or "",
        )
        for cohort, session, state, plan, held, least, took, why in rows
    )  # fmt: skip


def _total(minutes: list[int | None]) -> int | None:
    """Return the sum, where every session has its minutes; a cancelled session has 0, not a blank."""
    known = [m for m in minutes if m is not None]
    return sum(known) if known and len(known) == len(minutes) else None


def planned_replacements(study: AnalysisInput) -> frozenset[int]:
    """Return the delivered numbers of sessions that replace something by plan."""
    programme = study.protocol.programme
    return frozenset(s.delivered for s in programme.sessions if s.planned_replacement) if programme else frozenset()


def block_states(study: AnalysisInput) -> BlockStates | None:
    """Return how far the blocks were done, each block of each session once; None where nobody noted it."""
    if not study.collected("fidelity") or study.data.fidelity.height == 0:
        return None
    done = [rating.done for rating in of_teachers(ratings(study))]
    return BlockStates(len(done), dict(Counter(done)))


def practice(study: AnalysisInput) -> tuple[Practice, ...]:
    """Describe the minutes of home practice a week by the plan's variable, and as a share of what was prescribed."""
    relation = study.protocol.analysis.practice
    if relation is None:
        return ()
    variable = study.protocol.derived_variable(relation.variable)
    people = study.people(relation.arm)
    values = values_of(study, relation.variable, relation.assessment)
    numbers = [float(values[p]) for p in people if p in values]
    if not numbers:
        return ()
    home = study.protocol.programme.home_practice if study.protocol.programme else None
    summary = summarise(numbers, len(people))
    prescribed = home.prescribed.minutes_a_week if home else None
    return (
        Practice(
            variable=variable.id,
            label=variable.label,
            arm=relation.arm,
            summary=summary,
            asked=prescribed,
            share_of_least=_share(numbers, prescribed[0]) if prescribed else None,
            share_of_most=_share(numbers, prescribed[1]) if prescribed else None,
        ),
    )


def _share(minutes: list[float], prescribed: int) -> Estimate | None:
    """Return the mean minutes as a share of the minutes asked, with a t interval."""
    if len(minutes) < 2:
        return None
    return mean_interval([m / prescribed for m in minutes])


def diary(study: AnalysisInput) -> tuple[DiaryPractice, ...]:
    """Describe minutes a week by kind from the diary: a person's total over the weeks from first to last entry."""
    home = study.protocol.programme.home_practice if study.protocol.programme else None
    if home is None or not study.collected("home_practice"):
        return ()
    return tuple(d for arm in study.programme_arms for d in _diary(study, home, arm))


def _diary(study: AnalysisInput, home: HomePracticePlan, arm: str) -> list[DiaryPractice]:
    people = study.people(arm)
    minutes = diary_minutes(study, home, arm)
    return [DiaryPractice(arm, k.id, summarise(list(minutes[k.id].values()), len(people))) for k in home.kinds]


def diary_minutes(study: AnalysisInput, home: HomePracticePlan, arm: str) -> dict[str, dict[str, float]]:
    """Return the minutes a week by kind and person of an arm, 0 included; only people whose diary has an entry."""
    rows = study.data.home_practice.filter(study.data.home_practice["participant"].is_in(list(study.people(arm))))
    days: dict[str, set[object]] = defaultdict(set)
    totals: dict[tuple[str, str], float] = defaultdict(float)
    for person, day, kind, minutes in rows.select("participant", "date", "kind", "minutes").iter_rows():
        days[person].add(day)
        totals[person, kind] += minutes or 0.0
    weeks = {p: max(1.0, ((max(d) - min(d)).days + 1) / 7) for p, d in days.items()}  # type: ignore[type-var, operator]
    return {kind.id: {p: totals[p, kind.id] / weeks[p] for p in weeks} for kind in home.kinds}
