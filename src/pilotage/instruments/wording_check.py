"""What must hold between a wording and its instrument: every item, every anchor, texts that can be shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from pilotage.instruments.definition import Instrument
from pilotage.instruments.wording import Wording
from pilotage.instruments.wording_text import additions, compared, flaws
from pilotage.problems import Problem, kind
from pilotage.yaml_file import Path_, YamlDocument

ITEMS = kind("WORDING-004", "The items are not those of the instrument")
ANCHORS = kind("WORDING-005", "The anchors are not those of the instrument's answers")
EMPTY = kind("WORDING-006", "A text is empty")
TWICE = kind("WORDING-007", "One text stands in two places")
NOT_PLAIN = kind("WORDING-008", "A text is not plain, or was damaged")
NOT_FOR_PEOPLE = kind("WORDING-009", "A text holds its number or a mark of the key")

Problems = Iterator[Problem]
_NOUNS = {"items": "Item", "anchors": "Code", "notes": "Note"}
_LEAVE_OUT = "Leave it out: the form adds numbers itself, and people do not see the key."


def check(wording: Wording, instrument: Instrument, document: YamlDocument) -> tuple[Problem, ...]:
    """Everything wrong with a wording of this instrument, in the order of the file."""
    problems = [problem for check_part in (_items, _anchors, _empty, _twice, _plain, _additions)
             for problem in check_part(wording, instrument, document)]  # fmt: skip
    return tuple(sorted(dict.fromkeys(problems), key=lambda problem: problem.line or 0))


def _items(wording: Wording, instrument: Instrument, document: YamlDocument) -> Problems:
    form = f"{instrument.id} has items 1 to {instrument.items}"
    missing = [n for n in range(1, instrument.items + 1) if n not in wording.items]
    if missing:
        message = f"{_numbered('Item', missing)} {_is(missing)} missing; {form}."
        yield document.problem(ITEMS, ("items",), message, f"Add the text of {_numbered('item', missing)}.")
    for field, numbers in (("items", [*wording.items]), ("notes", [*wording.notes]), ("alike", wording.alike)):
        for n in (n for n in numbers if n > instrument.items):
            message = f"Item {n} is named, but {form}."
            yield document.problem(ITEMS, _place(field, n, numbers), message, "Correct the number, or remove it.")


def _place(field: str, number: int, numbers: list[int]) -> Path_:
    return (field, numbers.index(number) if field == "alike" else number)


def _anchors(wording: Wording, instrument: Instrument, document: YamlDocument) -> Problems:
    codes, needed = instrument.response.codes, wording.labelled_codes(instrument)
    answers = f"answers are {codes[0]} to {codes[-1]}"
    for code in (code for code in needed if code not in codes):
        message = f"'labelled' names code {code}, but {answers}."
        yield document.problem(ANCHORS, ("labelled",), message, "Correct the code.")
    missing = [code for code in needed if code in codes and code not in wording.anchors]
    if missing:
        message = f"{_numbered('Code', missing)} {_has(missing)} no anchor; {answers}."
        remedy = "Add the words. If the edition prints words only at some answers, say which with 'labelled'."
        yield document.problem(ANCHORS, ("anchors",), message, remedy)
    for code in (code for code in wording.anchors if code not in needed):
        message = f"Code {code} has an anchor, but " + (f"{answers}." if code not in codes else "is not 'labelled'.")
        yield document.problem(ANCHORS, ("anchors", code), message, "Correct the code, or 'labelled', or remove it.")


def texts(wording: Wording) -> dict[Path_, str]:
    """Every text of a wording, by its place in the file."""
    by_place: dict[Path_, str] = {("instructions",): wording.instructions}
    if isinstance(wording.source, str):
        by_place[("source",)] = wording.source
    if wording.title:
        by_place[("title",)] = wording.title
    for field, parts in (("anchors", wording.anchors), ("items", wording.items), ("notes", wording.notes)):
        by_place |= {(field, n): text for n, text in parts.items()}
    return by_place


def _empty(wording: Wording, instrument: Instrument, document: YamlDocument) -> Problems:
    without = [path for path, text in texts(wording).items() if not compared(text)]
    for field, group in groupby(without, key=lambda path: path[0]):
        places = list(group)
        numbers = [int(place[-1]) for place in places if len(place) > 1]
        who = _numbered(_NOUNS[str(field)], numbers) if numbers else named(places[0])
        remedy = "Write them, or 'none' where the edition prints none." if field == "instructions" else ""
        message = f"{who} {_has(numbers)} no words yet."
        yield document.problem(EMPTY, places[0], message, remedy or "Write what the edition prints.")


def _twice(wording: Wording, instrument: Instrument, document: YamlDocument) -> Problems:
    items = {n: text for n, text in wording.items.items() if n not in wording.alike}
    for field, parts in (("items", items), ("anchors", wording.anchors)):
        for first, *others in _same(parts):
            for n in others:
                message = f"{named((field, n))} has the same text as {named((field, first)).lower()}."
                remedy = "Correct one of them."
                if field == "items":
                    remedy = f"Correct one of them; if it is meant, say 'alike: [{first}, {n}]'."
                yield document.problem(TWICE, (field, n), message, remedy)


def _same(parts: Mapping[int, str]) -> Iterator[list[int]]:
    by_text = sorted((compared(text), n) for n, text in parts.items() if compared(text))
    for _, group in groupby(by_text, key=lambda pair: pair[0]):
        yield [n for _, n in group]


def _plain(wording: Wording, instrument: Instrument, document: YamlDocument) -> Problems:
    for path, text in texts(wording).items():
        for flaw in flaws(text):
            message = f"{named(path)} {flaw}."
            yield document.problem(NOT_PLAIN, path, message, "Type this text again, as plain text.")


def _additions(wording: Wording, instrument: Instrument, document: YamlDocument) -> Problems:
    for n, text in wording.items.items():
        for addition in additions(n, text):
            message = f"Item {n} {addition}."
            yield document.problem(NOT_FOR_PEOPLE, ("items", n), message, _LEAVE_OUT)


def named(path: Path_) -> str:
    """Return what a person calls a place: ``Item 7``, ``The anchor of code 3``, ``The title``."""
    match path:
        case ("items", n):
            return f"Item {n}"
        case ("notes", n):
            return f"The note of item {n}"
        case ("anchors", n):
            return f"The anchor of code {n}"
        case ("instructions",):
            return "The part 'instructions'"
    return f"The {path[0]}"


def _numbered(noun: str, numbers: list[int]) -> str:
    """``Item 7``, ``Items 7 and 9``, ``Items 1 to 39``."""
    if len(numbers) == 1:
        return f"{noun} {numbers[0]}"
    if len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"{noun}s {numbers[0]} to {numbers[-1]}"
    return f"{noun}s {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"


def _is(numbers: list[int]) -> str:
    return "are" if len(numbers) > 1 else "is"


def _has(numbers: list[int]) -> str:
    return "have" if len(numbers) > 1 else "has"
