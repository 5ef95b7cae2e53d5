"""The items of a scale as they enter its score: turned or pointed by the key, as reliability needs them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from pilotage.instruments.definition import Instrument, Scale


def keyed_items(
    instrument: Instrument, answers: NDArray[np.float64], scale: Scale, switches: Mapping[str, str] | None = None
) -> NDArray[np.float64]:
    """Return the answers to a scale's items after keying.

    Parameters
    ----------
    instrument : Instrument
    answers : array, shape (people, items of the form)
        Floats, NaN where blank, in range.
    scale : Scale
        Of this instrument; a composite gives the items of its parts, turned where the part enters turned.
    switches : mapping of str to str, optional

    Returns
    -------
    array, shape (people, items of the scale)
        In the order of `Instrument.items_of`.
    """
    if scale.of:
        return np.hstack([_part(instrument, answers, scale, part, switches) for part in scale.of])
    columns = [n - 1 for n in instrument.items_of(scale)]
    keyed = np.array(answers[:, columns], dtype=float)
    ends = instrument.response.minimum + instrument.response.maximum
    turned, points = instrument.reversed_in(scale), instrument.keying(dict(switches or {}))
    for k, n in enumerate(instrument.items_of(scale)):
        if n in points:
            keyed[:, k] = _pointed(keyed[:, k], instrument.points[points[n]])
        elif n in turned:
            keyed[:, k] = ends - keyed[:, k]
    return keyed


def _part(
    instrument: Instrument,
    answers: NDArray[np.float64],
    scale: Scale,
    part: str,
    switches: Mapping[str, str] | None,
) -> NDArray[np.float64]:
    items = keyed_items(instrument, answers, instrument.scale(part), switches)
    ends = instrument.response.minimum + instrument.response.maximum
    return ends - items if part in scale.reverse_scales else items


def _pointed(codes: NDArray[np.float64], points: Mapping[int, float]) -> NDArray[np.float64]:
    result = np.full(codes.shape, np.nan)
    for code, value in points.items():
        result[codes == code] = value
    return result
