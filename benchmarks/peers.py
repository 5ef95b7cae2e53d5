"""The pandas program that scores the FFMQ-39 as ours does: reversal, facets and totals, blanks up to a fifth."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

REVERSED = (3, 5, 8, 10, 12, 13, 14, 16, 17, 18, 22, 23, 25, 28, 30, 34, 35, 38, 39)
SCALES = {
    "observing": (1, 6, 11, 15, 20, 26, 31, 36),
    "describing": (2, 7, 12, 16, 22, 27, 32, 37),
    "acting_with_awareness": (5, 8, 13, 18, 23, 28, 34, 38),
    "nonjudging": (3, 10, 14, 17, 25, 30, 35, 39),
    "nonreactivity": (4, 9, 19, 21, 24, 29, 33),
    "total": tuple(range(1, 40)),
}
SCALES["total_without_observing"] = tuple(n for n in range(1, 40) if n not in SCALES["observing"])
ITEMS = [f"ffmq_{n}" for n in range(1, 40)]


def score(answers: pd.DataFrame) -> pd.DataFrame:
    """Scores and numbers of blanks, as a pandas user would write it."""
    answers = answers.copy()
    turned = [f"ffmq_{n}" for n in REVERSED]
    answers[turned] = 6 - answers[turned]
    scores, blanks = {}, {}
    for scale, numbers in SCALES.items():
        items = answers[[f"ffmq_{n}" for n in numbers]]
        missing = items.isna().sum(axis=1)
        scores[scale] = (items.mean(axis=1) * len(numbers)).where(missing <= 0.2 * len(numbers))
        blanks[f"{scale}_missing"] = missing
    return pd.DataFrame(scores | blanks)


def score_complete(answers: pd.DataFrame) -> pd.DataFrame:
    """Sums only, for someone who knows beforehand that nothing is blank."""
    answers = answers.copy()
    turned = [f"ffmq_{n}" for n in REVERSED]
    answers[turned] = 6 - answers[turned]
    return pd.DataFrame({s: answers[[f"ffmq_{n}" for n in numbers]].sum(axis=1) for s, numbers in SCALES.items()})


def simulated(people: int, blank: float, seed: int = 39) -> tuple[NDArray[np.int8], NDArray[np.bool_]]:
    """Random answers 1 to 5, and which of them are blank."""
    generator = np.random.default_rng(seed)
    codes = generator.integers(1, 6, (people, 39), dtype=np.int8)
    return codes, generator.random(codes.shape) < blank


if __name__ == "__main__":
    import sys

    source, target = sys.argv[1:3]
    wide = pd.read_csv(source)
    pd.concat([wide[["pid"]], score(wide[ITEMS])], axis=1).to_csv(target, index=False)
