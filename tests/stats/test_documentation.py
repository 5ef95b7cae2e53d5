"""Every example in the statistics runs and is right; and none of them costs an import of SciPy."""

import doctest
import importlib
import pkgutil
import subprocess
import sys

import pytest

import pilotage.stats

MODULES = [module.name for module in pkgutil.iter_modules(pilotage.stats.__path__, "pilotage.stats.")]


@pytest.mark.parametrize("name", MODULES)
def test_every_example_runs(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_no_statistic_imports_scipy():
    script = f"import sys, {', '.join(MODULES)}; print(sorted(m for m in sys.modules if m.startswith('scipy')))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
