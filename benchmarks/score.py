"""`pilotage score` of a million people by 39 items, CSV to CSV, against pandas doing the same; whole processes."""

from __future__ import annotations

import csv
import itertools
import sys
import tempfile
from pathlib import Path

import numpy as np

from peers import ITEMS, SCALES, simulated
from timing import PILOTAGE, Timed, interleaved, peak_memory, process, say

PEOPLE = 1_000_000
BLANK = 0.02


def write_answers(file: Path, people: int = PEOPLE) -> None:
    """Ids and answers; a blank is an empty cell."""
    codes, blank = simulated(people, BLANK)
    cells = np.where(blank, "", codes.astype("U1")).tolist()
    with file.open("w", newline="") as handle:
        handle.write(",".join(("pid", *ITEMS)) + "\n")
        handle.writelines(f"{person},{','.join(row)}\n" for person, row in enumerate(cells, 1))


def agree(ours: Path, theirs: Path, rows: int = 10_000) -> None:
    """Stop when the two programs give different scores."""
    with ours.open(newline="") as a, theirs.open(newline="") as b:
        pairs = zip(csv.DictReader(a), csv.DictReader(b), strict=True)
        for left, right in itertools.islice(pairs, rows):
            for scale in SCALES:
                got, wanted = (float(row[scale] or "nan") for row in (left, right))
                np.testing.assert_allclose(got, wanted, rtol=1e-12)


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        answers, ours_out, peer_out = folder / "answers.csv", folder / "ours.csv", folder / "peer.csv"
        write_answers(answers)
        ours = [
            PILOTAGE,
            "score",
            "ffmq-39",
            str(answers),
            "--id",
            "pid",
            "--items",
            "ffmq_{n}",
            "--out",
            str(ours_out),
        ]
        peer = [sys.executable, str(Path(__file__).with_name("peers.py")), str(answers), str(peer_out)]
        contenders = Timed("pilotage score", process(ours)), Timed("pandas", process(peer))
        interleaved(contenders, rounds=5)
        agree(ours_out, peer_out)
        say(*contenders, target="at least 5")
        print(
            f"  peak memory {peak_memory(ours) / 2**20:,.0f} MiB (under 1,536); pandas {peak_memory(peer) / 2**20:,.0f}"
        )


if __name__ == "__main__":
    main()
