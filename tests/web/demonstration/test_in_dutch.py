"""Whoever reads Dutch reads no English of the protocol's on the pages of the library's study."""

from __future__ import annotations

import html
import re
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import Resolver404, resolve, reverse
from pydantic import BaseModel

from pilotage.protocol.load import LIBRARY, load
from pilotage.protocol.words import TranslatedText
from pilotage.web.demonstration.enrolling import fill_a_group
from pilotage.web.demonstration.site import add_member, build
from pilotage.web.records import actions, audit, protocols
from pilotage.web.records.models import Cohort, Participant, Study, User
from tests.web.cast import at_home, signed_in

NOT_READ = frozenset({
    "coordinator:certificate",  # in the participant's language
    "researcher:report",  # in the report's own language
})  # fmt: skip
STAFF = ("coordinator", "teacher", "researcher", "safety-contact", "data-entry", "administrator")
READ = {
    "participant:home", "participant:ask", "participant:sessions", "participant:adverse-event",
    "coordinator:people", "coordinator:person", "coordinator:monitoring", "coordinator:screening",
    "coordinator:letters", "coordinator:answer", "coordinator:approach", "coordinator:group",
    "teacher:group", "teacher:session", "teacher:run-sheet", "researcher:plan", "data-entry:key", "safety:report",
}  # fmt: skip
"""What must be among the pages that were read, so that the walk does not end at a closed door."""
OTHERS_WORDS = {
    "change",  # in what a participant wrote
    "Empathy",  # in the name of a questionnaire
}
SERVERS_OWN = {"no reason given", "not met", "kept out by", "takes the course without the study"}
"""Reasons that the server writes itself."""

_HREF = re.compile(r'<a\b[^>]*\bhref="([^"#]+)"')
_HIDDEN = re.compile(r"<(script|style|head)\b.*?</\1>", re.DOTALL)
_OTHER_LANGUAGE = re.compile(r'<(\w+)[^>]* lang="en"[^>]*>.*?</\1>', re.DOTALL)
_FIELD = re.compile(r'<input\b(?![^>]*type="(?:radio|checkbox|hidden)")[^>]*>')
_TAG = re.compile(r"<[^>]+>")


def labels_of(part: Any) -> Iterator[TranslatedText]:
    """Yield every label of a protocol that is written in several languages."""
    match part:
        case TranslatedText():
            yield part
        case BaseModel():
            for name in type(part).model_fields:
                yield from labels_of(getattr(part, name))
        case dict():
            for inner in part.values():
                yield from labels_of(inner)
        case list() | tuple():
            for inner in part:
                yield from labels_of(inner)


def english_of(study: Study) -> frozenset[str]:
    """Return the English texts of the protocol that are written otherwise in Dutch."""
    texts = {label.by_language["en"]: label.by_language["nl"] for label in labels_of(protocols.of(study).protocol)}
    dutch = " ".join(texts.values()).casefold()
    return frozenset(text for text in texts if text.casefold() not in dutch) - OTHERS_WORDS | SERVERS_OWN


def visible(page: str) -> str:
    """Return what a person reads or hears, each piece on a line of its own; not what a field would send."""
    page = _OTHER_LANGUAGE.sub("", _HIDDEN.sub("", page))
    written = [value for field in _FIELD.findall(page) for value in re.findall(r'\bvalue="([^"]*)"', field)]
    heard = re.findall(r'\b(?:placeholder|aria-label|title|data-label)="([^"]*)"', page)
    return html.unescape("\n".join([_TAG.sub("\n", page), *written, *heard]))


def walk(client: Client, starts: Iterable[str], each: int) -> Iterator[tuple[str, str]]:
    """Yield every page that links lead to, of each kind the first ``each``, with its address."""
    waiting, kinds = list(starts), Counter[str]()
    seen = set(waiting)
    while waiting:
        address = waiting.pop(0)
        try:
            kind = resolve(urlsplit(address).path).view_name
        except Resolver404:
            continue
        if kind in NOT_READ or kinds[kind] >= each:
            continue
        kinds[kind] += 1
        response = client.get(address, follow=True)
        if response.status_code != 200 or not response.headers["Content-Type"].startswith("text/html"):
            continue
        page = response.content.decode()
        yield address, page
        for href in _HREF.findall(page):
            found = urljoin(address, html.unescape(href))
            if found.startswith("/") and found not in seen:
                seen.add(found)
                waiting.append(found)


def english_met(study: Study, cohort: Cohort, each: int) -> tuple[set[str], list[str]]:
    """Return the kinds of page that Dutch readers saw, and each English text with the page on which it stands."""
    User.objects.update(language="nl")
    people = Participant.objects.filter(
        study=study, identity__language="nl", place__cohort=cohort, place__on_course=True
    )
    session = cohort.sessions.order_by("number")[0]
    run_sheet = reverse("teacher:run-sheet", kwargs={"study": study.key, "session": session.pk})
    readers = [(at_home(people.order_by("-pk")[0]), ["/me/"])]
    for role in STAFF:
        user = User.objects.get(email=f"{role}@simulated.invalid")
        readers.append((signed_in(user), ["/my-studies/", *([run_sheet] if role == "teacher" else [])]))
    english = sorted(english_of(study), key=len, reverse=True)
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, english)) + r")(?!\w)")
    kinds, problems = set(), []
    for client, starts in readers:
        for address, page in walk(client, starts, each):
            kinds.add(resolve(urlsplit(address).path).view_name)
            if '<html lang="nl"' not in page:
                problems.append(f"{address}: the page is not Dutch")
            problems += [f"{address}: {text}" for text in sorted(set(pattern.findall(visible(page))))]
    return kinds, problems


@pytest.fixture
def folder(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the library's study, on a server of its own."""
    shutil.copytree(LIBRARY / "imp", tmp_path, dirs_exist_ok=True)
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, folder=tmp_path))
    return tmp_path


@pytest.mark.long
def test_nobody_who_reads_dutch_meets_the_protocols_english(folder: Path) -> None:
    group = build(folder, "imp", seed=283)

    kinds, problems = english_met(group.study, group.cohort, each=3)

    assert problems == []
    assert kinds >= READ


def test_in_a_group_that_begins_nobody_meets_the_protocols_english(folder: Path) -> None:
    study = actions.register("imp", ".", load(folder), simulated={"seed": 1, "scenario": "paper"})
    actions.open_for_enrolment(study, audit.SERVER)
    for role in STAFF:
        add_member(study, role)
    teacher = User.objects.get(email="teacher@simulated.invalid")
    group = fill_a_group(study, (teacher, add_member(study, "teacher", number=2)))

    kinds, problems = english_met(study, group.cohort, each=1)

    assert len(english_of(study)) > 100
    assert problems == []
    assert kinds >= READ - {"safety:report"}
