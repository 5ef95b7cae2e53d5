"""10,000 simulated trials of 25 against 22, analysed: against pingouin's loop, and against drawing the numbers only."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pingouin as pg

from pilotage.stats.many_trials import interaction_f, simulated_interaction_f
from timing import Timed, interleaved

TRIALS, SIZES = 10_000, (25, 22)
LOOPED = 36
PEOPLE = sum(SIZES)
GROUPS = np.repeat(["training", "control"], SIZES)


def ours() -> np.ndarray:
    return simulated_interaction_f(TRIALS, SIZES, effect=0.5, correlation=0.5, seed=1)


def draws_only() -> np.ndarray:
    return np.random.default_rng(1).standard_normal((TRIALS, 2, PEOPLE))


def one_by_pingouin(scores: np.ndarray) -> float:
    """F of time by group; scores of shape (2, people)."""
    frame = pd.DataFrame(
        {
            "score": scores.ravel(),
            "time": np.repeat(["pre", "post"], PEOPLE),
            "person": np.tile(np.arange(PEOPLE), 2),
            "arm": np.tile(GROUPS, 2),
        }
    )
    table = pg.mixed_anova(frame, dv="score", within="time", between="arm", subject="person")
    return float(table["F"].iloc[2])


def pingouins_loop() -> list[float]:
    """The first few dozen of the trials."""
    drawn = np.random.default_rng(2).standard_normal((LOOPED, 2, PEOPLE))
    f_values = [one_by_pingouin(scores) for scores in drawn]
    np.testing.assert_allclose(interaction_f(drawn[:, 0], drawn[:, 1], SIZES[0]), f_values, rtol=1e-9)
    return f_values


def main() -> None:
    kernel = Timed("ours, draws and F", ours)
    floor = Timed("NumPy's normal draws alone", draws_only)
    loop = Timed(f"pingouin, {LOOPED} trials", pingouins_loop)
    interleaved((kernel, floor, loop), rounds=5)
    each = loop.median / LOOPED
    whole = each * TRIALS
    print(f"{TRIALS:,} trials of {SIZES[0]} against {SIZES[1]}")
    print(f"{kernel.name}: {kernel.median * 1e3:.1f} ms; {floor.name}: {floor.median * 1e3:.1f} ms")
    print(f"  {kernel.median / floor.median:.2f} times the draws (at most 2.5)")
    print(f"{loop.name}: {each * 1e3:.1f} ms each; extrapolated to {TRIALS:,}: {whole:,.0f} s")
    print(f"  {whole / kernel.median:,.0f} times faster (at least 2,000; pingouin's time is extrapolated)")


if __name__ == "__main__":
    main()
