"""A questionnaire as a paper form."""

from __future__ import annotations

from pilotage.instruments.questionnaire import Questionnaire
from pilotage.report.documents.paper_forms.sheet import Grid, GridItem, Sheet
from pilotage.report.documents.paper_forms.words import words


def sheet_of_questionnaire(shown: Questionnaire) -> Sheet:
    """Return the questionnaire as the parts of a paper form; the key has no place in them."""
    # Nothing of the scoring key is passed on: a form that shows it would steer the answers.
    phrases = words(shown.language)
    return Sheet(
        name=shown.instrument,
        version=shown.version,
        language=shown.language,
        title=shown.title,
        instructions=shown.instructions,
        body=Grid(
            shown.codes, shown.anchors, tuple(GridItem(item.number, item.text, item.note) for item in shown.items)
        ),
        notice=phrases["no words"].format(file=shown.missing_file) if shown.missing_file else "",
        fingerprint=(shown.fingerprint or "")[:12],
    )
