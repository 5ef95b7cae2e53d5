"""How a paper form is named in a list: by what stands on it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from pilotage.instruments.definition import Instrument
from pilotage.protocol.load import LoadedProtocol
from pilotage.protocol.words import say
from pilotage.web.records import items, protocols
from pilotage.web.records.models import Administration
from pilotage.web.records.queries.data_entry import PaperForm


@dataclass(frozen=True)
class Named:
    """A form of the list, with where it is keyed and printed."""

    code: str
    occasion: str
    name: str
    url: str


def finished(given: Administration, language: str) -> Named:
    """A finished form, with where an answer in it is put right."""
    loaded = protocols.of_version_key(given.version_id)
    which = {"assessment": given.assessment, "instrument": given.instrument, "number": given.number}
    person = given.participant
    url = reverse("data-entry:correct", kwargs={"study": person.study.key, "code": person.code, **which})
    occasion = loaded.protocol.assessment(given.assessment).label + (f" ({given.number})" if given.number > 1 else "")
    return Named(person.code, occasion, title_of(loaded, given.instrument, language), url)


def named(form: PaperForm, loaded: LoadedProtocol, language: str) -> Named:
    """The form as the list shows it."""
    due = form.due
    which = {"code": form.code, "assessment": due.assessment.id, "instrument": due.instrument, "number": due.number}
    url = reverse("data-entry:key", kwargs={"study": due.participant.study.key, **which})
    occasion = due.assessment.label + (f" ({due.number})" if due.number > 1 else "")
    return Named(form.code, occasion, title(form, loaded, language), url)


def title(form: PaperForm, loaded: LoadedProtocol, language: str) -> str:
    """The name of the questionnaire, or the title of the study's own form."""
    return title_of(loaded, form.due.instrument, language)


def title_of(loaded: LoadedProtocol, instrument: str, language: str) -> str:
    """The same, by its id."""
    of = items.source(loaded, instrument)
    return of.abbreviation if isinstance(of, Instrument) else say(of.title, language)
