"""The pages on planning say what the code does."""

import re

import pytest

from pilotage.planning.task import run_task
from pilotage.stats.power_conventions import post_hoc_power
from pilotage.stats.simulated_trials import METHODS
from tests.planning.designs import prepared
from tests.shared import ROOT

HOW_TO = (ROOT / "docs/howto/plan-the-next-study.md").read_text(encoding="utf-8")
PAGE = (ROOT / "docs/explanation/design-evaluation.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", ["plan", "evaluate"])
def test_every_option_named_in_the_how_to_exists(command):
    source = "".join(
        (ROOT / f"src/pilotage/cli/{name}.py").read_text(encoding="utf-8") for name in ("plan", "evaluate")
    )
    for option in set(re.findall(r"pilotage " + command + r" [^\n]*?--([a-z-]+)", HOW_TO)):
        assert option.replace("-", "_") in source


def test_the_table_of_post_hoc_powers_is_what_the_code_gives():
    for outcome, eta in (("Self-compassion", 0.119), ("Empathy", 0.109), ("Compassion fatigue", 0.104)):
        powers = [f"{found.power:.4f}"[1:] for found in post_hoc_power(eta, 47)]
        assert f"| {outcome} | {str(eta)[1:]} | " + " | ".join(powers) + " |" in PAGE


def test_every_method_that_is_simulated_is_on_the_page():
    assert all(f"`{method}`" in PAGE for method in METHODS)
    assert set(run_task(prepared().tasks()[0])["methods"]) == set(METHODS)
