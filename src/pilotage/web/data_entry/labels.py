"""How a paper form is named in a list: by what is printed on it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from pilotage.protocol.load import LoadedProtocol
from pilotage.web.pages.protocol_words import named, questionnaire_name
from pilotage.web.records import protocols
from pilotage.web.records.models import Administration
from pilotage.web.records.queries.data_entry import PaperForm


@dataclass(frozen=True)
class PaperFormRow:
    """A form in the list, with the address where its answers are entered."""

    code: str
    occasion: str
    name: str
    url: str


def finished_row(administration: Administration, language: str) -> PaperFormRow:
    """Return a finished form as the list shows it, with the address where an answer in it is corrected."""
    loaded = protocols.of_version_key(administration.version_id)
    person, assessment, number = administration.participant, administration.assessment, administration.number
    which = {"assessment": assessment, "instrument": administration.instrument, "number": number}
    url = reverse("data-entry:correct", kwargs={"study": person.study.key, "code": person.code, **which})
    occasion = named(loaded.protocol.assessment(assessment)) + (f" ({number})" if number > 1 else "")
    return PaperFormRow(person.code, occasion, questionnaire_name(loaded, administration.instrument, language), url)


def row_of(form: PaperForm, loaded: LoadedProtocol, language: str) -> PaperFormRow:
    """Return a form as the list shows it."""
    due = form.due
    which = {"code": form.code, "assessment": due.assessment.id, "instrument": due.instrument, "number": due.number}
    url = reverse("data-entry:key", kwargs={"study": due.participant.study.key, **which})
    occasion = named(due.assessment) + (f" ({due.number})" if due.number > 1 else "")
    return PaperFormRow(form.code, occasion, title(form, loaded, language), url)


def title(form: PaperForm, loaded: LoadedProtocol, language: str) -> str:
    """Return the name of the questionnaire, or the title of the study's own form."""
    return questionnaire_name(loaded, form.due.instrument, language)
