"""How a paper form is named in a list: by what stands on it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from pilotage.instruments.definition import Instrument
from pilotage.protocol.load import LoadedProtocol
from pilotage.protocol.words import say
from pilotage.web.records import items
from pilotage.web.records.reads.keying import PaperForm


@dataclass(frozen=True)
class Named:
    """A form of the list, with where it is keyed and printed."""

    code: str
    occasion: str
    name: str
    url: str


def named(form: PaperForm, loaded: LoadedProtocol, language: str) -> Named:
    """The form as the list shows it."""
    due = form.due
    which = {"code": form.code, "assessment": due.assessment.id, "instrument": due.instrument, "number": due.number}
    url = reverse("data-entry:key", kwargs={"study": due.participant.study.key, **which})
    occasion = due.assessment.label + (f" ({due.number})" if due.number > 1 else "")
    return Named(form.code, occasion, title(form, loaded, language), url)


def title(form: PaperForm, loaded: LoadedProtocol, language: str) -> str:
    """The name of the questionnaire, or the title of the study's own form."""
    of = items.source(loaded, form.due.instrument)
    return of.abbreviation if isinstance(of, Instrument) else say(of.title, language)
