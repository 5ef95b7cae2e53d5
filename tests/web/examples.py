"""An example of every argument of an address, from the cast."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pilotage.instruments.wording import Wording
from pilotage.web.records import actions, queries
from pilotage.web.records.models import AdverseEvent, Participant, Recording, WordingText
from tests.web.cast import Cast
from tests.web.researcher.filled import a_released_run, commented

_ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)")


# Setting up a second step is over for whoever has one, and its codes are shown once.
SECOND_STEPS = (
    *("mfa_activate_totp", "mfa_deactivate_totp"),
    *("mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes"),
)
# Of these the cast has none: nothing was given out, finished or may be heard, and no colleague is asked.
NOT_YET = (
    *("participant:material", "participant:hear", "participant:certificate"),
    "data-entry:correct",
    *("participant:ask-a-colleague", "participant:colleague-form", "participant:colleague-ask"),
)


@dataclass(frozen=True)
class Examples:
    """Values by the name of the argument."""

    values: dict[str, str]
    # They answer 'not found' to those they are for while there is none of what they show.
    found_only_when_there_is_one: frozenset[str]
    of_a_person: frozenset[str]

    def __contains__(self, argument: str) -> bool:
        return argument in self.values

    def address(self, route: str) -> str:
        """The address with its arguments filled in."""
        filled = _ARGUMENT.sub(lambda match: self.values[match[1] or match[2]], route)
        return "/" + filled.replace("^", "").replace("$", "")

    def about_a_person(self, route: str) -> bool:
        """Whether the address names a person, or something of theirs."""
        return bool({match[1] or match[2] for match in _ARGUMENT.finditer(route)} & self.of_a_person)


def examples(cast: Cast, person: Participant) -> Examples:
    """Examples of the study `calm` and of someone in it."""
    report = _a_report(cast, person)
    values = {
        "study": cast.study.key,
        "code": person.code,
        "assessment": "pre",
        "instrument": "pss-10",
        "number": "1",
        "token": "no-such-token",
        "uidb36": "1",
        "key": "no-such-key",
        "day": queries.day_of(cast.study).isoformat(),
        "report": str(report.pk),
        "comment": str(commented(cast, person).pk),
        "run": str(a_released_run(cast).pk),
        "name": "word",
    }
    values |= {
        "group": cast.cohort.key,
        "session": str(cast.cohort.sessions.get(number=1).pk),
        "material": "workbook",
        "recording": str(_a_recording(cast).pk),
        "user": str(cast.administrator.pk),
        "role": str(cast.administrator.roles.get().pk),
        "row": str(_a_wording(cast).pk),
        "language": "en",
    }
    only_asked_for = frozenset({"researcher:analyse", *SECOND_STEPS, *NOT_YET})
    return Examples(values, only_asked_for, frozenset({"code", "report"}))


def _a_recording(cast: Cast) -> Recording:
    session = cast.cohort.sessions.get(number=1)
    sound = {"content": b"RIFF....WAVE", "content_type": "audio/wav"}
    return Recording.objects.create(session=session, title="Pause", uploaded_by=cast.staff["teacher"], **sound)


def _a_wording(cast: Cast) -> WordingText:
    said = {"instrument": "pss-10", "language": "en", "source": "ours", "instructions": "none"}
    said |= {"anchors": {code: f"word {code}" for code in range(5)}}
    said |= {"items": {number: f"Sentence {number}." for number in range(1, 11)}}
    content = Wording.model_validate(said).model_dump(mode="json")
    return WordingText.objects.create(
        study=cast.study, instrument="pss-10", language="en", content=content, fingerprint="none"
    )


def _a_report(cast: Cast, person: Participant) -> AdverseEvent:
    """Told by the person, and opened by one of those they let know."""
    may_know = ["coordinator", "safety-contact"]
    report = actions.report_event(person, person, source="participant", description="a fright", may_know=may_know)
    actions.open_report(cast.staff["coordinator"], report)
    return report
