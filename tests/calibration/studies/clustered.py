"""People in groups: intraclass correlations, and arms taught in groups."""

from pilotage.stats.clusters import anova_icc, reml_icc
from pilotage.stats.partially_nested import partially_nested_change
from pilotage.stats.ttests import student_t
from tests.calibration.draws import in_groups
from tests.calibration.study import EXACT, LIBERAL, NEAR, TOLD, coverage, error, study

SIZES = [3, 4, 5, 6, 7, 9, 4, 8, 6, 5, 3, 7]


@study(
    "intraclass correlation, mean squares",
    anova_icc,
    "12 groups of 6, ICC .1",
    coverage(EXACT),
    runs=10_000,
)
def balanced(rng):
    found = anova_icc(*in_groups(rng, [6] * 12, 0.1)).icc
    return (found.low <= 0.1 <= found.high,)


@study("intraclass correlation, mean squares", anova_icc, "12 groups, no correlation", error(EXACT), runs=10_000)
def none_at_all(rng):
    return (anova_icc(*in_groups(rng, SIZES, 0.0)).p < 0.05,)


@study("intraclass correlation, mean squares", anova_icc, "12 groups of 3 to 9, ICC .1", coverage(NEAR), runs=10_000)
def unbalanced(rng):
    found = anova_icc(*in_groups(rng, SIZES, 0.1)).icc
    return (found.low <= 0.1 <= found.high,)


@study("intraclass correlation, REML profile", reml_icc, "12 groups of 3 to 9, ICC .1", coverage(LIBERAL), runs=2_500)
def profile(rng):
    found = reml_icc(*in_groups(rng, SIZES, 0.1)).icc
    return (found.low <= 0.1 <= found.high,)


@study(
    "partially nested, ICC assumed rightly",
    (partially_nested_change, student_t),
    "4 groups of 6, ICC .05, and 22 people alone",
    error(TOLD),
    error(TOLD, "type I error, Student's t"),
    runs=6_000,
)
def partially_nested(rng):
    values, groups = in_groups(rng, [6] * 4, 0.05)
    alone = rng.normal(size=22)
    change, arms = [*values, *alone], ["training"] * 24 + ["control"] * 22
    found = partially_nested_change(change, arms, "control", [*groups, *[None] * 22], [0.05])
    return found.under[0].p < 0.05, student_t(values, alone).p < 0.05
