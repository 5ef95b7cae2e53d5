"""Evaluating a design: the numbers do not depend on who computes them, and they are the right ones."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pilotage.planning.checkpoint import Checkpoint
from pilotage.planning.evaluation import evaluate
from pilotage.planning.local_executor import run_locally
from pilotage.planning.performance import MethodPerformance, SettingPerformance
from pilotage.planning.target import target
from pilotage.planning.task import run_task
from pilotage.problems import ProblemsFound
from pilotage.protocol.begin import begin
from pilotage.protocol.load import load
from pilotage.report.documents.evaluation import evaluation_document
from pilotage.stats.power import ancova_power_over_baselines
from tests.planning.designs import prepared


def method(found: SettingPerformance, name: str) -> MethodPerformance:
    return next(m for m in found.methods if m.method == name)


def test_one_process_and_several_give_the_same_numbers_to_the_last_digit(tmp_path):
    design = prepared(per_task=100)
    alone = evaluate(design, tmp_path / "alone", workers=1)
    together = evaluate(design, tmp_path / "together", workers=2)
    assert alone == together
    assert alone.tasks == 16


def test_the_order_of_the_tasks_does_not_matter():
    tasks = prepared(per_task=100).tasks()
    forwards, backwards = dict(run_locally(tasks, 1)), dict(run_locally(tasks[::-1], 1))
    assert forwards == backwards


def test_a_tasks_generator_is_the_child_that_spawning_gives_it():
    task = prepared(per_task=100).tasks()[3]
    child = np.random.SeedSequence(7).spawn(4)[3]
    own = np.random.SeedSequence(7, spawn_key=(3,))
    assert child.generate_state(4).tolist() == own.generate_state(4).tolist()
    assert run_task(task) != run_task(replace(task, index=4))


def test_an_interrupted_run_goes_on_where_it_stopped(tmp_path):
    design = prepared(per_task=100)
    whole = evaluate(design, tmp_path / "whole")
    calls: list[int] = []

    class PowerCutError(Exception):
        pass

    def stop(done: int, of: int) -> None:
        calls.append(done)
        if done == 5:
            raise PowerCutError

    with pytest.raises(PowerCutError):
        evaluate(design, tmp_path / "cut", progress=stop)
    file = next((tmp_path / "cut").glob("tasks-*.jsonl"))
    assert len(file.read_text().splitlines()) == 5
    file.write_bytes(file.read_bytes() + b'{"fingerprint": "torn')  # a line that a power cut left
    calls.clear()
    assert evaluate(design, tmp_path / "cut", progress=lambda done, of: calls.append(done)) == whole
    assert calls == list(range(6, 17))
    assert evaluate(design, tmp_path / "cut", progress=lambda done, of: calls.append(-1)) == whole
    assert -1 not in calls


def test_another_design_takes_nothing_from_an_earlier_one(tmp_path):
    first, other = prepared(per_task=100), prepared(per_task=100, seed=8)
    evaluate(first, tmp_path)
    with Checkpoint(tmp_path, other.fingerprint) as ledger:
        assert ledger.done == {}
    assert evaluate(other, tmp_path) != evaluate(first, tmp_path)
    assert len(list(tmp_path.glob("tasks-*.jsonl"))) == 2


@pytest.mark.parametrize("change", [{"trials": 500}, {"attrition": 0.2}, {"sizes": (7,)}, {"answers": "normal"}])
def test_whatever_changes_the_numbers_changes_the_fingerprint(change):
    assert prepared(**change).fingerprint != prepared().fingerprint


def test_anova_and_change_are_one_test_and_clustering_makes_both_err(tmp_path):
    found = evaluate(prepared(answers="normal", trials=6_000, groups=(4,), sizes=(12,), attrition=0.0), tmp_path)
    null, effect, clustered, _ = found.settings
    for one in found.settings:
        assert method(one, "anova").rejected == method(one, "change").rejected
    assert method(null, "change").rejected.value == pytest.approx(0.05, abs=0.011)
    assert method(null, "ancova").coverage.value == pytest.approx(0.95, abs=0.011)
    assert (method(clustered, "change").rejected.value or 0) > 0.07
    assert (method(clustered, "group means").rejected.value or 1) < 0.07
    moments = effect.moments
    exact = ancova_power_over_baselines(3.0, moments.sd, moments.correlation, 48, 48)
    assert method(effect, "ancova").rejected.value == pytest.approx(exact, abs=0.03)  # spreads differ a little after


def test_monte_carlo_errors_are_those_of_their_formulas(tmp_path):
    found = method(evaluate(prepared(), tmp_path).settings[1], "change")
    power, error = found.rejected.value, found.rejected.mcse
    assert error == pytest.approx(np.sqrt(power * (1 - power) / found.analysed))
    assert found.bias.mcse == pytest.approx(found.empirical_se.value / np.sqrt(found.analysed))
    assert found.empirical_se.mcse == pytest.approx(found.empirical_se.value / np.sqrt(2 * (found.analysed - 1)))


def test_the_document_is_laid_out_by_ademp(tmp_path):
    said = evaluation_document(evaluate(prepared(), tmp_path))
    titles = [section.title.split(":")[0] for section in said.sections]
    assert titles[:4] == ["Aims", "Data-generating mechanisms", "Estimands", "Methods"]
    assert titles[4:] == ["Performance", "Performance"]
    assert said.simulated.startswith("SIMULATED")


def test_the_difference_of_a_rehearsal_is_said_to_be_no_justified_one():
    found = target(load("imp-2020"), [], "scs-26.total")
    assert found.said_in == "the rehearsal"
    assert "not a difference that somebody justified" in found.why
    assert target(load("imp-2020"), ["pss-10.total=2: agreed"], "").towards == -2.0


@pytest.mark.parametrize(
    ("written", "outcome", "code"),
    [
        (["pss-10.total=2: a", "scs-26.total=1: b"], "", "EVALUATE-008"),
        ([], "pss-10.totl", "PLAN-003"),
        ([], "ffmq-39.observing", None),
    ],
)
def test_what_cannot_be_aimed_at_is_refused(written, outcome, code):
    if code is None:
        assert target(load("imp-2020"), written, outcome).value > 0
        return
    with pytest.raises(ProblemsFound, match=code):
        target(load("imp-2020"), written, outcome)


def test_the_command_writes_everything_and_resumes(pilotage: Callable[..., object], tmp_path: Path):
    begin(tmp_path / "study", "imp-2020")
    words = ("evaluate", tmp_path / "study", "--difference", "pss-10.total=3: a test", "--groups", "2", "--size", "6")
    words += ("--icc", "0", "--trials", "300", "--workers", "1", "--json")
    first, again = pilotage(*words), pilotage(*words)
    assert first.status == again.status == 0
    assert first.out == again.out
    assert json.loads(first.out)["wanted"]["why"] == "a test"
    names = {file.name for file in (tmp_path / "study" / "evaluation").iterdir() if not file.name.startswith("tasks-")}
    assert names == {"evaluation.html", "evaluation.docx", "evaluation.json", "tables"}


@pytest.mark.parametrize(
    ("option", "says"),
    [(("--groups", "two"), "whole numbers"), (("--icc", "1"), "below 1"), (("--size", "1"), "from 2 to 500")],
)
def test_a_grid_that_is_none_is_refused(pilotage: Callable[..., object], tmp_path: Path, option, says):
    begin(tmp_path / "study", "imp-2020")
    refused = pilotage("evaluate", tmp_path / "study", *option)
    assert refused.status == 2
    assert says in " ".join(refused.err.split())


def test_a_study_of_the_library_is_evaluated_elsewhere(pilotage: Callable[..., object]):
    assert pilotage("evaluate", "imp-2020").status == 2
