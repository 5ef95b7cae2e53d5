"""`pilotage compare` on one study of 47 people and six outcomes, against a pingouin script doing the same."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from timing import PILOTAGE, Timed, interleaved, process, say

OUTCOMES = ("ffmq", "scs", "eq", "pss", "satisfaction", "fatigue")

# Cells, F, p, partial eta squared and epsilon of each effect, and who is left out. Ours also gives generalised eta
# squared and the interval of partial eta squared, which the script does not.
PEER = """
import json, sys
import pandas as pd
import pingouin as pg

file = sys.argv[1]
wide = pd.read_csv(file)
result = []
for name in sys.argv[2:]:
    columns = [f"{name}_pre", f"{name}_post"]
    complete = wide.dropna(subset=columns)
    left = wide.loc[wide[columns].isna().any(axis=1), "id"].tolist()
    long = complete.melt(["id", "arm"], columns, var_name="time", value_name="score")
    table = pg.mixed_anova(long, dv="score", within="time", between="arm", subject="id", effsize="np2")
    cells = long.groupby(["arm", "time"])["score"].agg(["count", "mean", "std"])
    result.append({"name": name, "n_analysed": len(complete), "excluded": left,
                   "F": table["F"].tolist(), "np2": table["np2"].tolist(), "p": table.iloc[:, 5].tolist(),
                   "cells": cells.reset_index().to_dict("records")})
print(json.dumps({"outcomes": result}))
"""


def write_study(file: Path) -> None:
    """25 people trained and 22 not, six outcomes before and after, one blank."""
    generator = np.random.default_rng(2020)
    columns = [f"{name}_{when}" for name in OUTCOMES for when in ("pre", "post")]
    rows = [",".join(("id", "arm", *columns))]
    for person in range(47):
        scores = generator.normal(50, 10, len(columns)).round(2).astype(str)
        rows.append(",".join((f"P{person:02}", "training" if person < 25 else "control", *scores)))
    rows[5] = rows[5].rsplit(",", 1)[0] + ","
    file.write_text("\n".join(rows) + "\n")


def interactions(output: bytes, ours: bool) -> list[float]:
    outcomes = json.loads(output)["outcomes"]
    return [o["effects"]["time_by_group"]["F"] if ours else o["F"][2] for o in outcomes]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        file, script = Path(folder) / "study.csv", Path(folder) / "peer.py"
        write_study(file)
        script.write_text(PEER)
        options = [part for name in OUTCOMES for part in ("--outcome", f"{name}={name}_pre,{name}_post")]
        ours = [PILOTAGE, "compare", str(file), "--id", "id", "--arm", "arm", *options, "--json"]
        peer = [sys.executable, str(script), str(file), *OUTCOMES]
        outputs = [subprocess.run(command, check=True, capture_output=True).stdout for command in (ours, peer)]
        np.testing.assert_allclose(interactions(outputs[0], ours=True), interactions(outputs[1], ours=False), rtol=1e-6)
        contenders = Timed("pilotage compare", process(ours)), Timed("pingouin script", process(peer))
        interleaved(contenders, rounds=9)
        say(*contenders, target="at least 6, aim 8")


if __name__ == "__main__":
    main()
