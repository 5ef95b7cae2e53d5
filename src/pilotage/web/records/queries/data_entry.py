"""The paper forms that can be keyed, by code alone, and how far each of them is."""

from __future__ import annotations

from dataclasses import dataclass

from pilotage.web.records.models import DataEntryPass, Participant, Study, User
from pilotage.web.records.queries.access import centres_of
from pilotage.web.records.queries.due import Due, asked_of, asked_of_all

ROLE = "data-entry"


@dataclass(frozen=True)
class PaperForm:
    """A form that somebody may have on paper, and who keyed it so far."""

    due: Due
    passes: tuple[DataEntryPass, ...]

    @property
    def code(self) -> str:
        """The participant's code; nobody who keys sees more."""
        return self.due.participant.code

    @property
    def differs(self) -> bool:
        """Whether it was keyed twice and waits to be settled."""
        return len(self.passes) == 2

    def mine(self, user: User) -> bool:
        """Return whether this person keyed it."""
        return any(entry.by_id == user.pk for entry in self.passes)


def paper_forms(user: User, study: Study) -> list[PaperForm]:
    """Return every form that is asked, may be on paper and was not given yet, of the centres that the role reaches."""
    people = Participant.objects.filter(study=study, centre__in=centres_of(user, study, ROLE), erased_at=None)
    passes: dict[tuple[int, str, str, int], list[DataEntryPass]] = {}
    for entry in DataEntryPass.objects.filter(participant__in=people, administration=None).order_by("turn"):
        passes.setdefault((entry.participant_id, *_key(entry)), []).append(entry)
    dues = [due for all_of in asked_of_all(study, people).values() for due in all_of if _on_paper(due)]
    return [PaperForm(due, tuple(passes.get((due.participant.pk, *_of(due)), ()))) for due in dues]


def paper_form(user: User, study: Study, code: str, assessment: str, instrument: str, number: int) -> PaperForm | None:
    """Return one of them, by what stands on the paper; coordinators print them."""
    centres = centres_of(user, study, ROLE, "coordinator")
    person = Participant.objects.filter(study=study, centre__in=centres, code=code, erased_at=None).first()
    if person is None:
        return None
    wanted = (assessment, instrument, number)
    due = next((due for due in asked_of(person) if _of(due) == wanted), None)
    if due is None or not _on_paper(due):
        return None
    key = dict(zip(("assessment", "instrument", "number"), wanted, strict=True))
    return PaperForm(due, tuple(DataEntryPass.objects.filter(participant=person, **key).order_by("turn")))


def _on_paper(due: Due) -> bool:
    may_be = due.assessment.mode != "web" and not due.by_someone_else and not due.any_time
    return may_be and due.state != "to come" and due.administration is None


def _of(due: Due) -> tuple[str, str, int]:
    return due.assessment.id, due.instrument, due.number


def _key(entry: DataEntryPass) -> tuple[str, str, int]:
    return entry.assessment, entry.instrument, entry.number
