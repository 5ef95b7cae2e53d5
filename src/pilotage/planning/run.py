"""Runs everything that `pilotage plan` says on one set of data."""

from __future__ import annotations

from collections.abc import Sequence

from pilotage.analysis.analysis_input import AnalysisInput
from pilotage.analysis.scores import Scores, score_all
from pilotage.data.study_data import StudyData
from pilotage.planning.definitive import definitive
from pilotage.planning.differences import TargetDifference, all_outcomes
from pilotage.planning.pilot import pilot_sizes, proposed_sizes
from pilotage.planning.pilot_estimates import assessments, clustering, pilot_estimates
from pilotage.planning.results import Legacy, PilotEstimates, Plan
from pilotage.problems import Problem, ProblemsFound, kind
from pilotage.protocol.load import LoadedProtocol
from pilotage.stats.power_conventions import post_hoc_power

NOT_ENOUGH = kind("PLAN-004", "The study's data are too few to plan for an outcome")

ICCS = (0.01, 0.05, 0.10)
POWERS = (0.80, 0.90)


def plan(
    loaded: LoadedProtocol,
    data: StudyData,
    wanted: Sequence[TargetDifference],
    *,
    powers: Sequence[float] = POWERS,
    iccs: Sequence[float] = ICCS,
    group_size: int | None = None,
    ratio: float = 1.0,
) -> Plan:
    """Return what the next study can be planned on.

    Raises
    ------
    ProblemsFound
        When the data do not carry a plan for an outcome whose difference is given.
    """
    study = AnalysisInput(loaded, data)
    scores = score_all(study)
    estimates, missing = _known(study, scores, wanted)
    by_scale = {outcome.scale: outcome for outcome in all_outcomes(loaded)}
    groups = clustering(study, scores, by_scale[wanted[0].scale], iccs, group_size)
    alpha = loaded.protocol.analysis.significance
    trials = tuple(definitive(w, estimates[w.scale], groups, powers, alpha, ratio) for w in wanted)
    first, last = assessments(study)
    simulated = data.simulated
    return Plan(
        study=loaded.protocol.study.title,
        protocol=loaded.fingerprint,
        data=data.fingerprint,
        simulated=f"scenario {simulated.scenario}, seed {simulated.seed}" if simulated else "",
        people=study.sizes,
        assessments=(study.assessment_label(first), study.assessment_label(last)),
        alpha=alpha,
        powers=tuple(powers),
        ratio=ratio,
        known=tuple(estimates.values()),
        not_known=missing,
        clustering=groups,
        definitive=trials,
        pilot=pilot_sizes(tuple(estimates.values()), len(study.arms)),
        proposed=proposed_sizes(trials[0]),
        legacy=legacy(loaded),
    )


def _known(
    study: AnalysisInput, scores: Scores, wanted: Sequence[TargetDifference]
) -> tuple[dict[str, PilotEstimates], dict[str, str]]:
    """Return what is known of the main outcomes and of those with a difference, and why of others it is not."""
    planned_for = {w.scale for w in wanted}
    main = {o.scale for o in study.protocol.analysis.outcomes.main}
    estimates: dict[str, PilotEstimates] = {}
    missing: dict[str, str] = {}
    for outcome in all_outcomes(study.loaded):
        if outcome.scale not in planned_for | main:
            continue
        try:
            estimates[outcome.scale] = pilot_estimates(study, scores, outcome)
        except ValueError as why:
            missing[outcome.scale] = str(why)
    problems = [
        Problem(NOT_ENOUGH, f"Planning for '{scale}' is not possible: {why}.", "Choose another outcome.")
        for scale, why in missing.items()
        if scale in planned_for
    ]
    if problems:
        raise ProblemsFound(problems)
    return estimates, missing


def legacy(loaded: LoadedProtocol) -> tuple[Legacy, ...]:
    """Return the post hoc power behind the effects that the study's publication reports for its main outcomes.

    Published effects stand in the protocol, among what a rehearsal aims at; our own are left out.
    """
    simulation = loaded.protocol.simulation
    if simulation is None or loaded.protocol.study.reference is None:
        return ()
    people = sum(sum(sizes) for sizes in simulation.people.values())
    published = {
        target.scale: target.expected_partial_eta_squared
        for target in simulation.scales
        if target.effect_whose == "published" and target.expected_partial_eta_squared is not None
    }
    powers = [
        Legacy(o.scale, o.label, eta, people, post_hoc_power(eta, people, loaded.protocol.analysis.significance))
        for o in loaded.protocol.analysis.outcomes.main
        if (eta := published.get(o.scale)) is not None
    ]
    return tuple(sorted(powers, key=lambda power: -power.partial_eta_squared))
