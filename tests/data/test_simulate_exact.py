"""Whole numbers that are printed as wanted."""

import numpy as np
import pytest

from pilotage.data.simulate.exact import agrees, numbers_like
from pilotage.problems import ProblemsFound
from pilotage.protocol.simulation import NumberTarget

# n, mean, SD, lowest, highest: as the paper of 2020 prints them.
PRINTED = (
    (24, 8.3, 0.8, 7, 10),
    (24, 8.4, 0.6, 8, 10),
    (24, 3.9, 0.5, 3, 5),
    (24, 7.4, 1.2, 5, 10),
    (24, 3.6, 2.1, 1, 8),
    (24, 92.4, 81.3, 5, 300),
    (24, 28.7, 14.7, 10, 75),
)


def target(mean: float, sd: float, low: int, high: int) -> NumberTarget:
    return NumberTarget(mean=mean, sd=sd, low=low, high=high)


@pytest.mark.parametrize(("n", "mean", "sd", "low", "high"), PRINTED)
def test_numbers_are_printed_with_the_mean_spread_and_range_wanted(
    n: int, mean: float, sd: float, low: int, high: int
) -> None:
    for seed in range(20):
        values = numbers_like(target(mean, sd, low, high), n, np.random.default_rng(seed))
        printed = round(float(values.mean()), 1), round(float(values.std(ddof=1)), 1), values.min(), values.max()
        assert len(values) == n
        assert printed == (mean, sd, low, high)


def test_the_same_seed_gives_the_same_numbers_in_the_same_order() -> None:
    wanted = target(92.4, 81.3, 5, 300)
    first, second, other = (numbers_like(wanted, 24, np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert first.tolist() == second.tolist() != other.tolist()


def test_an_end_that_nobody_is_known_to_be_at_need_not_occur() -> None:
    wanted = NumberTarget(mean=47.5, sd=10.4, low=22, high=66, attained="low")
    values = [numbers_like(wanted, 22, np.random.default_rng(seed)) for seed in range(20)]
    assert all(v.min() == 22 for v in values)
    assert any(v.max() < 66 for v in values)


def test_a_mean_that_no_whole_numbers_have_is_refused() -> None:
    with pytest.raises(ProblemsFound, match=r"No 3 whole numbers were found with mean 2.5, SD 1.0, 1 to 5"):
        numbers_like(target(2.5, 1.0, 1, 5), 3, np.random.default_rng(1))


def test_nobody_has_no_numbers() -> None:
    assert numbers_like(target(3.0, 1.0, 1, 5), 0, np.random.default_rng(1)).tolist() == []


def test_agreement_is_judged_to_the_printed_digit() -> None:
    values = np.array([7, 8, 8, 9])
    assert agrees(values, target(8.0, 0.8, 7, 9))
    assert not agrees(values, target(8.1, 0.8, 7, 9))
    assert not agrees(values, target(8.0, 0.9, 7, 9))
    assert not agrees(values, target(8.0, 0.8, 7, 10))
