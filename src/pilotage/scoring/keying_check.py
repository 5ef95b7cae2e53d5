"""The keying check: each scale as its key says and without reversal, and which of the two the data favour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pilotage.formatting import rounded
from pilotage.instruments.definition import Instrument, Scale
from pilotage.scoring.reverse_scoring import keyed_items
from pilotage.stats.one_factor import one_factor
from pilotage.stats.reliability import cronbach_alpha

Floats = NDArray[np.float64]
Favoured = Literal["declared", "unreversed", "undecided"]

# Ours, chosen on the samples of docs/explanation/keying-check.md: two alphas (or mean correlations) closer than this
# are alike, and one factor describes a keying when at most this share of the items loads against the others.
ALIKE = 0.05
MOST_AGAINST = 0.1
_SIDES = {1: "for the key", 0: "neither way", -1: "against the key"}


@dataclass(frozen=True, slots=True)
class UnderKey:
    """A scale's items under one keying.

    Attributes
    ----------
    alpha : float or None
    item_rest : float or None
        The mean correlation of an item with the sum of the others.
    negative_item_rest : tuple of int
        Numbers of the items whose correlation with the others is below 0.
    against : tuple of int
        Numbers of the items whose loading on one factor runs against the others'; empty when no factor is found.
    """

    alpha: float | None
    item_rest: float | None
    negative_item_rest: tuple[int, ...]
    against: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class KeyingCheck:
    """What a scale looks like with its declared reversal and without.

    Attributes
    ----------
    scale : str
    reversed : tuple of int
        The items that the key reverses here; nothing can be compared where it is none, or all.
    declared, unreversed : UnderKey
    favours : {"declared", "unreversed", "undecided"}
    why : str
    """

    scale: str
    reversed: tuple[int, ...]
    declared: UnderKey
    unreversed: UnderKey
    favours: Favoured
    why: str


def check_keying(
    instrument: Instrument, answers: Floats, switches: Mapping[str, str] | None = None
) -> dict[str, KeyingCheck]:
    """Compare the declared key with no reversal, for each scale that reverses some of its items and not others.

    Alpha and the mean item-rest correlation are the same for a scale and its mirror image, so that a scale with no
    reversed items, or only reversed ones, has nothing to compare. The two keyings are compared by the loadings on
    one factor, by alpha and by the mean item-rest correlation. The data favour a keying when all three do, and when
    one factor describes the items so keyed; docs/explanation/keying-check.md says what this catches and misses.

    Parameters
    ----------
    instrument : Instrument
    answers : array, shape (people, items)
        As answered, NaN where blank.
    switches : mapping of str to str, optional
    """
    checks = {}
    for scale in instrument.scales:
        turned = _turned(instrument, scale)
        if not instrument.points and 0 < len(turned) < len(instrument.items_of(scale)):
            checks[scale.id] = _check(instrument, scale, answers, turned, switches)
    return checks


def _turned(instrument: Instrument, scale: Scale) -> tuple[int, ...]:
    """Return the items that differ from their raw answers in this scale."""
    probe = np.full((1, instrument.items), float(instrument.response.minimum))
    keyed = keyed_items(instrument, probe, scale)[0]
    items = instrument.items_of(scale)
    return tuple(n for n, value in zip(items, keyed, strict=True) if value != instrument.response.minimum)


def _check(
    instrument: Instrument, scale: Scale, answers: Floats, turned: tuple[int, ...], switches: Mapping[str, str] | None
) -> KeyingCheck:
    items = instrument.items_of(scale)
    declared = under_key(keyed_items(instrument, answers, scale, switches), items)
    unreversed = under_key(answers[:, [n - 1 for n in items]], items)
    favours, why = verdict(declared, unreversed, len(items))
    return KeyingCheck(scale.id, turned, declared, unreversed, favours, why)


def under_key(keyed: Floats, numbers: tuple[int, ...]) -> UnderKey:
    """Return alpha, item-rest correlations and signs of loadings of items that are keyed one way."""
    try:
        reliability = cronbach_alpha(keyed)
    except ValueError:
        return UnderKey(None, None, (), ())
    rests = [r for r in reliability.item_rest if r is not None]
    negative = tuple(n for n, r in zip(numbers, reliability.item_rest, strict=True) if r is not None and r < 0)
    mean = float(np.mean(rests)) if rests else None
    return UnderKey(reliability.alpha.value, mean, negative, _against(keyed, numbers))


def _against(keyed: Floats, numbers: tuple[int, ...]) -> tuple[int, ...]:
    """Return the items whose loading on one factor has the other sign than most."""
    complete = keyed[~np.isnan(keyed).any(axis=1)]
    n, k = complete.shape
    if k < 3 or n <= k or (np.ptp(complete, axis=0) == 0).any():
        return ()
    try:
        loadings = one_factor(np.asarray(np.corrcoef(complete, rowvar=False), float)).loadings
    except (np.linalg.LinAlgError, ArithmeticError):
        return ()
    most = 1 if np.sum(loadings > 0) * 2 >= k else -1
    return tuple(number for number, loading in zip(numbers, loadings, strict=True) if loading * most < 0)


def verdict(declared: UnderKey, unreversed: UnderKey, items: int) -> tuple[Favoured, str]:
    """Return which keying the three comparisons favour, and what each of them says."""
    if declared.alpha is None or unreversed.alpha is None:
        return "undecided", "alpha is not defined for these answers"
    strays = len(declared.against), len(unreversed.against)
    alphas = declared.alpha, unreversed.alpha
    rests = declared.item_rest or 0.0, unreversed.item_rest or 0.0
    speaks = (int(np.sign(strays[1] - strays[0])), _sign(alphas[0] - alphas[1]), _sign(rests[0] - rests[1]))
    numbers = (
        f"items that load against the others: {strays[0]} as declared and {strays[1]} without reversal",
        f"alpha {rounded(alphas[0], 2)} as declared and {rounded(alphas[1], 2)} without reversal",
        f"mean item-rest correlation {rounded(rests[0], 2)} as declared and {rounded(rests[1], 2)} without reversal",
    )
    why = "; ".join(f"{words} ({_SIDES[side]})" for words, side in zip(numbers, speaks, strict=True))
    if min(speaks) > 0 and strays[0] <= MOST_AGAINST * items:
        return "declared", why
    if max(speaks) < 0 and strays[1] <= MOST_AGAINST * items:
        return "unreversed", why
    return "undecided", why


def _sign(difference: float) -> int:
    return 0 if abs(difference) < ALIKE else 1 if difference > 0 else -1
