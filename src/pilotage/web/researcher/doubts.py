"""What to look at before data are frozen, in sentences: it may be right, and nobody can tell but the study team."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from pilotage.analysis.analysis_input import AnalysisInput


def of_data(study: AnalysisInput) -> Iterator[str]:
    """Say which questions nobody answered, and which criteria cannot be judged."""
    from pilotage.analysis.plausibility import criteria_not_judged, empty_questions

    for question in empty_questions(study):
        sentence = _("%(assessment)s, %(questionnaire)s: none of %(forms)s forms has an answer to “%(item)s”.")
        yield sentence % {
            "assessment": question.assessment,
            "questionnaire": question.instrument,
            "forms": question.forms,
            "item": question.item,
        }
    for indicator in criteria_not_judged(study):
        yield _("The criterion for “%(indicator)s” cannot be judged: %(reason)s.") % {
            "indicator": indicator.label,
            "reason": indicator.not_collected,
        }


def of_reports(unopened: int, not_judged: int) -> Iterator[str]:
    """Say how many safety reports were not opened, and how many lack a judgement."""
    if unopened:
        sentence = ngettext(
            "%(n)s safety report has not been opened.", "%(n)s safety reports have not been opened.", unopened
        )
        yield sentence % {"n": unopened}
    if not_judged:
        sentence = ngettext(
            "%(n)s safety report was opened but has not been judged completely.",
            "%(n)s safety reports were opened but have not been judged completely.",
            not_judged,
        )
        yield sentence % {"n": not_judged}
