"""Which sums and sums of squares whole numbers can have: is there any sample with this mean and this SD?"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice

Ends = tuple[Fraction, Fraction]
MOST_BITS = 2**28  # of one set of reachable sums, about 30 MB
MOST_WORK = 2 * 10**10  # bits shifted in all, about a second
MOST_PEOPLE = 1000
MOST_MOVES = 20_000
MOST_TRIES = 50


@dataclass(frozen=True, slots=True)
class SampleTarget:
    """What a sample of whole numbers must have.

    Attributes
    ----------
    n : int
        How many numbers, at least 2.
    low, high : int
        The least and the greatest they may be.
    attained : bool
        Whether both ends must occur.
    mean, sd : tuple of Fraction
        Between what the mean and the SD (n - 1) must lie, ends included.
    """

    n: int
    low: int
    high: int
    attained: bool
    mean: Ends
    sd: Ends

    def sums(self) -> range:
        """Return the sums that have such a mean and fit between the ends."""
        fixed = self.low + self.high if self.attained else 0
        free = self.n - 2 if self.attained else self.n
        least = max(math.ceil(self.n * self.mean[0]), fixed + free * self.low)
        most = min(math.floor(self.n * self.mean[1]), fixed + free * self.high)
        return range(least, most + 1)


@dataclass(frozen=True, slots=True)
class Solutions:
    """How many samples there are.

    Attributes
    ----------
    pairs : int
        Different pairs of sum and sum of squares.
    samples : int or None
        Different samples (what occurred how often); None where they were not counted.
    exact : bool
        False where one was constructed, and there may be more.
    example : tuple of int
        A constructed sample, where one was.
    """

    pairs: int
    samples: int | None
    exact: bool
    example: tuple[int, ...] = ()


def solutions(wanted: SampleTarget, *, any_will_do: bool = False) -> Solutions | None:
    """Count the samples with the wanted mean and SD; or construct one where counting would take long.

    Every number is taken as its distance from the nearer end of the range. Bit s W + q of a Python integer says that k
    numbers can have the sum s and the sum of squares q; one more number v is a shift by v W + v^2. Going through the
    values one by one counts each sample once, whatever the order of its numbers. With ``any_will_do`` one constructed
    sample is enough, and counting only settles it where none could be constructed.

    Returns
    -------
    Solutions or None
        None where counting would take too long and none could be constructed, which decides nothing.

    References
    ----------
    Brown, N. J. L., & Heathers, J. A. J. (2017). The GRIM test. Social Psychological and Personality Science, 8(4).
    Anaya, J. (2016). The GRIMMER test. PeerJ Preprints, 4, e2400v1.
    Heathers, J. A., Anaya, J., van der Zee, T., & Brown, N. J. L. (2018). Recovering data from summary statistics:
    Sample Parameter Reconstruction via Iterative TEchniques (SPRITE). PeerJ Preprints, 6, e26968v1.

    Examples
    --------
    >>> from pilotage.consistency.printed import printed
    >>> mean, sd = printed("3.9"), printed(".5")
    >>> solutions(SampleTarget(24, 3, 5, True, (mean.low, mean.high), (sd.low, sd.high)))
    Solutions(pairs=2, samples=2, exact=True, example=())
    """
    if wanted.n > MOST_PEOPLE:
        return None
    near = _from_nearer_end(wanted)
    if not any(_squares(near, total) for total in near.sums()):
        return Solutions(0, 0, exact=True)
    example = _constructed(wanted) if any_will_do else None
    if example:
        return example
    width = near.high * near.sums()[-1] + 1
    bits = (near.sums()[-1] + 1) * width
    if bits > MOST_BITS or bits * (near.high + 1) * near.n > MOST_WORK:
        return _constructed(wanted)
    return _counted(near, bits, width)


def _from_nearer_end(wanted: SampleTarget) -> SampleTarget:
    """Restate the question about distances from one end: small numbers make small sums."""
    n, low, high = wanted.n, wanted.low, wanted.high
    if sum(wanted.mean) <= low + high:
        mean = wanted.mean[0] - low, wanted.mean[1] - low
    else:
        mean = high - wanted.mean[1], high - wanted.mean[0]
    return SampleTarget(n, 0, high - low, wanted.attained, mean, wanted.sd)


def _squares(wanted: SampleTarget, total: int) -> range:
    """Return the sums of squares that give the wanted SD; each is odd or even as the sum itself is."""
    about = Fraction(total * total, wanted.n)
    low, high = (about + (wanted.n - 1) * sd * sd for sd in wanted.sd)
    least = math.ceil(low)
    return range(least + (least - total) % 2, math.floor(high) + 1, 2)


def _counted(near: SampleTarget, bits: int, width: int) -> Solutions:
    """Count with a field of bits for each pair where that is affordable, else with one bit."""
    free = near.n - 2 if near.attained else near.n
    field = math.comb(free + near.high, free).bit_length()
    affordable = bits * field <= MOST_BITS and bits * field * (near.high + 1) * near.n <= MOST_WORK
    field = field if affordable else 1
    reached = _reached(near, free, width, bits, field)
    ends = (near.high, near.high**2) if near.attained else (0, 0)
    counts: list[int] = []
    for total in near.sums():
        row = (reached >> ((total - ends[0]) * width * field)) & ((1 << (width * field)) - 1)
        counts += _fields(row, [q - ends[1] for q in _squares(near, total)], width, field)
    return Solutions(sum(count > 0 for count in counts), sum(counts) if affordable else None, exact=True)


def _fields(row: int, places: list[int], width: int, field: int) -> list[int]:
    """Return the counts at these places of one sum's row."""
    inside = [place for place in places if 0 <= place < width]
    if not inside:
        return []
    part = (row >> (inside[0] * field)) & ((1 << ((inside[-1] - inside[0] + 1) * field)) - 1)
    return [(part >> ((place - inside[0]) * field)) & ((1 << field) - 1) for place in inside]


def _reached(near: SampleTarget, free: int, width: int, bits: int, field: int) -> int:
    """Count the ways in which ``free`` numbers add up to each pair; with fields of one bit, whether there is any."""
    inside = (1 << (bits * field)) - 1
    reached = [1] + [0] * free
    for value in range(near.high + 1):
        shift = (value * width + value * value) * field
        if shift > bits * field:
            break
        for k in range(1, free + 1):
            one_more = (reached[k - 1] << shift) & inside
            reached[k] = reached[k] + one_more if field > 1 else reached[k] | one_more
    return reached[free]


def _constructed(wanted: SampleTarget) -> Solutions | None:
    """One sample built by spreading an even one until its squares are right."""
    for total, squares in islice(_likely(wanted), MOST_TRIES):
        sample = _spread(wanted, total, squares)
        if sample is not None:
            return Solutions(1, 1, exact=False, example=tuple(sample))
    return None


def _likely(wanted: SampleTarget) -> Iterator[tuple[int, int]]:
    """Yield sums and squares to try, for each sum the middle, the most and the fewest squares."""
    for total in wanted.sums():
        squares = _squares(wanted, total)
        if squares:
            yield from ((total, q) for q in dict.fromkeys((squares[len(squares) // 2], squares[-1], squares[0])))


def _spread(wanted: SampleTarget, total: int, squares: int) -> list[int] | None:
    """Return a sample of this sum and sum of squares, by moving pairs apart, always the widest move that still fits."""
    ends = [wanted.low, wanted.high] if wanted.attained else []
    free = wanted.n - len(ends)
    if free == 0:
        return ends if sum(v * v for v in ends) == squares else None
    each, over = divmod(total - sum(ends), free)
    inner = [each] * (free - over) + [each + 1] * over
    lacking = squares - sum(v * v for v in (*ends, *inner))
    for _ in range(MOST_MOVES):
        if lacking <= 0:
            break
        move = _widest_move(inner, (wanted.low, wanted.high), lacking)
        if move is None:
            return None
        down, up = move
        lacking -= 2 * (inner[up] - inner[down]) + 2
        inner[down], inner[up] = inner[down] - 1, inner[up] + 1
        inner.sort()
    return sorted([*ends, *inner]) if lacking == 0 else None


def _widest_move(inner: list[int], ends: tuple[int, int], lacking: int) -> tuple[int, int] | None:
    """Of the sorted numbers, which to lower and which to raise: adds 2 (raised - lowered) + 2 to the squares."""
    first, after = bisect_right(inner, ends[0]), bisect_left(inner, ends[1])  # the numbers not yet at an end
    widest = (lacking - 2) // 2
    best: tuple[int, int] | None = None
    for down in range(first, after):
        up = bisect_right(inner, inner[down] + widest, down + 1, after) - 1
        if up > down and (best is None or inner[up] - inner[down] > inner[best[1]] - inner[best[0]]):
            best = down, up
            if up == after - 1:
                break
    return best
