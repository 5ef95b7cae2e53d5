"""What a browser sent: by a form's button, or by the page's script."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest

from pilotage.web.participant.ask_page import page_of
from pilotage.web.participant.asking import Asking
from pilotage.web.records.actions.answers import Sent

_MOST_AT_ONCE = 500


def by_form(request: HttpRequest, asking: Asking) -> list[Sent]:
    """The answers in a form; of a field that was left empty nothing is said, unless it held something before."""
    sent: list[Sent] = []
    for item in asking.sheet.items:
        values = request.POST.getlist(f"answer-{item.id}")
        blank_on_purpose = values == [""] and item.kind in ("options", "scale")
        said = " ".join(values) if item.kind == "choices" else "".join(values[:1])
        cleared = not said.strip() and asking.answers.get(item.id) and _ondrawn(request, asking, item.number)
        if said.strip() or blank_on_purpose or (cleared and item.kind not in ("options", "scale")):
            sent.append(Sent(item.id, said or None))
    return sent


def _ondrawn(request: HttpRequest, asking: Asking, number: int) -> bool:
    return page_of(number, asking.layout) == page_number(request.POST.get("page"))


def by_script(body: bytes) -> list[Sent] | None:
    """The answers in a request of the script; None where it is none that we send."""
    try:
        said = json.loads(body)
        device, answers = said["device"], said["answers"]
        sent = [Sent(one["item"], one["value"], device, one["sequence"]) for one in answers[:_MOST_AT_ONCE]]
    except (ValueError, TypeError, KeyError):
        return None
    sound = isinstance(device, str) and 0 < len(device) <= 40 and all(_sound(one) for one in sent)
    return sent if sound and sent else None


def _sound(one: Sent) -> bool:
    value = one.value is None or (isinstance(one.value, str) and "\x00" not in one.value)
    counted = type(one.sequence) is int and 0 <= one.sequence < 2**53
    return isinstance(one.item, str) and value and counted


def page_number(said: Any) -> int:
    """A page's number as an address or a form says it; the first where that is none."""
    return max(int(said), 1) if isinstance(said, str) and said.isdecimal() and len(said) < 6 else 1
