"""R's answers and the simulated data they belong to, read from ``tests/reference``."""

import csv
import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

FOLDER = Path(__file__).resolve().parent.parent / "reference"


@cache
def answers(name: str) -> dict[str, Any]:
    """The numbers of one JSON file."""
    return json.loads((FOLDER / f"{name}.json").read_text())


@cache
def rows(name: str) -> list[dict[str, str]]:
    """The rows of one CSV file."""
    with (FOLDER / f"{name}.csv").open(newline="") as file:
        return list(csv.DictReader(file))


PEOPLE = {row["id"]: row["group"] for row in rows("items_wide")}
GROUPS = list(PEOPLE.values())
TRAINING = np.array([group == "training" for group in GROUPS])
SCALES = list(answers("mixed_anova")["two_occasions"])


def before_and_after(scale: str) -> np.ndarray:
    """Scores of the 47 people, shape (people, 2)."""
    found = {(row["id"], row["time"]): float(row["y"]) for row in rows("scales_long") if row["scale"] == scale}
    return np.array([[found[person, time] for time in ("pre", "post")] for person in PEOPLE])


def practice() -> np.ndarray:
    """Minutes a week of the people in training."""
    return np.array([float(row["practice_min_week"]) for row in rows("items_wide") if row["group"] == "training"])


def three_occasions(name: str = "three_occasions") -> np.ndarray:
    """Scores at three occasions, NaN where missing."""
    return np.array([[float(row[time] or "nan") for time in ("pre", "post", "fup")] for row in rows(name)])


def items(scale: str) -> np.ndarray:
    """The reversed answers of a scale such as ``SCS.mi|pre``, shape (people, items)."""
    name, time = scale.split("|")
    instrument, _, subscale = name.partition(".")
    key = json.loads((FOLDER / "keys.json").read_text())[instrument]
    columns = zip(key["items"], key["reverse"], key["subscale"], strict=True)
    wanted = [(item, reverse) for item, reverse, of in columns if subscale in ("", of)]
    total = key["min"] + key["max"]
    answer = [[float(row[f"{item}_{time}"]) for item, _ in wanted] for row in rows("items_wide")]
    return np.array([[total - a if r else a for a, (_, r) in zip(row, wanted, strict=True)] for row in answer])
