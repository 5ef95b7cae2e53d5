"""A calibration study: what is drawn, what is asked of each draw, and what was promised before drawing."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np

from pilotage.stats.distributions import beta_cdf, beta_sf

SEED = 20260724
# A rate is held against a method when chance gives one so far out to fewer than one in 4,000 that keep their promise.
CHANCE = 1 / 4_000

Rng = np.random.Generator
Once = Callable[[Rng], Sequence[float]]  # for each row, whether it erred or covered; or what share of it did
Rates = Callable[[], Sequence[float]]


@dataclass(frozen=True)
class Promise:
    """How near to its nominal rate a method is held, fixed before anything was drawn."""

    words: str
    margin: float
    one_sided: bool = False


EXACT = Promise("exact", 0.0)
AT_LEAST = Promise("at least nominal", 0.0, one_sided=True)
NEAR = Promise("within .01", 0.01)
LIBERAL = Promise("within .025", 0.025)
TOLD = Promise("none", math.inf)


@dataclass(frozen=True)
class Row:
    """One rate of a study: an error, to be at most nominal, or a coverage, to be at least.

    A promise that the first run broke is not made smaller afterwards: it stays, ``known_broken``, and the page says so.
    """

    what: str
    nominal: float
    promise: Promise
    known_broken: bool = False

    @property
    def is_error(self) -> bool:
        return "coverage" not in self.what


def error(promise: Promise, what: str = "type I error", nominal: float = 0.05) -> Row:
    return Row(what, nominal, promise)


def coverage(promise: Promise, nominal: float = 0.95, *, known_broken: bool = False) -> Row:
    return Row("coverage", nominal, promise, known_broken)


@dataclass(frozen=True)
class Study:
    """One method under one design."""

    name: str
    functions: tuple[str, ...]
    where: str
    rows: tuple[Row, ...]
    runs: int
    once: Once | None = None
    refusals: tuple[type[ValueError], ...] = ()
    rates: Rates | None = None

    @property
    def part(self) -> str:
        """The module it stands in."""
        return str((self.once or self.rates).__module__)

    @property
    def key(self) -> str:
        """Names the study, and seeds its draws."""
        return f"{self.name}; {self.where}"


@dataclass(frozen=True)
class Measured:
    """A row, drawn so many times; runs that the method refused are not counted among them.

    Where every possible outcome was gone through, there are no runs and no Monte Carlo error.
    """

    study: Study
    row: Row
    rate: float
    runs: int
    refused: int

    @property
    def mc_error(self) -> float:
        return math.sqrt(self.rate * (1 - self.rate) / self.runs) if self.runs else 0.0

    @property
    def kept(self) -> bool:
        """Whether the promise stands: it does not where chance hardly gives such a rate to a method that keeps it."""
        row, margin = self.row, self.row.promise.margin
        if math.isinf(margin):
            return True
        too_high = self._chance_of_more(row.nominal + margin) < CHANCE
        too_low = self._chance_of_less(row.nominal - margin) < CHANCE
        if row.promise.one_sided:
            return not (too_high if row.is_error else too_low)
        return not (too_high or too_low)

    def _chance_of_more(self, truth: float) -> float:
        """The binomial chance of a rate as high as this, or higher; 0 or 1 where nothing was left to chance."""
        if not self.runs:
            return float(self.rate <= truth + 1e-9)
        hits = math.floor(self.rate * self.runs + 1e-6)
        return beta_cdf(truth, hits, self.runs - hits + 1) if hits > 0 else 1.0

    def _chance_of_less(self, truth: float) -> float:
        if not self.runs:
            return float(self.rate >= truth - 1e-9)
        hits = math.ceil(self.rate * self.runs - 1e-6)
        return beta_sf(truth, hits + 1, self.runs - hits) if hits < self.runs else 1.0

    @property
    def as_known(self) -> bool:
        """Whether the promise stands, or is known not to."""
        return self.kept != self.row.known_broken


STUDIES: list[Study] = []


def study(
    name: str,
    function: Callable[..., object] | Sequence[Callable[..., object]],
    where: str,
    *rows: Row,
    runs: int,
    refusal: type[ValueError] | None = None,
) -> Callable[[Once], Once]:
    """Register a function that draws once and says, for each row, whether the method erred (or covered).

    ``refusal`` is the error by which the method may say that it has no answer; such draws are counted and told.
    """

    def register(once: Once) -> Once:
        refusals = () if refusal is None else (refusal,)
        STUDIES.append(Study(name, _names(function), where, rows, runs, once=once, refusals=refusals))
        return once

    return register


def enumerated(
    name: str, function: Callable[..., object] | Sequence[Callable[..., object]], where: str, *rows: Row
) -> Callable[[Rates], Rates]:
    """Register a function that works out the rates themselves, from every possible outcome."""

    def register(rates: Rates) -> Rates:
        STUDIES.append(Study(name, _names(function), where, rows, 0, rates=rates))
        return rates

    return register


def _names(function: Callable[..., object] | Sequence[Callable[..., object]]) -> tuple[str, ...]:
    functions = function if isinstance(function, Sequence) else (function,)
    return tuple(f"{f.__module__}.{f.__qualname__}" for f in functions)


def measure(study: Study, runs: int | None = None) -> list[Measured]:
    """Draw a study with a seed of its own, so that neither order nor workers change its numbers."""
    if study.once is None:
        rates = study.rates() if study.rates else ()
        return [Measured(study, row, float(rate), 0, 0) for row, rate in zip(study.rows, rates, strict=True)]
    rng = np.random.default_rng([SEED, crc32(study.key.encode())])
    asked = runs or study.runs
    hits, refused = np.zeros(len(study.rows)), 0
    for _ in range(asked):
        try:
            hits += np.asarray(study.once(rng), dtype=float)
        except study.refusals:
            refused += 1
    done = asked - refused
    return [Measured(study, row, float(hit / done), done, refused) for row, hit in zip(study.rows, hits, strict=True)]
