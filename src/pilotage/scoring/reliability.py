"""How consistent each scale of an instrument is in these answers: alpha, omega, and what the keying check says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pilotage.instruments.definition import Instrument, Scale
from pilotage.problems import ProblemsFound
from pilotage.scoring.keying_check import KeyingCheck, check_keying
from pilotage.scoring.ranges import Places, out_of_range
from pilotage.scoring.reverse_scoring import keyed_items
from pilotage.scoring.rule import rule_of
from pilotage.stats.reliability import CronbachAlpha, OmegaRefusedError, OmegaTotal, cronbach_alpha, omega_total

Floats = NDArray[np.float64]

SEVERAL_FACETS = "a total over several facets: one factor does not describe it, so read its omega with care"


@dataclass(frozen=True, slots=True)
class ScaleReliability:
    """One scale's internal consistency.

    Attributes
    ----------
    items : tuple of int
        The items' numbers; a composite has those of its parts.
    n, n_left_out : int
        People with every item, and people without.
    alpha : CronbachAlpha or None
        None where it is not defined; ``alpha_note`` says why.
    omega : OmegaTotal or None
        None where it is refused; ``omega_note`` says why, or what to bear in mind.
    keying : KeyingCheck or None
        None where the key reverses none or all of the items, so that there is nothing to compare.
    """

    items: tuple[int, ...]
    n: int
    n_left_out: int
    alpha: CronbachAlpha | None
    omega: OmegaTotal | None
    alpha_note: str
    omega_note: str
    keying: KeyingCheck | None


def reliability(
    instrument: Instrument, answers: Floats, switches: Mapping[str, str] | None = None, places: Places | None = None
) -> dict[str, ScaleReliability]:
    """Return the consistency of every scale, on people who answered all its items.

    Parameters
    ----------
    instrument : Instrument
    answers : array, shape (people, items)
        As answered, in the order of the form; NaN where blank.
    switches : mapping of str to str, optional
    places : Places, optional
        Whose rows and columns these are, for the messages.

    Raises
    ------
    ProblemsFound
        When the key is not confirmed, or answers are out of range.
    """
    rule_of(instrument, switches)
    if problems := out_of_range(instrument, answers, places=places):
        raise ProblemsFound(problems)
    checks = check_keying(instrument, answers, switches)
    return {
        scale.id: scale_reliability(
            instrument, scale, keyed_items(instrument, answers, scale, switches), checks.get(scale.id)
        )
        for scale in instrument.scales
    }


def scale_reliability(
    instrument: Instrument, scale: Scale, keyed: Floats, check: KeyingCheck | None = None
) -> ScaleReliability:
    """Return the consistency of one scale, from its items as `keyed_items` gives them."""
    complete = int((~np.isnan(keyed).any(axis=1)).sum())
    alpha, alpha_note = None, ""
    try:
        alpha = cronbach_alpha(keyed)
    except ValueError as error:
        alpha_note = str(error)
    omega, omega_note = _omega(keyed, SEVERAL_FACETS if scale.several_facets or scale.of else "")
    items = instrument.items_of(scale)
    return ScaleReliability(items, complete, len(keyed) - complete, alpha, omega, alpha_note, omega_note, check)


def _omega(keyed: Floats, warning: str) -> tuple[OmegaTotal | None, str]:
    try:
        omega = omega_total(keyed, warning)
    except OmegaRefusedError as error:
        return None, str(error)
    heywood = "a Heywood case: an item's unique variance stopped at its lower limit" if omega.heywood else ""
    return omega, "; ".join(note for note in (warning, heywood) if note)
