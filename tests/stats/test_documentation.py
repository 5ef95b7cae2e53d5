"""Every example in the statistics runs and is right; and none of them costs an import of SciPy."""

import csv
import doctest
import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import pilotage.stats
from pilotage.stats.anova import mixed_anova
from tests.shared import shared_file
from tests.stats import reference

MODULES = [module.name for module in pkgutil.iter_modules(pilotage.stats.__path__, "pilotage.stats.")]


@pytest.mark.parametrize("name", MODULES)
def test_every_example_runs(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_no_statistic_imports_scipy():
    script = f"import sys, {', '.join(MODULES)}; print(sorted(m for m in sys.modules if m.startswith('scipy')))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


PAGE = (Path(__file__).resolve().parents[2] / "docs" / "explanation" / "time-effect.md").read_text()


@pytest.mark.parametrize("scale", ["SCS", "SCS.sj"])
def test_the_page_on_time_prints_our_f_rs_and_the_one_by_weighted_means(scale):
    ours = mixed_anova(reference.before_and_after(scale), reference.GROUPS).time
    r = reference.answers("mixed_anova")
    theirs, weighted = r["two_occasions"][scale]["time"]["F"], r["two_occasions_type2_time_f"][scale]
    assert f"| {scale}, pre and post | {ours.f:.6f} | {theirs:.6f} | {weighted:.6f} |" in PAGE
    assert f"{ours.p:.4f}".lstrip("0") in PAGE


def test_the_page_on_time_prints_three_occasions_and_the_prison_study():
    three = mixed_anova(reference.three_occasions(), reference.GROUPS).time.f
    assert f"| {three:.6f} | {reference.answers('mixed_anova')['three_occasions']['tests']['time']['F']:.6f}" in PAGE
    with shared_file("data/prison-stress/PrisonStress.csv").open() as file:
        rows = list(csv.DictReader(file))
    prison = mixed_anova([[float(r["PSSbefore"]), float(r["PSSafter"])] for r in rows], [r["Group"] for r in rows])
    assert all(f"{effect.f:.6f}" in PAGE for effect in prison.effects)
