"""A long proof: simulated trials keep the level and the power that the formulas promise, item by item."""

from pathlib import Path

import pytest

from pilotage.planning.evaluation import evaluate
from pilotage.planning.local_executor import processors
from pilotage.stats.power import change_power, sd_of_change
from pilotage.stats.trial_size import Nested, nested_power
from tests.planning.designs import prepared

TRIALS = 20_000
MARGIN = 0.0065  # four Monte Carlo errors of a type I error of .05, set beforehand


@pytest.mark.long
@pytest.mark.parametrize("scale", ["pss-10.total", "scs-26.total", "proqol-5.compassion_fatigue"])
def test_answers_by_steps_keep_the_level_and_cover(tmp_path: Path, scale: str) -> None:
    design = prepared(scale=scale, difference=0.1, trials=TRIALS, groups=(2,), sizes=(12,), iccs=(0.0,))
    null = evaluate(design, tmp_path, workers=processors()).settings[0]
    for method in null.methods:
        if method.method != "group means":  # two groups are too few for it, and the page says so
            assert method.rejected.value == pytest.approx(0.05, abs=MARGIN)
            assert method.coverage.value == pytest.approx(0.95, abs=MARGIN)


@pytest.mark.long
def test_power_is_what_the_formulas_say_without_and_with_groups(tmp_path: Path) -> None:
    design = prepared(answers="normal", trials=TRIALS, groups=(8,), sizes=(12,), iccs=(0.0, 0.05), attrition=0.0)
    alone, grouped = evaluate(design, tmp_path, workers=processors()).settings[1::2]
    by_method = {m.method: m.rejected.value for m in alone.methods}
    m = alone.moments
    pooled = ((m.sd**2 + m.sd_after**2) / 2) ** 0.5  # the taught vary a little less after
    assert by_method["change"] == pytest.approx(change_power(3.0, pooled, m.correlation, 96, 96), abs=0.01)
    by_method = {m.method: m.rejected.value for m in grouped.methods}
    m = grouped.moments
    exact = nested_power(3.0, sd_of_change(m.sd, m.correlation), Nested(8, 12, 96, m.icc_change))
    assert by_method["group means"] == pytest.approx(exact, abs=0.02)
