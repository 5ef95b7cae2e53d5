"""The plan of the next study: on a justified difference only, from what the data tell, with what they cannot."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from pilotage.planning.as_json import as_json
from pilotage.planning.definitive import PLANNED_ON
from pilotage.planning.differences import NO_REASON, TargetDifference, differences
from pilotage.planning.results import Plan
from pilotage.planning.run import plan
from pilotage.problems import ProblemsFound
from pilotage.protocol.load import LoadedProtocol, load
from pilotage.report.documents.plan import plan_document
from pilotage.stats.browne import sd_upper_limit
from pilotage.stats.trial_size import Assumed, size_by_ancova, size_by_change
from tests.planning.study import rehearsed

WANTED = ("scs-26.total=0.25: half an SD of earlier samples",)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[LoadedProtocol, Plan]:
    loaded, data = rehearsed(tmp_path_factory.mktemp("plan") / "study")
    return loaded, plan(loaded, data, differences(loaded, WANTED))


def test_without_a_difference_nothing_is_planned_and_the_reason_is_said(made):
    with pytest.raises(ProblemsFound) as found:
        differences(made[0], [])
    assert found.value.problems[0].code == "PLAN-001"
    assert "observed is no ground" in str(found.value)
    assert "minimal_important_difference" in str(found.value)


def test_a_difference_is_taken_from_the_protocol_with_its_reason(tmp_path):
    loaded, _ = rehearsed(tmp_path / "study")
    file = loaded.folder / "protocol.yaml"
    said = "better: lower, minimal_important_difference: {value: 3, why: agreed with the clinic}}"
    line = "{scale: pss-10.total, label: {en: Stress, nl: Stress}, "
    file.write_text(file.read_text().replace(line + "better: lower}", line + said))
    assert differences(load(loaded.folder), []) == (
        TargetDifference("pss-10.total", "Stress", "lower", 3.0, "agreed with the clinic", "the protocol"),
    )


@pytest.mark.parametrize(
    ("written", "code", "says"),
    [
        ("scs-26.total", "PLAN-002", "needs a scale, a number above 0 and a reason"),
        ("scs-26.total=-1: down", "PLAN-002", "above 0"),
        ("scs-26.total=nan", "PLAN-002", "above 0"),
        ("scs-26.totl=1: x", "PLAN-003", "Did you mean 'scs-26.total'?"),
    ],
)
def test_a_difference_that_is_not_one_is_refused(made, written, code, says):
    with pytest.raises(ProblemsFound, match=code) as found:
        differences(made[0], [written])
    assert says in str(found.value)


def test_a_difference_without_a_reason_says_so(made):
    assert differences(made[0], ["scs-26.total=0.25"])[0].why == NO_REASON


def test_spread_is_pooled_within_arms_and_has_brownes_limits(made):
    known = next(k for k in made[1].known if k.scale == "scs-26.total")
    assert known.df == known.n - 2
    for limit in known.upper:
        assert limit.sd == sd_upper_limit(known.sd.value, known.df, limit.level)
    before, after, r = known.sd.value, known.sd_after.value, known.correlation.value
    assert known.sd_change.value == pytest.approx(np.sqrt(before**2 + after**2 - 2 * r * before * after))
    assert known.lost.low < known.lost.value < known.lost.high


def test_the_sizes_are_those_of_the_justified_difference(made):
    trial = made[1].definitive[0]
    first = next(s for s in trial.sizes if s.icc is None and s.power == 0.9)
    base = Assumed(0.25, trial.known.sd.value, trial.known.correlation.value, trial.known.lost.value, 0.05, 0.9)
    assert first.size == size_by_change(base)
    cautious = [s for s in trial.sizes if s.icc is None and s.sd_is == "upper 95 % limit" and s.power == 0.8]
    assert cautious[1].size == size_by_ancova(
        Assumed(0.25, trial.known.upper[2].sd, trial.known.correlation.value, trial.known.lost.value)
    )


def test_two_groups_do_not_tell_an_icc_and_assumed_ones_stand_in(made):
    clustering = made[1].clustering
    assert (clustering.groups, clustering.sizes, clustering.estimate) == (2, (14, 11), None)
    assert "at least 5 groups" in clustering.why_not
    assert clustering.assumed == (0.01, 0.05, 0.10)
    assert clustering.design_effects == pytest.approx((1.11, 1.55, 2.10))


def test_a_trial_in_groups_is_planned_on_the_upper_limit_and_has_an_assurance(made):
    trial = made[1].definitive[0]
    nested = [s for s in trial.sizes if s.icc is not None]
    assert {s.sd_is for s in nested} == {f"upper {PLANNED_ON:.0%} limit".replace("%", " %")}
    assert all(s.size.power >= s.power and s.size.first == 12 * s.size.groups for s in nested)
    assert all(found.lowest_tenth < found.value < 1 for _, found in trial.assurance)


def test_the_papers_power_is_its_largest_effect_with_f_rounded_and_comes_with_the_warning(made):
    largest, *others = made[1].legacy
    assert (largest.scale, largest.people) == ("scs-26.total", 47)
    assert round(largest.powers[0].power, 2) == 0.70
    assert all(round(power.power, 2) != 0.70 for one in others for power in one.powers)
    said = plan_document(made[1])
    warned = [block.text for block in said.blocks() if getattr(block, "kind", "") == "warning"]
    assert any("another way of writing its p value" in text for text in warned)


def test_a_study_without_a_publication_has_no_post_hoc_power(tmp_path):
    assert plan_of_own(tmp_path).legacy == ()


def plan_of_own(tmp_path: Path) -> Plan:
    loaded, data = rehearsed(tmp_path / "study")
    file = loaded.folder / "protocol.yaml"
    text = file.read_text()
    start, end = text.index("  reference:\n    cite"), text.index("  licence: CC BY")
    file.write_text(text[:start] + text[end:])
    again = load(loaded.folder)
    return plan(again, data, differences(again, WANTED))


def test_simulated_data_are_stamped_and_no_number_is_lost(made):
    assert plan_document(made[1]).simulated.startswith("SIMULATED")
    written = json.loads(as_json(made[1]))
    assert written["definitive"][0]["known"]["sd"]["value"] == made[1].definitive[0].known.sd.value
    assert written["clustering"]["estimate"] is None


def test_the_command_prints_and_writes(pilotage: Callable[..., object], tmp_path: Path):
    rehearsed(tmp_path / "study")
    said = pilotage("plan", tmp_path / "study", "--difference", WANTED[0], "--out", tmp_path / "out")
    assert said.status == 0
    assert "half an SD of earlier samples" in said.out
    assert "SIMULATED" in said.out
    names = {file.name for file in (tmp_path / "out").iterdir()}
    assert names == {"plan.html", "plan.docx", "plan.json", "tables"}
    machine = pilotage("plan", tmp_path / "study", "--difference", WANTED[0], "--json", "--icc", "0.02")
    assert json.loads(machine.out)["clustering"]["assumed"] == [0.02]


def test_the_command_refuses_without_a_difference(pilotage: Callable[..., object], tmp_path: Path):
    rehearsed(tmp_path / "study")
    refused = pilotage("plan", tmp_path / "study")
    assert (refused.status, refused.out) == (2, "")
    assert "PLAN-001" in refused.err
    assert pilotage("plan", tmp_path / "study", "--difference", WANTED[0], "--power", "1.5").status == 2
