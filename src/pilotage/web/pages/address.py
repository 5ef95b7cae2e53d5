"""The page on which someone sees and changes the private address of their calendar."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

from pilotage.web.records import actions, queries
from pilotage.web.records.models import Participant, User

JUST_MADE = "calendar-address"


def make_address(request: Any, owner: Participant | User) -> None:
    """Make a new address or end the one there is, as the button says; a new one is shown once, on the next page."""
    if request.POST.get("do") == "end":
        actions.end_calendar_address(owner)
        return
    token = actions.make_calendar_address(owner)
    request.session[JUST_MADE] = f"{settings.ENVIRONMENT.address}{reverse('calendar-feed', args=[token])}"


def address_page(request: Any, owner: Participant | User) -> dict[str, Any]:
    """Return what the page says: the address if it was just made, and since when there is one."""
    address = request.session.pop(JUST_MADE, "")
    webcal = f"webcal:{address.partition(':')[2]}" if address else ""
    return {"address": address, "webcal": webcal, "since": queries.address_since(owner)}
