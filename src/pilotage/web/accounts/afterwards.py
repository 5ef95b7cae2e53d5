"""What is done once a page has been answered, so that the answer's time tells nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

log = logging.getLogger(__name__)
Next = Callable[[HttpRequest], HttpResponse]


def afterwards(request: Any, do: Callable[[], Any]) -> None:
    """Do this when the response to this request has been sent."""
    request.afterwards = [*getattr(request, "afterwards", ()), do]


class AfterwardsMiddleware:
    """Hands what is to be done to the response, which the server closes when it is sent."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        """Answer a request."""
        response = self.get_response(request)
        closers = [_quietly(do) for do in getattr(request, "afterwards", ())]
        response._resource_closers += closers  # type: ignore[attr-defined]  # what close() calls, once it is sent
        return response


def _quietly(do: Callable[[], Any]) -> Callable[[], None]:
    def closer() -> None:
        try:
            do()
        except Exception:  # nobody waits for it any more
            log.exception("Something to be done after a page was answered failed.")

    return closer
