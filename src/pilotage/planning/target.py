"""The difference that a design is evaluated at: a justified one, or else what the protocol's rehearsal aims at."""

from __future__ import annotations

from collections.abc import Sequence

from pilotage.data.simulate.answers import model_of
from pilotage.data.simulate.scenario import SCENARIOS
from pilotage.planning.differences import NOT_AN_OUTCOME, TargetDifference, all_outcomes, differences
from pilotage.problems import Problem, ProblemsFound, did_you_mean, kind
from pilotage.protocol.load import LoadedProtocol
from pilotage.protocol.plan import Outcome

ONE_AT_A_TIME = kind("EVALUATE-008", "A design is evaluated for one outcome at a time")
NO_EFFECT = kind("EVALUATE-009", "The difference at which power is evaluated is missing")

OF_THE_REHEARSAL = (
    "It is what the protocol's rehearsal aims at, an assumption of the simulator and not a difference that somebody "
    "justified; give one with --difference."
)


def target(loaded: LoadedProtocol, written: Sequence[str], outcome: str) -> TargetDifference:
    """Return the difference stated; else the protocol's minimal important one; else that of its rehearsal.

    Raises
    ------
    ProblemsFound
        When several are given, the outcome is not one of the study's, or no effect is known of it.
    """
    if written:
        stated = differences(loaded, written)
        if len(stated) > 1:
            message = f"There are {len(stated)} differences, but a design is evaluated for one outcome at a time."
            raise ProblemsFound([Problem(ONE_AT_A_TIME, message, "Run the command once for each.")])
        return stated[0]
    chosen = _outcome(loaded, outcome)
    important = chosen.minimal_important_difference
    if important is not None:
        return TargetDifference(
            chosen.scale, chosen.label, chosen.better, important.value, important.why, "the protocol"
        )
    return TargetDifference(
        chosen.scale, chosen.label, chosen.better, _rehearsed(loaded, chosen), OF_THE_REHEARSAL, "the rehearsal"
    )


def _outcome(loaded: LoadedProtocol, wanted: str) -> Outcome:
    known = {outcome.scale: outcome for outcome in all_outcomes(loaded)}
    if wanted and wanted not in known:
        message = f"'{wanted}' is not an outcome of this study.{did_you_mean(wanted, known)}"
        raise ProblemsFound([Problem(NOT_AN_OUTCOME, message, f"Its outcomes are: {', '.join(known)}.")])
    if wanted:
        return known[wanted]
    return next((o for o in known.values() if o.minimal_important_difference is not None), next(iter(known.values())))


def _rehearsed(loaded: LoadedProtocol, outcome: Outcome) -> float:
    """Return how far the rehearsal's model moves the mean of a scale, in its units."""
    simulation, (name, _, scale) = loaded.protocol.simulation, outcome.scale.partition(".")
    instrument = loaded.instruments[name]
    model = model_of(instrument, loaded.protocol, simulation, SCENARIOS["paper"]) if simulation else None
    moved = 0.0
    if model is not None:
        view = model.keyed.view(instrument.scale(scale))
        moved = abs(float(view.weights @ (model.steps.shifted(model.shift).means - model.steps.means)))
    if moved < 1e-9:
        message = f"The difference for {outcome.label} is missing, and the rehearsal has no target for it."
        raise ProblemsFound([Problem(NO_EFFECT, message, f"Add one: --difference '{outcome.scale}=NUMBER: why'.")])
    return moved
