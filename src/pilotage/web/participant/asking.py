"""One thing that is asked: what, of whom, in which words, and whether it can be answered now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404
from django.utils import translation
from django.utils.crypto import salted_hmac

from pilotage.protocol.load import LoadedProtocol
from pilotage.web.pages.questionnaire import Sheet, sheet
from pilotage.web.participant.ask_page import Layout
from pilotage.web.records import audit, items, protocols, queries
from pilotage.web.records.models import Participant
from pilotage.web.records.queries.due import Due


@dataclass(frozen=True)
class Asking:
    """One thing that is asked now: what, of whom, by whom it is answered, and where it stands."""

    due: Due
    loaded: LoadedProtocol
    by: audit.By
    here: str
    save_url: str
    home: str
    go_on: Callable[[], str]
    """Where one goes when this is finished; empty where nothing more is asked."""
    base_template: str = "participant/page.html"

    @property
    def participant(self) -> Participant:
        """Whom it is about."""
        return self.due.participant

    @cached_property
    def language(self) -> str:
        """The language it was begun in, else the page's where the study speaks it."""
        if self.due.administration is not None:
            return self.due.administration.language
        spoken, wanted = self.loaded.protocol.study.languages, translation.get_language() or ""
        return wanted if wanted in spoken else spoken[0]

    @cached_property
    def sheet(self) -> Sheet:
        """What is shown, under the version of the protocol that it was begun with."""
        instrument = self.due.instrument
        wording = None
        if instrument in self.loaded.instruments:
            wording = queries.wording_of(self.participant.study, instrument, self.language)
        return sheet(self.loaded, instrument, wording, self.language)

    @property
    def source(self) -> Any:
        """The instrument or the form."""
        return items.source(self.loaded, self.due.instrument)

    @cached_property
    def answers(self) -> Mapping[str, str | None]:
        """What was answered so far."""
        return queries.answers_given(self.due.administration)

    @property
    def layout(self) -> Layout:
        """How it is shown."""
        said, assessment = self.loaded.protocol.study, self.due.assessment
        return Layout(
            here=self.here,
            save_url=self.save_url,
            home=self.home,
            base_template=self.base_template,
            purpose="participant" if isinstance(self.by, Participant) else "colleague",
            language=translation.get_language() or "en",
            study_title=said.short_title or said.title,
            simulated=self.participant.study.simulated is not None,
            blanks=assessment.blank != "not allowed",
            items_on_a_page=Layout.pages_of(assessment),
        )

    @property
    def closed(self) -> str:
        """Why nothing can be answered here now: finished, to come, missed, paper, left; empty where it can."""
        given = self.due.administration
        if self.due.state != "open":
            return self.due.state
        if given is not None and given.consent.ended_at is not None:
            return "left"
        on_paper = self.due.assessment.mode == "paper" or (given is not None and given.mode == "paper")
        return "paper" if on_paper else ""


def queue_key(due: Due) -> str:
    """By what a browser knows the answers it keeps; it tells nothing of whose they are."""
    said = f"{due.participant.pk}/{due.assessment.id}/{due.instrument}/{due.number}"
    return salted_hmac("pilotage.queue", said).hexdigest()[:20]


def due_or_404(participant: Participant, assessment: str, instrument: str, number: int) -> tuple[Due, LoadedProtocol]:
    """What a participant is asked by these names, and the protocol under which; else nothing is found."""
    loaded = protocols.of(participant.study)
    due = queries.one_due(participant, loaded, assessment, instrument, number)
    if due is None:
        raise Http404
    begun = due.administration
    return due, protocols.of_version_key(begun.version_id) if begun else loaded
