"""Who met whom in pairs and small groups, how well a course mixed people, and what dividing by lot would have given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from itertools import combinations

import polars as pl

from pilotage.analysis.analysis_input import AnalysisInput
from pilotage.analysis.delivery_results import Contacts
from pilotage.analysis.describe import summarise
from pilotage.pairing import Division, Log, Rules, quality
from pilotage.pairing.history import history, key
from pilotage.pairing.log import Group
from pilotage.protocol.programme import PairingPlan
from pilotage.vocabulary import IN_ROOM

COURSES_BY_LOT = 1000
TEACHER = "teacher"
TEACHER_JOINED = "a teacher joined"

Present = Mapping[int, Collection[str]]


def contacts(study: AnalysisInput, seed: int = 1) -> tuple[Contacts, ...]:
    """Return the contacts of each group; empty where pairs were not noted. ``seed`` is of the random courses."""
    rules = rules_of(study)
    if rules is None or not study.collected("pairings"):
        return ()
    return tuple(_contacts(cohort, log, rules, seed) for cohort, log in logs(study, rules).items())


def rules_of(study: AnalysisInput) -> Rules | None:
    """Return the protocol's pairing rules; wishes to be kept apart stay with the coordinator, so they are not here."""
    pairing: PairingPlan | None = study.protocol.programme.pairing if study.protocol.programme else None
    return Rules(size=pairing.size, odd=pairing.odd) if pairing else None


def logs(study: AnalysisInput, rules: Rules) -> dict[str, Log]:
    """Return what was done in each group, in order of its name."""
    rows = study.data.pairings
    present = _present(study)
    by_cohort = {}
    for cohort in sorted(set(rows["cohort"].to_list())):
        by_cohort[cohort] = log_of(rows.filter(pl.col("cohort") == cohort), rules, present.get(cohort, {}))
    return by_cohort


def log_of(rows: pl.DataFrame, rules: Rules | None = None, present: Present | None = None) -> Log:
    """Return the log of one group from its rows of the pairings table; ``present`` says by session who was there.

    Whoever was there and is in no group sat out, or watched where that is how an odd number is dealt with.
    """
    rules, present = rules or Rules(), present or {}
    groups: dict[tuple[int, int], dict[int, list[str]]] = {}
    joined: set[tuple[int, int, int]] = set()
    ordered = rows.sort("session", "pairing", "group", "role_order", "participant", nulls_last=True)
    columns = ("session", "pairing", "group", "participant", "override")
    for session, pairing, group, person, override in ordered.select(columns).iter_rows():
        groups.setdefault((session, pairing), {}).setdefault(group, []).append(person)
        if TEACHER_JOINED in (override or ""):
            joined.add((session, pairing, group))
    divisions = []
    for place, here in groups.items():
        with_teacher = {group for *where, group in joined if tuple(where) == place}
        divisions.append(_division(place, here, with_teacher, rules, frozenset(present.get(place[0], ()))))
    return Log(tuple(divisions))


def _division(
    place: tuple[int, int], here: Mapping[int, list[str]], joined: set[int], rules: Rules, present: frozenset[str]
) -> Division:
    practising = {person for group in here.values() for person in group}
    apart = tuple(sorted(present - practising))
    watching = apart if rules.odd == "observer" and rules.size == 2 and len(practising | present) % 2 else ()
    groups: list[Group] = [(*people, TEACHER) if number in joined else tuple(people) for number, people in here.items()]
    duty = [
        person for number, people in here.items() for person in people if number in joined or _is_triad(people, rules)
    ]
    return Division(
        *place,
        groups=tuple(groups),
        observers=watching[:1],
        sat_out=tuple(person for person in apart if person not in watching[:1]),
        duties=tuple(sorted((*duty, *watching[:1]))),
        teacher=TEACHER if joined else "",
    )


def _is_triad(people: Collection[str], rules: Rules) -> bool:
    return rules.size == 2 and len(people) > 2


def _present(study: AnalysisInput) -> dict[str, dict[int, set[str]]]:
    """Return who was there, by group and session."""
    by_cohort: dict[str, dict[int, set[str]]] = {}
    rows = study.attendance.filter(pl.col("status").is_in(IN_ROOM))
    for person, session in rows.select("participant", "session").iter_rows():
        by_cohort.setdefault(study.cohort_of.get(person, ""), {}).setdefault(session, set()).add(person)
    return by_cohort


def _contacts(cohort: str, log: Log, rules: Rules, seed: int) -> Contacts:
    measured = quality(log, rules, courses=COURSES_BY_LOT, seed=seed)
    met = history(log).met
    people = sorted({person for division in log for person in division.present})
    times = Counter(met.get(key(*pair), 0) for pair in combinations(people, 2))
    partners = [float(n) for n in measured.partners.values()]
    return Contacts(
        cohort=cohort,
        size=len(people),
        pairings=measured.pairings,
        repeats=measured.repeats,
        repeats_bound=measured.repeats_bound,
        coverage=measured.coverage,
        coverage_of_all=measured.coverage_of_all,
        pairs_by_meetings=dict(sorted(times.items())),
        partners=summarise(partners, len(partners)),
        shortest_gap=measured.shortest_gap,
        duty_spread=measured.duty_spread,
        first_speaker_spread=measured.first_speaker_spread,
        not_alternating=measured.not_alternating,
        overrides=measured.overrides,
        courses_by_lot=measured.by_lot.courses,
        mean_repeats_by_lot=measured.by_lot.mean_repeats,
        fewest_repeats_by_lot=measured.by_lot.fewest_repeats,
        more_by_lot=measured.by_lot.with_more,
        who=tuple(people),
        met=tuple((person, other, n) for (person, other), n in sorted(met.items())),
    )
