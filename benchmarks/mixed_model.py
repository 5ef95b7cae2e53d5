"""An unstructured mixed model with Kenward-Roger, one outcome, against statsmodels' MixedLM merely fitting.

The peer fits a random intercept, the nearest it has: it knows no unstructured covariance, no degrees of freedom and no
Kenward-Roger. It is timed as it comes and with its limited-memory search, from arrays laid out beforehand. We fit from
three starts, prove the maximum, and give contrasts, marginal means and tests.
"""

from __future__ import annotations

import csv
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
from statsmodels.regression.mixed_linear_model import MixedLM

from pilotage.stats.mixed_model import mmrm
from timing import Timed, interleaved, say

DATA = Path(__file__).parent.parent / "tests" / "reference" / "three_occasions_missing.csv"
OCCASIONS = ("pre", "post", "fup")


def simulated_study() -> tuple[np.ndarray, list[str]]:
    """47 people at three occasions, eleven scores missed (SIMULATED; see tests/reference)."""
    with DATA.open(newline="") as file:
        rows = list(csv.DictReader(file))
    scores = np.array([[float(row[occasion] or "nan") for occasion in OCCASIONS] for row in rows])
    return scores, [row["group"] for row in rows]


def long(scores: np.ndarray, groups: list[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Outcome, design and person, one row a score: made beforehand, so that the peer is not charged for it."""
    person, occasion = np.nonzero(np.isfinite(scores))
    frame = pd.DataFrame({"occasion": occasion, "group": [groups[k] for k in person]})
    training = (frame["group"] == "training").to_numpy(dtype=float)
    later = np.column_stack([(occasion == k).astype(float) for k in (1, 2)])
    design = np.column_stack([np.ones(len(person)), training, later, training[:, None] * later])
    return scores[person, occasion], design, person


def main() -> None:
    scores, groups = simulated_study()
    outcome, design, person = long(scores, groups)
    ours = mmrm(scores, groups, "control", covariance="compound symmetry")
    warnings.simplefilter("ignore")

    def peer(method: str | None = None) -> object:
        return MixedLM(outcome, design, person).fit(reml=True, method=method)

    print(f"compound symmetry, restricted log-likelihood: ours {ours.log_likelihood:.9f}; MixedLM {peer().llf:.9f}")
    print(f"variance between people: ours {ours.covariance[0, 1]:.9f}; MixedLM {peer().cov_re[0, 0]:.9f}")
    for structure in ("unstructured", "compound symmetry"):
        name = f"ours, {structure} with Kenward-Roger"
        model = Timed(name, lambda structure=structure: mmrm(scores, groups, "control", covariance=structure))
        for method in (None, "lbfgs"):
            contenders = (
                model,
                Timed(f"statsmodels MixedLM, {method or 'as it comes'}, fit only", lambda m=method: peer(m)),
            )
            interleaved(contenders, rounds=25)
            say(*contenders, target="at least 5")


if __name__ == "__main__":
    main()
