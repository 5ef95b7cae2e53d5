"""Each folder of the library is whole: it loads, its facts are the published ones, and it holds nobody's wording."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from ruamel.yaml import YAML

from pilotage.instruments.catalogue import LIBRARY, available, load
from pilotage.instruments.check import DOI
from pilotage.instruments.definition import Instrument
from tests.shared import ROOT

MAPS = [(name, longer) for name in available() for longer in load(name).taken_from]


@cache
def published() -> dict[str, dict[str, Any]]:
    with (ROOT / "tests" / "reference" / "instrument-keys.yaml").open(encoding="utf-8") as text:
        return {facts["instrument"].lower(): facts for facts in YAML(typ="safe").load_all(text)}


def test_every_folder_of_the_library_is_an_instrument_found_by_its_name() -> None:
    assert list(available()) == sorted(folder.name for folder in LIBRARY.iterdir() if folder.is_dir())


@pytest.mark.parametrize("name", available())
def test_a_folder_is_whole_and_its_file_is_sound(name: str) -> None:
    assert load(name).id == name
    for file in ("instrument.yaml", "cases.csv", "SOURCE.md"):
        assert (LIBRARY / name / file).stat().st_size > 0, file


@pytest.mark.parametrize("name", available())
def test_items_responses_and_reversed_items_are_the_published_ones(name: str) -> None:
    facts, instrument = published()[name], load(name)
    assert instrument.items == facts["n_items"]
    if "response" in facts:
        assert (instrument.response.minimum, instrument.response.maximum) == tuple(facts["response"].values())
    if isinstance(facts.get("reversed"), list):
        assert sorted(instrument.reverse) == facts["reversed"]


@pytest.mark.parametrize("name", available())
def test_scales_and_their_ranges_are_the_published_ones(name: str) -> None:
    facts, instrument = published()[name], load(name)
    subscales = facts["subscales"] if isinstance(facts.get("subscales"), dict) else {}
    for scale, items in subscales.items():
        assert sorted(instrument.items_of(instrument.scale(scale))) == items, scale
    ranges = dict(facts.get("subscale_range", {}))
    if isinstance(facts.get("total", {}).get("range"), list):
        ranges["total"] = facts["total"]["range"]
    for scale, ends in ranges.items():
        assert list(instrument.range_of(instrument.scale(scale))) == ends, scale


@pytest.mark.parametrize("name", ["eq-40", "eq-60"])
def test_the_empathy_quotient_gives_the_published_points(name: str) -> None:
    facts, instrument = published()[name], load(name)
    assert instrument.keyed == {"agree": facts["agree_keyed"], "disagree": facts["disagree_keyed"]}
    assert instrument.fillers == facts.get("filler", [])
    for direction, points in facts["points"].items():
        assert list(instrument.points[direction.removesuffix("_keyed")].values()) == points


def test_the_four_totals_of_the_self_compassion_scale_have_the_published_ranges() -> None:
    scs = load("scs-26")
    ids = {
        "mean_of_items": "total",
        "mean_of_subscale_means": "total_mean_of_subscales",
        "sum_of_subscale_means": "total_sum_of_subscales",
        "sum_of_items": "total_sum_of_items",
    }
    for said, ends in published()["scs-26"]["total"]["range"].items():
        assert list(scs.range_of(scs.scale(ids[said]))) == ends


def test_compassion_fatigue_is_burnout_and_secondary_traumatic_stress_and_there_is_no_total() -> None:
    proqol, facts = load("proqol-5"), published()["proqol-5"]["composites"]["compassion_fatigue"]
    fatigue = proqol.scale("compassion_fatigue")
    assert fatigue.of == facts["of"]
    assert len(proqol.items_of(fatigue)) == facts["n_items"]
    assert list(proqol.range_of(fatigue)) == facts["range"]
    assert "total" not in {scale.id for scale in proqol.scales}


@pytest.mark.parametrize(
    ("name", "longer", "fact"),
    [
        ("ffmq-sf-24", "ffmq-39", "map_to_39"),
        ("ffmq-15", "ffmq-39", "map_to_39"),
        ("eq-40", "eq-60", "map_to_60"),
        ("pss-10", "pss-14", "map_to_14"),
        ("pss-4", "pss-14", "map_to_14"),
        ("pss-4", "pss-10", "map_to_10"),
    ],
)
def test_maps_to_longer_forms_are_the_published_ones(name: str, longer: str, fact: str) -> None:
    assert load(name).taken_from[longer] == published()[name][fact]


@pytest.mark.parametrize(("name", "longer"), MAPS)
def test_an_item_is_keyed_alike_in_both_forms(name: str, longer: str) -> None:
    short, long = load(name), load(longer)
    numbers = short.taken_from[longer]
    assert [n in short.reverse for n in range(1, short.items + 1)] == [n in long.reverse for n in numbers]
    assert [short.keying().get(n) for n in range(1, short.items + 1)] == [long.keying().get(n) for n in numbers]


@pytest.mark.parametrize(("name", "longer"), MAPS)
def test_a_scale_is_made_of_the_same_items_in_both_forms(name: str, longer: str) -> None:
    short, long = load(name), load(longer)
    there = {scale.id: set(long.items_of(scale)) for scale in long.scales}
    for scale in short.scales:
        if scale.id in there:
            assert {short.taken_from[longer][n - 1] for n in short.items_of(scale)} <= there[scale.id], scale.id


@pytest.mark.parametrize("name", available())
def test_dois_have_the_shape_of_a_doi(name: str) -> None:
    dois = [r.doi for r in load(name).references if isinstance(r.doi, str)]
    assert dois or name == "proqol-5"
    assert all(DOI.fullmatch(doi) for doi in dois)


@pytest.mark.parametrize("name", available())
def test_no_item_has_words(name: str) -> None:
    """There is no field for an item's words; anchors are a few words, and no other text is as long as the items are."""
    instrument = load(name)
    assert all(len(words.split()) <= 3 for words in instrument.response.anchors.values())
    assert sum(len(scale.label.split()) for scale in instrument.scales) <= 6 * len(instrument.scales)


def test_a_file_that_gives_items_words_is_refused() -> None:
    facts = load("who-5").model_dump()
    with pytest.raises(ValueError, match="valid integer"):
        Instrument.model_validate(facts | {"items": [{"number": 1, "text": "I have felt ..."}]})


def test_a_key_nobody_confirmed_has_no_scales_and_says_whom_to_ask() -> None:
    dutch = load("scs-24-nl")
    assert dutch.key.status == "unconfirmed"
    assert not dutch.scales
    assert "numbered" in dutch.key.lacks
    assert "Vonk" in dutch.key.ask


def test_a_rule_for_blanks_is_ours_unless_a_source_gives_one() -> None:
    whose = {name: load(name).missing.whose for name in available()}
    assert {name for name, who in whose.items() if who != "ours"} == {"eq-40", "eq-60"}
    assert all(load(name).missing.at_most == (0.2 if who == "ours" else 0) for name, who in whose.items())


def test_suicidal_thoughts_come_with_a_warning() -> None:
    assert any("SAFETY" in note and "Item 9" in note for note in load("phq-9").notes)
