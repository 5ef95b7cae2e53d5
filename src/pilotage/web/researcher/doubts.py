"""What to look at before data are frozen, in sentences: it may be right, and nobody can tell but the study team."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from pilotage.instruments.definition import Instrument
from pilotage.protocol.load import LoadedProtocol
from pilotage.web.pages.protocol_words import in_page_language, named, questionnaire_name
from pilotage.web.records import items

if TYPE_CHECKING:
    from pilotage.analysis.analysis_input import AnalysisInput
    from pilotage.analysis.plausibility import EmptyQuestion


def of_data(study: AnalysisInput) -> Iterator[str]:
    """Say which questions nobody answered, and which criteria cannot be judged."""
    from pilotage.analysis.plausibility import criteria_not_judged, empty_questions

    for empty in empty_questions(study):
        sentence = _("%(where)s: none of %(forms)s forms has an answer to “%(question)s”.")
        where, question = _in_words(study.loaded, empty)
        yield sentence % {"where": where, "forms": empty.forms, "question": question}
    for indicator in criteria_not_judged(study):
        yield _("The criterion for “%(indicator)s” cannot be judged: %(reason)s.") % {
            "indicator": in_page_language(indicator.label),
            "reason": indicator.not_collected,
        }


def _in_words(loaded: LoadedProtocol, empty: EmptyQuestion) -> tuple[str, str]:
    """Return where a question was asked, and the question; by their ids where an amendment took them out."""
    try:
        assessment, of = loaded.protocol.assessment(empty.assessment), items.source(loaded, empty.instrument)
        where = f"{named(assessment)}, {questionnaire_name(loaded, empty.instrument, get_language() or 'en')}"
        if isinstance(of, Instrument):
            return where, _("Item %(number)s") % {"number": empty.item}
        return where, in_page_language(of.item(empty.item).ask)
    except KeyError:
        return f"{empty.assessment}, {empty.instrument}", empty.item


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
