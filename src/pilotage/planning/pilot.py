"""How large a pilot should be for what a pilot is for: to estimate, and not to test."""

from __future__ import annotations

from collections.abc import Sequence

from pilotage.formatting import per_cent, rounded
from pilotage.planning.results import Definitive, PilotEstimates, PilotSize, ProposedSize
from pilotage.stats.precision import PILOT_RULES, people_for_correlation, people_for_proportion, people_for_sd

HALF_WIDTHS_SD = (0.15, 0.20, 0.25)
HALF_WIDTHS_SHARE = (0.05, 0.10, 0.15)
HALF_WIDTHS_R = (0.10, 0.15, 0.20)
FEASIBLE = 0.80  # ours: the share, such as of people retained, near which criteria of feasibility usually lie


def pilot_sizes(known: Sequence[PilotEstimates], arms: int) -> tuple[PilotSize, ...]:
    """Return how many people an SD, a proportion and a correlation need to be so precise, with 95 % intervals.

    The correlation is the lowest observed among the outcomes, for it needs most people.
    """
    sizes = [
        PilotSize("an SD, as a share of it", w, people_for_sd(w, arms), "chi-square interval, pooled within arms")
        for w in HALF_WIDTHS_SD
    ]
    for share in (FEASIBLE, 0.5):
        sizes += [
            PilotSize(f"a proportion near {per_cent(share, 0)}", w, people_for_proportion(share, w), "Wilson")
            for w in HALF_WIDTHS_SHARE
        ]
    if known:
        lowest = min((k.correlation.value for k in known), key=abs)
        sizes += [
            PilotSize(
                f"a correlation near {rounded(lowest, 2)}", w, people_for_correlation(lowest, w, arms), "Fisher's z"
            )
            for w in HALF_WIDTHS_R
        ]
    return tuple(sizes)


def proposed_sizes(trial: Definitive) -> tuple[ProposedSize, ...]:
    """Return what published rules propose for the pilot of a definitive trial: by its difference and its size."""
    main = max(
        (s.size.people for s in trial.sizes if s.icc is None and s.sd_is == "observed" and "ANCOVA" in s.size.method),
    )
    proposed = []
    for rule in PILOT_RULES:
        least, most = rule.people(trial.standardised, main)
        proposed.append(ProposedSize(rule.id, rule.says, rule.source, least, most))
    return tuple(proposed)
