"""Arms whose variances differ, and people in clusters: HC2, HC3, CR2."""

import numpy as np

from pilotage.stats.distributions import t_two_sided_p
from pilotage.stats.robust import cr2, hc2, robust_change_contrast
from pilotage.stats.ttests import student_t
from tests.calibration.draws import in_groups
from tests.calibration.study import EXACT, LIBERAL, NEAR, TOLD, coverage, error, study

SIZES = [3, 4, 5, 6, 7, 9, 4, 8]


def verdict(contrast):
    return contrast.p < 0.05, contrast.low <= 0 <= contrast.high


def unequal(rng, m=30, n=15):
    return np.concatenate([rng.normal(size=m), 2 * rng.normal(size=n)]), ["a"] * m + ["b"] * n


@study("HC3", robust_change_contrast, "25 and 22 people, normal changes", error(NEAR), coverage(NEAR), runs=10_000)
def hc3_normal(rng):
    (found,) = robust_change_contrast(rng.normal(size=47), ["a"] * 25 + ["b"] * 22, "a")
    return verdict(found)


@study("HC3", robust_change_contrast, "30 and 15 people, SDs 1 and 2", error(NEAR), coverage(NEAR), runs=10_000)
def hc3_unequal(rng):
    return verdict(robust_change_contrast(*unequal(rng), "a")[0])


@study("HC3", robust_change_contrast, "12 and 6 people, SDs 1 and 2", error(TOLD), coverage(TOLD), runs=10_000)
def hc3_few(rng):
    return verdict(robust_change_contrast(*unequal(rng, 12, 6), "a")[0])


@study("HC2, Bell-McCaffrey df", hc2, "30 and 15 people, SDs 1 and 2", error(NEAR), runs=10_000)
def hc2_unequal(rng):
    change, _ = unequal(rng)
    found = hc2([[1, person >= 30] for person in range(45)], change)
    return (t_two_sided_p(float(found.coefficients[1] / found.se[1]), float(found.df[1])) < 0.05,)


@study(
    "CR2, Bell-McCaffrey df",
    (robust_change_contrast, cr2),
    "5 and 5 groups of 6, ICC .1",
    error(EXACT),
    coverage(EXACT),
    runs=10_000,
)
def cr2_balanced(rng):
    values, groups = in_groups(rng, [6] * 10, 0.1)
    return verdict(robust_change_contrast(values, ["a"] * 30 + ["b"] * 30, "a", groups)[0])


@study("CR2, Bell-McCaffrey df", cr2, "8 and 8 groups of 3 to 9, ICC .1", error(NEAR), coverage(NEAR), runs=10_000)
def cr2_unbalanced(rng):
    values, groups = in_groups(rng, SIZES + SIZES, 0.1)
    return verdict(robust_change_contrast(values, ["a"] * sum(SIZES) + ["b"] * sum(SIZES), "a", groups)[0])


@study(
    "CR2, Bell-McCaffrey df",
    cr2,
    "8 groups of 3 to 9, ICC .1, and 40 people alone",
    error(LIBERAL),
    coverage(LIBERAL),
    runs=10_000,
)
def cr2_partially_nested(rng):
    values, groups = in_groups(rng, SIZES, 0.1)
    alone = [f"alone {k}" for k in range(40)]
    change = np.concatenate([values, rng.normal(size=40)])
    return verdict(robust_change_contrast(change, ["b"] * sum(SIZES) + ["a"] * 40, "a", [*groups, *alone])[0])


@study("Student's t, groups ignored", student_t, "8 and 8 groups of 3 to 9, ICC .1", error(TOLD), runs=10_000)
def student_ignores_groups(rng):
    values, _ = in_groups(rng, SIZES + SIZES, 0.1)
    return (student_t(values[: sum(SIZES)], values[sum(SIZES) :]).p < 0.05,)
