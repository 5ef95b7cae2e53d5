"""A questionnaire or form that one person is to answer: in which words, and whether it can be answered now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.http import Http404
from django.urls import reverse
from django.utils import translation

from pilotage.instruments.definition import Instrument
from pilotage.instruments.shown import ShownSheet
from pilotage.protocol.forms import Form
from pilotage.protocol.load import LoadedProtocol
from pilotage.web.pages.questionnaire import sheet
from pilotage.web.records import audit, items, protocols, queries
from pilotage.web.records.models import Participant
from pilotage.web.records.queries.due import Due


@dataclass(frozen=True)
class AnswerTask:
    """One questionnaire or form, with who answers it and the addresses of its pages.

    Attributes
    ----------
    next_url : callable
        Returns where the person goes on once this is finished; empty where nothing more is asked.
    """

    due: Due
    loaded: LoadedProtocol
    answered_by: audit.By
    url: str
    save_url: str
    home_url: str
    next_url: Callable[[], str]

    @property
    def participant(self) -> Participant:
        """The participant whom the answers are about."""
        return self.due.participant

    @cached_property
    def language(self) -> str:
        """The language it was begun in, else the page's where the study speaks it."""
        if self.due.administration is not None:
            return self.due.administration.language
        languages, reader = self.loaded.protocol.study.languages, translation.get_language() or ""
        return reader if reader in languages else languages[0]

    @cached_property
    def sheet(self) -> ShownSheet:
        """The items as they are shown, by the version of the protocol under which it was begun."""
        instrument = self.due.instrument
        wording = None
        if instrument in self.loaded.instruments:
            wording = queries.wording_of(self.participant.study, instrument, self.language)
        return sheet(self.loaded, instrument, wording, self.language)

    @property
    def source(self) -> Instrument | Form:
        """The instrument or the form itself."""
        return items.source(self.loaded, self.due.instrument)

    @cached_property
    def answers(self) -> Mapping[str, str | None]:
        """The answers so far, by item."""
        return queries.answers_given(self.due.administration)

    @property
    def closed(self) -> str:
        """Why nothing can be answered now: finished, to come, missed, paper or left; empty where it can be."""
        begun = self.due.administration
        if self.due.state != "open":
            return self.due.state
        if begun is not None and begun.consent.ended_at is not None:
            return "left"
        on_paper = self.due.assessment.mode == "paper" or (begun is not None and begun.mode == "paper")
        return "paper" if on_paper else ""


def find_due(participant: Participant, assessment: str, instrument: str, number: int) -> tuple[Due, LoadedProtocol]:
    """Return what a participant is asked by these names, and the protocol that applies to it; raise Http404 if nothing.

    What was begun goes on under the version of the protocol with which it was begun.
    """
    loaded = protocols.of(participant.study)
    due = queries.one_due(participant, loaded, assessment, instrument, number)
    if due is None:
        raise Http404
    begun = due.administration
    return due, protocols.of_version_key(begun.version_id) if begun else loaded


def address_of(due: Due) -> str:
    """Return where a participant answers this."""
    return reverse("participant:ask", args=[due.assessment.id, due.instrument, due.number])


def save_address_of(due: Due) -> str:
    """Return where the page's script sends a participant's answers to this."""
    return reverse("participant:save-answers", args=[due.assessment.id, due.instrument, due.number])
