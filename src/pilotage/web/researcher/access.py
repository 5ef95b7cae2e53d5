"""Frozen data are of the whole study, so they are for researchers of every centre."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse

from pilotage.web.records import queries
from pilotage.web.records.models import Study

View = Callable[..., HttpResponse]


def of_the_whole_study(view: View) -> View:
    """Open a view to researchers of every centre; one of some centres sees no other centre's data."""

    @wraps(view)
    def for_the_whole_study(request: Any, study: Study, **kwargs: Any) -> HttpResponse:
        if not queries.sees_all_data(request.user, study):
            raise Http404
        return view(request, study, **kwargs)

    return for_the_whole_study
