"""A small design to be evaluated, quick enough for a test."""

from dataclasses import replace

from pilotage.planning.evaluation import EvaluationSettings, Prepared, prepare
from pilotage.protocol.load import load

SMALL = EvaluationSettings(
    scale="pss-10.total",
    label="Stress",
    difference=-3.0,
    why="a test",
    groups=(2,),
    sizes=(6,),
    iccs=(0.0, 0.05),
    ratio=1.0,
    attrition=0.1,
    trials=400,
    seed=7,
    answers="items",
)


def prepared(per_task: int | None = None, **changes: object) -> Prepared:
    """The small design, with changes; cut into tasks of so many trials where that is said."""
    made = prepare(load("imp-2020"), replace(SMALL, **changes))
    return made if per_task is None else replace(made, design=replace(made.design, per_task=per_task))
