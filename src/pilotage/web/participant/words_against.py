"""Why an answer could not be kept, in the person's language."""

from __future__ import annotations

from django.utils.translation import gettext as _

from pilotage.web.pages.questionnaire import Asked
from pilotage.web.records.items import LONGEST_COMMENT


def words_against(item: Asked) -> str:
    """What to do about an answer that this item does not take."""
    match item.kind:
        case "number":
            return _number(item)
        case "date":
            return _("Give a day, such as 2026-03-02.") if not (item.lowest or item.highest) else _day(item)
        case "text":
            return _("Write no more than %(most)d letters.") % {"most": LONGEST_COMMENT}
    return _("Choose one of the answers.")


def _number(item: Asked) -> str:
    kind = _("Write a whole number in figures.") if item.whole else _("Write a number in figures.")
    if item.lowest and item.highest:
        between = _("It lies between %(low)s and %(high)s %(unit)s.")
        return f"{kind} {between % {'low': item.lowest, 'high': item.highest, 'unit': item.unit}}"
    if item.lowest:
        return f"{kind} {_('It is %(low)s %(unit)s or more.') % {'low': item.lowest, 'unit': item.unit}}"
    if item.highest:
        return f"{kind} {_('It is %(high)s %(unit)s or less.') % {'high': item.highest, 'unit': item.unit}}"
    return kind


def _day(item: Asked) -> str:
    if item.lowest and item.highest:
        return _("Give a day from %(first)s to %(last)s.") % {"first": item.lowest, "last": item.highest}
    if item.lowest:
        return _("Give a day from %(first)s on.") % {"first": item.lowest}
    return _("Give a day no later than %(last)s.") % {"last": item.highest}
