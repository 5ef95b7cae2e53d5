"""Why an answer is refused, in the reader's language."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pilotage.instruments.answer_values import Reason, Refusal
from pilotage.protocol.words import say


def refusal_words(value: str, refusal: Refusal) -> str:
    """Return the sentence that says why an item does not take this value."""
    sentence = {
        Reason.NOT_A_NUMBER: _("‘%(value)s’ is not a number."),
        Reason.NOT_WHOLE: _("‘%(value)s’ is not a whole number."),
        Reason.OUTSIDE: _("‘%(value)s’ is not between %(limit)s and %(highest)s."),
        Reason.BELOW: _("‘%(value)s’ is below %(limit)s, the lowest answer."),
        Reason.ABOVE: _("‘%(value)s’ is above %(limit)s, the highest answer."),
        Reason.NOT_AN_OPTION: _("‘%(value)s’ is not one of the answers: %(limit)s."),
        Reason.NOT_A_DATE: _("‘%(value)s’ is not a date such as 2026-03-02."),
        Reason.BEFORE: _("‘%(value)s’ is before %(limit)s, the first day allowed."),
        Reason.AFTER: _("‘%(value)s’ is after %(limit)s, the last day allowed."),
        Reason.OTHER: _("‘%(value)s’ is not an answer to this item."),
    }[refusal.reason]
    language = get_language() or "en"
    limit, highest = [say(limit, language) for limit in (*refusal.limits, "", "")][:2]  # a limit bears its unit
    return sentence % {"value": value, "limit": limit, "highest": highest}
