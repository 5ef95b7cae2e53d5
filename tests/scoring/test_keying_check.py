"""The keying check: what it says of real answers, and that its page tells the numbers as they are."""

import re
from collections import Counter

import numpy as np
import pytest

from pilotage.data.formats.spreadsheet import read_spreadsheet
from pilotage.instruments.catalogue import load
from pilotage.instruments.definition import Instrument
from pilotage.scoring.keying_check import check_keying, under_key, verdict
from pilotage.scoring.reverse_scoring import keyed_items
from tests.shared import ROOT, shared_file

PAGE = ROOT / "docs" / "explanation" / "keying-check.md"
ROWS = {
    "PSS-10, total": ("pss-10", "total"),
    "FFMQ-39, describing": ("ffmq-39", "describing"),
    "FFMQ-39, total": ("ffmq-39", "total"),
    "FFMQ-39, total without observing": ("ffmq-39", "total_without_observing"),
    "FFMQ-39, acting with awareness": ("ffmq-39", "acting_with_awareness"),
    "FFMQ-39, non-judging": ("ffmq-39", "nonjudging"),
    "CES-D, total, before the trial": ("ces-d-20", "total"),
}
SAID = {"the key": "declared", "neither": "undecided", "no reversal": "unreversed", "cannot be compared": None}


def ces_d() -> Instrument:
    """The CES-D as the trial's file codes it; its key is in the data's own stored totals."""
    shape = load("pss-10").model_dump(exclude={"taken_from", "scales"})
    own = {"id": "ces-d-20", "items": 20, "response": {"minimum": 1, "maximum": 4}, "reverse": [4, 8, 12, 16]}
    return Instrument.model_validate(shape | own | {"scales": [{"id": "total", "items": "all"}]})


def answers(file: str, pattern: str, items: int) -> np.ndarray:
    sheet = read_spreadsheet(shared_file(f"data/{file}"))
    return np.array([sheet.numbers(pattern.format(n))[0] for n in range(1, items + 1)], dtype=float).T


@pytest.fixture(scope="module")
def samples():
    occasion = read_spreadsheet(shared_file("data/woodworth/posPsy_long.csv")).texts("occasion")
    before = np.array(occasion) == "0"
    return {
        "pss-10": (load("pss-10"), answers("pss10/Psychological_aspects.csv", "S{}", 10)),
        "ffmq-39": (load("ffmq-39"), answers("ffmq39/ffmq39_raw_unreversed_n532.csv", "ffmq_{}", 39)),
        "ces-d-20": (ces_d(), answers("woodworth/posPsy_long.csv", "cesd{:02}", 20)[before]),
    }


def cells(label: str) -> list[str]:
    """The cells of the last row of the page's tables that begins with this label."""
    line = next(line for line in PAGE.read_text().splitlines() if line.startswith(f"| {label} |"))
    return [cell.strip() for cell in line.strip("|").split("|")]


def pair(cell: str) -> list[float]:
    return [float(number) for number in cell.split(",")]


@pytest.mark.parametrize("label", ROWS)
def test_the_page_tells_the_numbers_as_they_are(samples, label):
    name, scale = ROWS[label]
    instrument, raw = samples[name]
    items = instrument.items_of(instrument.scale(scale))
    declared = under_key(keyed_items(instrument, raw, instrument.scale(scale)), items)
    unreversed = under_key(raw[:, [n - 1 for n in items]], items)
    _, people, alphas, rests, negative, against, favours = cells(label)
    assert int(people) == len(raw)
    assert pair(alphas) == [round(k.alpha, 3) for k in (declared, unreversed)]
    assert pair(rests) == [round(k.item_rest, 3) for k in (declared, unreversed)]
    assert pair(negative) == [len(k.negative_item_rest) for k in (declared, unreversed)]
    assert pair(against) == [len(k.against) for k in (declared, unreversed)]
    check = check_keying(instrument, raw).get(scale)
    assert (check.favours if check else None) == SAID[favours]


# Two hundred samples of 39 items take ten seconds; those of 10 and 20 items are the short version.
LONG = ("FFMQ-39",)


@pytest.mark.parametrize(
    ("label", "people"),
    [
        pytest.param(label, n, marks=pytest.mark.long if label in LONG else ())
        for label in ("PSS-10", "FFMQ-39", "CES-D")
        for n in (47, 100)
    ],
)
def test_the_page_tells_how_small_samples_come_out(samples, label, people):
    table = PAGE.read_text().partition("## Small samples")[2]
    for line in re.findall(rf"^\\| {label}, (.*)$", table, re.MULTILINE):
        scale, few, more = (cell.strip() for cell in line.strip("|").split("|"))
        name = next(n for n in samples if n.startswith(label.lower()))
        found = drawn(*samples[name], scale, people)
        told = pair(few if people == 47 else more)
        # Another machine may round a loading near nought to the other side.
        assert [found[side] for side in ("declared", "undecided", "unreversed")] == pytest.approx(told, abs=3)


def drawn(instrument: Instrument, raw: np.ndarray, scale: str, people: int, draws: int = 200) -> Counter[str]:
    """What the check says of random samples of this many people."""
    generator = np.random.default_rng(people)
    items = instrument.items_of(instrument.scale(scale))
    keyed, plain = keyed_items(instrument, raw, instrument.scale(scale)), raw[:, [n - 1 for n in items]]
    found: Counter[str] = Counter()
    for _ in range(draws):
        who = generator.choice(len(raw), people, replace=False)
        found[verdict(under_key(keyed[who], items), under_key(plain[who], items), len(items))[0]] += 1
    return found


@pytest.mark.parametrize(
    ("name", "scale", "says"),
    [
        ("pss-10", "total", "unreversed"),
        ("ffmq-39", "describing", "unreversed"),
        ("ces-d-20", "total", "unreversed"),
        ("ffmq-39", "total", "undecided"),
    ],
)
def test_a_file_reversed_already_is_seen_where_one_factor_describes_the_scale(samples, name, scale, says):
    instrument, raw = samples[name]
    turned = raw.copy()
    places = [n - 1 for n in instrument.reverse]
    turned[:, places] = instrument.response.minimum + instrument.response.maximum - turned[:, places]
    assert check_keying(instrument, turned)[scale].favours == says


def test_answers_without_variance_leave_it_undecided():
    check = check_keying(load("pss-10"), np.ones((30, 10)))["total"]
    assert (check.favours, check.why) == ("undecided", "alpha is not defined for these answers")


def test_a_scale_scored_by_points_has_nothing_to_compare():
    assert check_keying(load("eq-40"), np.ones((5, 40))) == {}
