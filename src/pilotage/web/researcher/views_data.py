"""The data of a study as a researcher has them: the next step with them, and who did and saw what."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pilotage.web.accounts.access import staff
from pilotage.web.records import extract, protocols, queries
from pilotage.web.records.models import Study
from pilotage.web.researcher.access import of_the_whole_study
from pilotage.web.researcher.labels import conduct_words, role_words


@staff("researcher")
@require_safe
@of_the_whole_study
def data(request: Any, study: Study) -> HttpResponse:
    """Show where the data stand, and the one next step."""
    context = {
        "version": protocols.in_force(study),
        "lock": queries.plan_lock(study),
        "outcomes": queries.outcomes_collected(study),
        "people": extract.number_consenting(study),
        "comments": extract.unread(study),
        "copies": queries.freezes_of(study),
        "release": queries.latest_release(study),
    }
    return render(request, "researcher/data.html", context)


@staff("researcher")
@require_safe
@of_the_whole_study
def conduct(request: Any, study: Study) -> HttpResponse:
    """Show who did and saw what until now, as the next report will tell it."""
    entries = [
        (entry, conduct_words(entry["kind"]), role_words(entry["who"]), role_words(entry["what"]))
        for entry in extract.conduct_of(study)
    ]
    return render(request, "researcher/conduct.html", {"entries": entries})
