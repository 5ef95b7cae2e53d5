"""A finished form or questionnaire sets a report going, where the protocol says from which answer or score on."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from pilotage.instruments.definition import Instrument
from pilotage.protocol.load import LoadedProtocol
from pilotage.protocol.safety import Alert, Safety
from pilotage.vocabulary import AuditAction
from pilotage.web.records import audit, items, protocols
from pilotage.web.records.actions.safety import keep_report
from pilotage.web.records.models import Administration, AdverseEvent
from pilotage.web.records.queries.answers import answers_given
from pilotage.web.records.queries.safety_circle import first_handler

_Answers = Mapping[str, str | None]


@transaction.atomic
def raise_from_answers(administration: Administration) -> None:
    """Report what a finished administration says, and raise its alerts; finished twice, it raises them once.

    The weekly question's own words go to whoever handles reports, until the person says who else may know. An alert
    holds the rule that raised it, and never the answer.
    """
    loaded = protocols.of_version(administration.version)
    safety = loaded.protocol.safety
    if safety is None:
        return
    answers = answers_given(administration)
    if _happened(administration, safety, answers):
        _report(administration, loaded, safety, answers)
    for alert in safety.alerts:
        value = _value(loaded, alert, administration.instrument, answers)
        if value is not None and alert.limit.met(value):
            _raise(administration, alert)


def _happened(administration: Administration, safety: Safety, answers: _Answers) -> bool:
    if safety.form != administration.instrument or safety.happened is None:
        return False
    return safety.happened.holds(answers.get(safety.happened.item) or None)


def _report(administration: Administration, loaded: LoadedProtocol, safety: Safety, answers: _Answers) -> None:
    person, of = administration.participant, items.source(loaded, administration.instrument)
    words = items.own_words(of)
    trigger = safety.happened.item if safety.happened else ""
    reported = {item: answers[item] for item in items.item_ids(of) if item != trigger and answers.get(item)}
    keep_report(
        person,
        person,
        source="participant",
        ascertainment="asked",
        description="\n\n".join(str(text) for item, text in reported.items() if item in words),
        answers={item: str(value) for item, value in reported.items() if item not in words},
        may_know=first_handler(person),
        administration=administration,
    )


def _raise(administration: Administration, alert: Alert) -> None:
    person = administration.participant
    details = {"participant": person, "source": "alert rule", "ascertainment": "asked", "may_know": [alert.tells]}
    event, new = AdverseEvent.objects.get_or_create(administration=administration, rule=alert.id, defaults=details)
    if new:
        audit.record(audit.SERVER, AuditAction.ALERT_RAISED, event, about=person, after={"rule": alert.id})


def _value(loaded: LoadedProtocol, alert: Alert, text: str, answers: _Answers) -> float | None:
    """Return the answer or score that an alert is of; None where it is of something else, or blank."""
    name, _, part = alert.of.partition(".")
    if name != text:
        return None
    instrument = loaded.instruments.get(name)
    if instrument is None or part.startswith("item "):
        row = answers.get(part.removeprefix("item "))
        return float(row) if row else None
    return _score(loaded, instrument, part, answers)


def _score(loaded: LoadedProtocol, instrument: Instrument, scale: str, answers: _Answers) -> float | None:
    from pilotage.scoring.one_person import score_one

    results = [answers.get(str(number)) for number in range(1, instrument.items + 1)]
    switches = loaded.protocol.analysis.switches.get(instrument.id)
    return score_one(instrument, scale, [float(row) if row else None for row in results], switches)
