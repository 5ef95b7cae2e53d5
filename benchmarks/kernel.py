"""Scoring alone, array in and scores out, a million people by 39 items, against pandas doing the same."""

from __future__ import annotations

import numpy as np
import pandas as pd

from peers import ITEMS, SCALES, score_complete, simulated
from peers import score as pandas_score
from pilotage.instruments.catalogue import load
from pilotage.scoring.score import score
from timing import Timed, interleaved, say

PEOPLE = 1_000_000
FFMQ = load("ffmq-39")


def agree(answers: np.ndarray, frame: pd.DataFrame) -> None:
    """Stop when the two give different scores or numbers of blanks."""
    ours, theirs = score(FFMQ, answers), pandas_score(frame)
    for scale in SCALES:
        np.testing.assert_allclose(ours[scale].score, theirs[scale], rtol=1e-12)
        np.testing.assert_array_equal(ours[scale].n_missing, theirs[f"{scale}_missing"])


def race(what: str, answers: np.ndarray, peer=pandas_score, target: str = "at least 10") -> None:
    frame = pd.DataFrame(answers, columns=ITEMS)
    agree(answers, frame)
    contenders = Timed(f"ours, {what}", lambda: score(FFMQ, answers)), Timed("pandas", lambda: peer(frame))
    interleaved(contenders, rounds=7)
    say(*contenders, target=target)


def main() -> None:
    codes, blank = simulated(PEOPLE, blank=0.02)
    floats = np.where(blank, np.nan, codes.astype(float))
    race("float64 with 2 % blank, rows together", floats)
    race("int8 without blanks, columns together", np.asfortranarray(codes))
    race("int8 without blanks, rows together", codes)
    without_target = "pandas told that nothing is blank; no target"
    race("int8, columns together", np.asfortranarray(codes), score_complete, without_target)
    race("int8, rows together", codes, score_complete, without_target)


if __name__ == "__main__":
    main()
