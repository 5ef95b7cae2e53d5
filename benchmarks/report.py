"""`pilotage report` of the 47-person study, against a script that only computes its 17 ANOVAs and 38 alphas.

Ours reads the protocol and the data, scores, analyses, and writes HTML, Word with figures, CSV and JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from timing import PILOTAGE, Timed, interleaved, process, say

PEER = """
import json, sys
import pandas as pd
import pingouin as pg

scores, items = (pd.read_csv(file) for file in sys.argv[1:3])
design = {"dv": "score", "within": "assessment", "subject": "participant", "between": "arm", "effsize": "np2"}
tests = {scale: pg.mixed_anova(rows, **design) for scale, rows in scores.groupby("scale", sort=False)}
alphas = {name: pg.cronbach_alpha(rows.pivot(index="participant", columns="item", values="value"))[0]
          for name, rows in items.groupby("which", sort=False)}
print(json.dumps({"F": {scale: table["F"].iloc[2] for scale, table in tests.items()}, "alpha": alphas}))
"""


def write_files_for_the_peer(study: Path, folder: Path) -> None:
    """The scores and the keyed items of the study, so that the peer need not score anything."""
    import polars as pl

    from pilotage.analysis.analysis_input import AnalysisInput
    from pilotage.analysis.scores import score_all
    from pilotage.data.formats.folder import read
    from pilotage.protocol.load import load

    known = AnalysisInput(load(study), read(study / "data"))
    scores, plan = score_all(known), known.protocol.analysis
    tested = [o.scale for o in (*plan.outcomes.main, *plan.outcomes.secondary)]
    table = scores.table().filter(pl.col("scale").is_in(tested))
    table.with_columns(arm=pl.col("participant").replace_strict(known.arm_of)).write_csv(folder / "scores.csv")
    wanted = {o.scale for o in plan.all_outcomes()}
    rows = [
        (f"{part.instrument.id}.{scale.id}|{part.assessment}", person, item, value)
        for part in scores.parts
        for scale in part.instrument.scales
        if f"{part.instrument.id}.{scale.id}" in wanted
        for person, values in zip(part.participants, part.points(scale).tolist(), strict=True)
        for item, value in enumerate(values)
    ]
    items = pl.DataFrame(rows, schema=["which", "participant", "item", "value"], orient="row")
    items.write_csv(folder / "items.csv")


def check(study: Path, output: bytes) -> None:
    """Both computed the same: 17 F and 38 alphas."""
    theirs = json.loads(output)
    ours = json.loads((study / "report" / "results.json").read_text(encoding="utf-8"))
    outcomes = {o["scale"]: o for o in ours["comparisons"][0]["outcomes"]}
    alphas = {f"{r['scale']}|{r['assessment']}": r["alpha"]["value"] for r in ours["reliability"]}
    for scale, f in theirs["F"].items():
        np.testing.assert_allclose(outcomes[scale]["time_by_group"]["f"], f, rtol=1e-9)
    for name, alpha in theirs["alpha"].items():
        np.testing.assert_allclose(alphas[name], alpha, rtol=1e-9)
    assert (len(theirs["F"]), len(theirs["alpha"])) == (17, 38)


def main() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        study, script = folder / "study", folder / "peer.py"
        for command in (["new", str(study), "--from", "imp-2020"], ["rehearse", str(study)]):
            subprocess.run([PILOTAGE, *command], check=True, capture_output=True)
        write_files_for_the_peer(study, folder)
        script.write_text(PEER)
        ours = [PILOTAGE, "report", str(study)]
        peer = [sys.executable, str(script), str(folder / "scores.csv"), str(folder / "items.csv")]
        subprocess.run(ours, check=True, capture_output=True)
        check(study, subprocess.run(peer, check=True, capture_output=True).stdout)
        contenders = Timed("pilotage report", process(ours)), Timed("pingouin script", process(peer))
        interleaved(contenders, rounds=7)
        say(*contenders, target="at least 0.67 (at most 1.5 times the peer's time), aim 1")


if __name__ == "__main__":
    main()
