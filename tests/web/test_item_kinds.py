"""Each kind of form item is handled everywhere by asking the item; one made up here shows that a class is enough."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Literal, get_args

import numpy as np
import polars as pl
import pytest

from pilotage.data.answers import item_values
from pilotage.data.check_protocol import check_protocol
from pilotage.data.codebook import codebook
from pilotage.data.importing.run import import_file
from pilotage.data.simulate.form_answers import usual
from pilotage.data.simulate.occasions import IssuedForm
from pilotage.data.simulate.people import SimulatedGroup, SimulatedPerson
from pilotage.data.study_data import StudyData
from pilotage.data.tables import BY_NAME
from pilotage.instruments.answer_values import Reason, Refusal
from pilotage.instruments.shown import ResponseFormat
from pilotage.problems import ProblemsFound
from pilotage.protocol.form_items import FormItem, ItemBase, StoredAs
from pilotage.protocol.forms import Form
from pilotage.protocol.load import LoadedProtocol
from pilotage.protocol.shown_forms import shown_form
from pilotage.report.documents.paper_forms.html import paper_form
from pilotage.report.documents.protocol.forms import forms as protocol_section
from pilotage.web.data_entry.forms import KeyingForm
from pilotage.web.pages.questionnaire import sheet
from pilotage.web.records import items
from tests.protocol.sound import loaded

CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


class TimeOfDay(ItemBase):
    """A kind that the study's language does not have: a time of day."""

    response_format = ResponseFormat.TEXT
    stored_as = StoredAs.TEXT
    example = "18:30"

    kind: Literal["time"] = "time"

    def normalise(self, text: str) -> str | None:
        """Return the time with a colon, for a point is what the Dutch write."""
        return text.strip().replace(".", ":") or None

    def refuse(self, value: str) -> Refusal | None:
        """Return why this is no time of day."""
        return None if CLOCK.fullmatch(value) else Refusal(Reason.OTHER)

    def describe(self, language: str = "en") -> str:
        """Return what it is."""
        return "a time of day"


@dataclass(frozen=True)
class Kind:
    """An item of one kind, with what is typed, kept and read as data, and what is typed and refused."""

    item: ItemBase
    typed: str
    kept: str
    read: object
    wrong: str | None
    described: str

    @property
    def id(self) -> str:
        return self.item.id


def item(**parts: object) -> ItemBase:
    return Form.model_validate({"id": "one", "title": "One", "items": [parts]}).items[0]


OPTIONS = ["home", {"id": "work", "label": "at work"}]
KINDS = [
    Kind(item(id="grade", ask="Which grade?", kind="rating", **{"from": 0, "to": 4}, anchors={0: "poor"}),
         "3.0", "3", 3, "5", "0 to 4 (0 poor)"),
    Kind(item(id="minutes", ask="How long?", kind="number", unit="minutes", minimum=0, maximum=60),
         "1,5", "1.5", 1.5, "61", "a number, minutes, 0 to 60"),
    Kind(item(id="where", ask="Where?", kind="choice", options=OPTIONS),
         " work ", "work", "work", "town", "one of: home; at work"),
    Kind(item(id="places", ask="Which places?", kind="choices", options=OPTIONS),
         "work home", "home work", "home work", "home town", "any of: home; at work"),
    Kind(item(id="since", ask="Since when?", kind="date", latest=date(2026, 12, 31)),
         "2026-03-02", "2026-03-02", date(2026, 3, 2), "2027-01-01", "a date, at most 31 December 2026"),
    Kind(item(id="why", ask="Why?", kind="text", codes=["rest"]),
         "It was calm.", "It was calm.", "It was calm.", None, "free text, coded as: rest"),
    Kind(TimeOfDay(id="bedtime", ask="At what time?"), "22.15", "22:15", "22:15", "late", "a time of day"),
]  # fmt: skip
FORM = Form.model_construct(id="end", title="Kinds", items=[kind.item for kind in KINDS])
each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.item.kind)
each_kind_that_refuses = pytest.mark.parametrize(
    "kind", [kind for kind in KINDS if kind.wrong], ids=lambda kind: kind.item.kind
)


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> LoadedProtocol:
    sound = loaded(tmp_path_factory.mktemp("study"))
    return replace(
        sound, protocol=sound.protocol.model_copy(update={"forms": [FORM], "derived": []}), fingerprint="kinds"
    )


def data(kind: Kind) -> StudyData:
    key = {"participant": ["P1"], "assessment": ["end"], "instrument": ["end"], "number": [1]}
    answers, words = {"item": [kind.id], "value": [kind.kept]}, {"item": [kind.id], "text": [kind.kept]}
    kept = (
        {"comments": pl.DataFrame(key | words)} if kind.item.own_words else {"responses": pl.DataFrame(key | answers)}
    )
    return StudyData.from_tables({"administrations": pl.DataFrame(key)} | kept)


def test_every_kind_of_the_language_is_here() -> None:
    union, _ = get_args(FormItem)

    assert {type(kind.item) for kind in KINDS} == {*get_args(union), TimeOfDay}


@each_kind
def test_what_is_typed_is_kept_as_its_kind_writes_it(kind: Kind) -> None:
    assert items.normalised(FORM, kind.id, kind.typed) == kind.kept
    assert items.normalised(FORM, kind.id, "  ") is None
    assert items.allowed(FORM, kind.id, kind.kept)


@each_kind_that_refuses
def test_what_does_not_fit_is_refused_wherever_it_is_typed(kind: Kind) -> None:
    keyed = KeyingForm({"filled_in_on": "2026-03-02", f"item-{kind.id}": kind.wrong}, of=FORM, language="en")

    assert not items.allowed(FORM, kind.id, kind.wrong)
    assert not keyed.is_valid() and set(keyed.errors) == {f"item-{kind.id}"}


@each_kind
def test_it_is_keyed_from_paper(kind: Kind) -> None:
    keyed = KeyingForm({"filled_in_on": "2026-03-02", f"item-{kind.id}": kind.typed}, of=FORM, language="en")

    assert keyed.is_valid() and keyed.values()[kind.id] == kind.kept
    assert kind.item.example in keyed.fields[f"item-{kind.id}"].help_text


@each_kind
def test_it_is_read_as_data_of_its_type(kind: Kind) -> None:
    assert item_values(data(kind), FORM, kind.id, "end")["value"].to_list() == [kind.read]


@each_kind
def test_data_are_checked_against_it(kind: Kind, study: LoadedProtocol) -> None:
    responses = pl.DataFrame(
        {"#": [2], "assessment": ["end"], "instrument": ["end"], "item": [kind.id], "value": [kind.wrong or "x"]}
    )
    problems = check_protocol({BY_NAME["responses"]: responses}, study)

    assert [problem.code for problem in problems] == (["DATA-013"] if kind.wrong else [])


@each_kind
def test_it_is_imported_from_a_spreadsheet(kind: Kind, study: LoadedProtocol, tmp_path: Path) -> None:
    (tmp_path / "map.yaml").write_text(f"person: id\narm: arm\nalso: {{{kind.id}: x}}\n")
    (tmp_path / "a.csv").write_text(f"id,arm,x\nP1,training,{kind.kept}\n")
    imported = import_file(study, tmp_path / "a.csv", tmp_path / "map.yaml").data

    assert item_values(imported, FORM, kind.id, "end")["value"].to_list() == [kind.read]
    if kind.wrong:
        (tmp_path / "a.csv").write_text(f"id,arm,x\nP1,training,{kind.wrong}\n")
        with pytest.raises(ProblemsFound, match="IMPORT-009"):
            import_file(study, tmp_path / "a.csv", tmp_path / "map.yaml")


@each_kind
def test_the_codebook_and_the_protocol_describe_it(kind: Kind, study: LoadedProtocol) -> None:
    row = codebook(study).row(by_predicate=(pl.col("part") == "end") & (pl.col("name") == kind.id), named=True)
    section = protocol_section(study)

    assert (row["type"], row["means"]) == (kind.item.kind, kind.item.ask)
    assert section is not None and kind.described in repr(section)


@each_kind
def test_pages_and_paper_show_the_same_item(kind: Kind, study: LoadedProtocol) -> None:
    shown = sheet(study, "end", None, "en").item(kind.id)
    page = paper_form(shown_form(FORM, "en", "1"))

    assert shown == shown_form(FORM, "en", "1").item(kind.id)
    assert shown.read(kind.kept) and kind.item.ask in page


@each_kind
def test_a_rehearsal_answers_it_with_what_it_takes_or_not_at_all(kind: Kind) -> None:
    group = SimulatedGroup("training-1", date(2026, 3, 2), (date(2026, 3, 2),))
    person = SimulatedPerson("P1", "training", True, group, date(2026, 2, 1), date(2026, 2, 2))
    issued = IssuedForm(person, "end", "end", 1, datetime(2026, 3, 9, 20), 60, date(2026, 3, 16))
    rng = np.random.default_rng(1)
    answers = [usual(kind.item, issued, rng) for _ in range(50)]  # type: ignore[arg-type]

    assert all(answer is None or items.allowed(FORM, kind.id, answer) for answer in answers)
