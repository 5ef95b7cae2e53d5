"""Everything wrong with a protocol that its shape does not show, all at once."""

from __future__ import annotations

from pilotage.instruments.definition import Instrument
from pilotage.problems import Problem
from pilotage.protocol.checks import (
    allocation,
    assessments,
    everywhere,
    feasibility,
    forms,
    people,
    plan,
    programme,
    safety,
    simulation,
)
from pilotage.protocol.checks.written import WrittenProtocol
from pilotage.protocol.protocol import Protocol
from pilotage.yaml_file import YamlDocument

CHECKS = (
    everywhere.ids,
    everywhere.names,
    everywhere.language_codes,
    everywhere.words,
    everywhere.lengths,
    everywhere.places,
    people.time_zone,
    people.eligibility_arms,
    people.consent_dates,
    people.ethics_decided,
    people.role_names,
    people.role_sights,
    people.teacher_sights,
    people.apart,
    people.teaching_and_analysing,
    people.together,
    people.programme_arms,
    allocation.as_designed,
    allocation.ratio,
    allocation.blocks,
    allocation.strata,
    programme.group_size,
    programme.session_numbers,
    programme.session_count,
    programme.canonical_numbers,
    programme.block_minutes,
    programme.rounds,
    programme.guidelines,
    programme.sessions_named,
    programme.completion,
    programme.practice_range,
    programme.pairing,
    programme.diary,
    forms.items,
    forms.conditions,
    forms.derived,
    forms.asked_somewhere,
    forms.taken,
    assessments.confirmed,
    assessments.arms,
    assessments.instruments,
    assessments.forms,
    assessments.something_asked,
    assessments.windows,
    assessments.controls,
    safety.form,
    safety.deputy,
    safety.alerts,
    feasibility.reasons,
    feasibility.sources,
    feasibility.counts,
    feasibility.needs,
    feasibility.denominators,
    feasibility.criteria,
    plan.scales,
    plan.families,
    plan.comparisons,
    plan.reliability,
    plan.baseline,
    plan.practice,
    plan.presets,
    plan.recommended,
    plan.switches,
    simulation.people,
    simulation.answers,
    simulation.scales,
    simulation.comments,
    simulation.named,
    simulation.reactions,
)


def check(protocol: Protocol, document: YamlDocument, instruments: dict[str, Instrument]) -> tuple[Problem, ...]:
    """Return every problem of a protocol of sound shape, in the order of the file.

    ``instruments`` are those of the study that could be loaded; what cannot be said without the others is not said.
    """
    written = WrittenProtocol(protocol, document, instruments)
    problems = dict.fromkeys(problem for run_check in CHECKS for problem in run_check(written))
    return tuple(sorted(problems, key=lambda problem: (problem.line or 0, problem.column or 0)))
