"""The exact permutation test of change, 25 people against 22, against SciPy's 100,000 resamples."""

from __future__ import annotations

import numpy as np
from scipy.stats import permutation_test

from pilotage.stats.permutation import permutation_change, permutation_p
from timing import Timed, interleaved, say

RESAMPLES = 100_000
GROUPS = ["training"] * 25 + ["control"] * 22
# Changes of a sum of some twenty items, as an exact test is used for.
CHANGES = np.random.default_rng(47).normal(np.repeat([4.0, 0.0], [25, 22]), 6).round()


def mean_difference(a: np.ndarray, b: np.ndarray, axis: int) -> np.ndarray:
    return a.mean(axis=axis) - b.mean(axis=axis)


def scipys() -> float:
    return permutation_test(
        (CHANGES[:25], CHANGES[25:]), mean_difference, vectorized=True, n_resamples=RESAMPLES, rng=1
    ).pvalue


def main() -> None:
    ours, theirs = permutation_change(CHANGES, GROUPS, "control").p, scipys()
    margin = 5 * (ours * (1 - ours) / RESAMPLES) ** 0.5
    # SciPy doubles the smaller tail, so that it may differ a little from the two-sided p besides.
    assert abs(ours - theirs) < margin + 0.1 * ours, (ours, theirs)
    print(f"p: exact {ours:.6f}, SciPy {theirs:.6f} ± {margin / 5:.6f}")
    alone = Timed("exact p", lambda: permutation_p(CHANGES, GROUPS, "control"))
    whole = Timed("exact p with its exact interval", lambda: permutation_change(CHANGES, GROUPS, "control"))
    peer = Timed(f"scipy.stats.permutation_test, {RESAMPLES:,} resamples", scipys)
    interleaved((alone, whole, peer), rounds=7)
    say(alone, peer, target="at least 100")
    say(whole, peer, target="at least 100, though SciPy gives no interval")


if __name__ == "__main__":
    main()
