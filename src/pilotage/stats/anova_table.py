"""The results of a mixed analysis of variance: its table, and the cells that it compares."""

from __future__ import annotations

from dataclasses import dataclass

from pilotage.stats.sphericity import Mauchly


@dataclass(frozen=True, slots=True)
class Effect:
    """One line of the ANOVA table. Nothing is rounded.

    Attributes
    ----------
    name : str
        ``"group"``, ``"time"`` or ``"time_by_group"``.
    ss, ss_error : float
        Sums of squares of the effect and of its error term.
    df1, df2 : int
        Degrees of freedom, uncorrected.
    f, p : float
        F = (ss / df1) / (ss_error / df2) and its uncorrected probability.
    partial_eta_squared : float
        ss / (ss + ss_error).
    generalised_eta_squared : float
        ss / (ss + both error sums of squares), every factor taken as manipulated (Olejnik & Algina, 2003).
    omega_squared_partial : float
        df1 (F - 1) / (df1 F + df2 + 1): from F alone, and below 0 where F is below 1.
    epsilon_gg, p_gg : float or None
        Greenhouse-Geisser's epsilon and the p it gives; None for two occasions and for ``group``.
    epsilon_hf, p_hf : float or None
        Huynh-Feldt's epsilon (Lecoutre's correction for groups), which may exceed 1, and the p it gives when cut at 1.
    """

    name: str
    ss: float
    ss_error: float
    df1: int
    df2: int
    f: float
    p: float
    partial_eta_squared: float
    generalised_eta_squared: float
    omega_squared_partial: float
    epsilon_gg: float | None
    p_gg: float | None
    epsilon_hf: float | None
    p_hf: float | None


@dataclass(frozen=True, slots=True)
class Cells:
    """Size, mean and SD (n - 1) of each group at each occasion.

    Attributes
    ----------
    groups : tuple of str
        Labels, in order of first appearance.
    n : tuple of int
        People in each group.
    means, sds : tuple of tuple of float
        By group, then by occasion.
    """

    groups: tuple[str, ...]
    n: tuple[int, ...]
    means: tuple[tuple[float, ...], ...]
    sds: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class MixedAnova:
    """Everything `mixed_anova` computes.

    Attributes
    ----------
    group, time, time_by_group : Effect
        The three tests.
    mauchly : Mauchly or None
        The test of sphericity; None at two occasions, where there is nothing to test.
    cells : Cells
        What the tests compare.
    n : int
        People analysed.
    method : str
        The variant, by name.
    """

    group: Effect
    time: Effect
    time_by_group: Effect
    mauchly: Mauchly | None
    cells: Cells
    n: int
    method: str

    @property
    def effects(self) -> tuple[Effect, Effect, Effect]:
        """The three tests, in the order of the table."""
        return self.group, self.time, self.time_by_group
