"""No test and no interval of the statistics is left out of the calibration without a reason."""

import importlib
import inspect
import pkgutil
import re
from dataclasses import fields, is_dataclass

import pilotage.stats
from tests.calibration.studies import EVERY

# What is not tried by itself, and on what tried function it rests.
RESTS_ON = {
    "common_factor.single_factor_share": "no interval is given",
    "contrast.t_contrast": "ancova, change_contrasts and others call it",
    "dose_response.dose_response": "calls spearman",
    "mixed_model.contrasts.contrasts": "mmrm calls it",
    "mixed_model.contrasts.marginal_means": "mmrm calls it; the same variance and degrees of freedom as the contrasts",
    "mixed_model.contrasts.tests": "mmrm calls it",
    "partially_nested.partially_nested_from_summaries": "partially_nested_change calls it",
    "permutation.permutation_contrasts": "calls permutation_change",
    "rank.rank_change_contrast": "calls mann_whitney_exact, hodges_lehmann and brunner_munzel",
    "reliable_change.clinically_significant_change": "calls clopper_pearson",
    "reliable_change.reliable_change": "calls clopper_pearson",
    "rubin.pool": "tipping_point calls it",
    "floor_and_ceiling.floor_ceiling_shares": "calls clopper_pearson",
    "sphericity.mauchly_test": "mixed_anova calls it",
    "ttests.mean_interval_from_summary": "mean_interval calls it",
    "ttests.student_t_from_summaries": "student_t calls it",
    "ttests.welch_t_from_summaries": "welch_t calls it",
}

MODULES = [importlib.import_module(m.name) for m in pkgutil.walk_packages(pilotage.stats.__path__, "pilotage.stats.")]
RESULTS = {name: c for module in MODULES for name, c in vars(module).items() if inspect.isclass(c) and is_dataclass(c)}


def words(annotation):
    return re.findall(r"[A-Za-z_]+", str(annotation))


def infers(name, seen=frozenset()):
    """Whether a result has a p value or a limit, itself or in one of its parts."""
    if name not in RESULTS or name in seen:
        return False
    parts = {field.name: field.type for field in fields(RESULTS[name])}
    inside = (word for kind in parts.values() for word in words(kind))
    return bool({"p", "low"} & set(parts)) or any(infers(word, seen | {name}) for word in inside)


def test_every_test_and_interval_is_tried_or_rests_on_one_that_is():
    tried = {name.removeprefix("pilotage.stats.") for study in EVERY for name in study.functions}
    gives = {
        f"{module.__name__}.{name}".removeprefix("pilotage.stats.")
        for module in MODULES
        for name, function in vars(module).items()
        if inspect.isfunction(function) and function.__module__ == module.__name__ and not name.startswith("_")
        if any(infers(word) for word in words(function.__annotations__.get("return")))
    }
    assert sorted(gives - tried - set(RESTS_ON)) == [], (
        "add a study under tests/calibration/studies, or say in RESTS_ON what it rests on"
    )
    assert sorted(set(RESTS_ON) - gives) == []
