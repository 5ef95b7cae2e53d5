"""Questionnaires that behave as the targets say, known in closed form before anything is drawn."""

import math

import numpy as np
import pytest

from pilotage.data.simulate.calibrate import calibrated
from pilotage.data.simulate.effects import ChangeDesign, expected_partial_eta_squared, noncentrality_for
from pilotage.data.simulate.graded import GradedSteps, covariance
from pilotage.data.simulate.model import Keyed, Model
from pilotage.data.simulate.structure import domains
from pilotage.data.simulate.unmet import unmet
from pilotage.instruments.catalogue import load
from pilotage.protocol.simulation import ScaleTarget

DESIGN = ChangeDesign(changed=25, rest=22, stability=0.7)


def model_of(instrument: str, **targets: ScaleTarget) -> Model:
    return calibrated(load(instrument), {}, targets, DESIGN)


def aim(scale: str, **wanted: float) -> ScaleTarget:
    return ScaleTarget(scale=scale, **wanted)  # type: ignore[arg-type]


def test_the_covariance_of_stepped_answers_is_that_of_many_drawn_ones() -> None:
    steps = GradedSteps(np.array([[-1.5, -0.5, 0.3, 1.2], [-1.0, 0.0, 0.8, 2.0]]), np.array([1.0, 0.0]),
                  np.array([[1.0, 1, 1, 1], [0, 0, 1, 1]]))  # fmt: skip
    rng, r = np.random.default_rng(1), 0.6
    first = rng.standard_normal(400_000)
    both = np.stack([first, r * first + math.sqrt(1 - r * r) * rng.standard_normal(400_000)], axis=1)
    drawn = steps.lowest + ((both[:, :, None] > steps.cuts) * steps.jumps).sum(axis=2)
    assert drawn.mean(axis=0) == pytest.approx(steps.means, abs=0.006)
    assert drawn.var(axis=0) == pytest.approx(steps.variances, abs=0.01)
    assert np.cov(drawn.T)[0, 1] == pytest.approx(covariance(steps, steps, np.full((2, 2), r))[0, 1], abs=0.006)


@pytest.mark.parametrize(("true", "on_average"), [(0.0, 0.0217), (0.119, 0.136)])
def test_the_sample_value_of_an_effect_is_on_average_above_the_true_one(true: float, on_average: float) -> None:
    noncentrality = 47 * true / (1 - true)
    assert expected_partial_eta_squared(noncentrality, 1, 45) == pytest.approx(on_average, abs=5e-4)


def test_the_average_sample_value_is_that_of_many_drawn_ones() -> None:
    rng = np.random.default_rng(1)
    effect = (rng.standard_normal(200_000) + math.sqrt(5.0)) ** 2
    error = rng.chisquare(45, 200_000)
    assert (effect / (effect + error)).mean() == pytest.approx(expected_partial_eta_squared(5.0, 1, 45), abs=0.001)


def test_the_true_effect_is_chosen_so_that_the_sample_value_is_the_one_wanted_on_average() -> None:
    assert expected_partial_eta_squared(noncentrality_for(0.119, 1, 45), 1, 45) == pytest.approx(0.119)
    assert noncentrality_for(0.01, 1, 45) == 0.0


def test_a_scale_has_the_mean_spread_reliability_and_change_wanted() -> None:
    model = model_of("eq-40", total=aim("eq-40.total", mean=50, sd=9, alpha=0.84, expected_partial_eta_squared=0.109))
    view = model.keyed.view(model.keyed.instrument.scale("total"))
    assert model.mean(view) == pytest.approx(50, abs=1e-3)
    assert model.sd(view) == pytest.approx(9, abs=1e-3)
    assert model.alpha(view) == pytest.approx(DESIGN.true_alpha(0.84), abs=1e-4)
    assert model.difference(view, DESIGN) == pytest.approx(DESIGN.difference_for(0.109), abs=1e-4)


def test_a_total_and_its_facet_have_each_the_change_wanted() -> None:
    facet = aim("scs-26.isolation", alpha=0.78, expected_partial_eta_squared=0.088)
    whole = aim("scs-26.total", mean=3.4, sd=0.5, alpha=0.9, expected_partial_eta_squared=0.119)
    model = model_of("scs-26", total=whole, isolation=facet)
    scales = model.keyed.instrument
    total, isolation = (model.keyed.view(scales.scale(name)) for name in ("total", "isolation"))
    assert model.difference(total, DESIGN) == pytest.approx(DESIGN.difference_for(0.119), abs=1e-4)
    assert model.difference(isolation, DESIGN) == pytest.approx(DESIGN.difference_for(0.088), abs=1e-4)
    assert model.mean(isolation) == pytest.approx(2.6, abs=1e-3)  # unreversed: 6 - 3.4


def test_where_lower_is_better_people_who_change_go_down() -> None:
    model = model_of("pss-10", total=aim("pss-10.total", mean=13, sd=5.5, expected_partial_eta_squared=0.1))
    assert model.difference(model.keyed.view(model.keyed.instrument.scale("total")), DESIGN) < 0


def test_each_item_rises_with_its_scale_whichever_way_it_is_worded() -> None:
    keyed = Keyed.of(load("pss-10"), {})
    first_codes = dict(zip(keyed.items, keyed.codes[:, 0], strict=True))
    assert {n for n, code in first_codes.items() if code == 4} == {4, 5, 7, 8}
    assert (np.diff(keyed.points, axis=1) >= 0).all()


def test_a_switch_turns_the_item_it_is_about() -> None:
    agree, disagree = (Keyed.of(load("eq-40"), {"item-23": choice}) for choice in ("agree", "disagree"))
    place = agree.items.index(23)
    assert agree.codes[place].tolist() == [3, 2, 1, 0]
    assert disagree.codes[place].tolist() == [0, 1, 2, 3]


def test_items_in_the_same_scales_are_one_facet_and_overlapping_scales_one_domain() -> None:
    found = domains(load("proqol-5"))
    assert [(d.top.id if d.top else None, [len(f.items) for f in d.facets], d.improves) for d in found] == [
        ("compassion_satisfaction", [10], 1),
        ("compassion_fatigue", [10, 10], -1),
    ]


def test_targets_that_contradict_each_other_are_named_with_what_they_come_to() -> None:
    targets = {
        "compassion_fatigue": aim("proqol-5.compassion_fatigue", mean=42, sd=6, alpha=0.95),
        "burnout": aim("proqol-5.burnout", mean=22, alpha=0.3),
        "secondary_traumatic_stress": aim("proqol-5.secondary_traumatic_stress", mean=22, alpha=0.3),
    }
    model = calibrated(load("proqol-5"), {}, targets, DESIGN)
    said = "\n".join(str(problem) for problem in unmet(model, targets, DESIGN))
    assert "proqol-5.compassion_fatigue: a mean of 42 is wanted; with the other targets it comes to 44" in said
    assert "proqol-5.compassion_fatigue: an alpha of" in said
