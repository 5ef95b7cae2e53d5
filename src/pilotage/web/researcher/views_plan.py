"""The analysis plan: read, locked, and what became of it afterwards."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pilotage.web.accounts.access import staff
from pilotage.web.pages.perform import perform
from pilotage.web.pages.protocol_words import in_page_language, named
from pilotage.web.records import actions, protocols, queries
from pilotage.web.records.models import Study
from pilotage.web.records.plan_changes import plan_changes
from pilotage.web.researcher.access import of_the_whole_study
from pilotage.web.researcher.labels import PRESETS, scale_name


@staff("researcher")
@require_http_methods(["GET", "HEAD", "POST"])
@of_the_whole_study
def plan(request: Any, study: Study) -> HttpResponse:
    """Show the analysis plan, to lock; and once it is locked, what became of it."""
    if request.method == "POST":
        success = _("The plan is locked. The report lists every later change.")
        perform(request, lambda: actions.lock_plan(request.user, study), success)
        return redirect("researcher:plan", study=study.key)
    loaded = protocols.of(study)
    analysis = loaded.protocol.analysis
    groups = [
        (_("Main outcomes"), analysis.outcomes.main),
        (_("Secondary outcomes"), analysis.outcomes.secondary),
        (_("Only if reliable"), analysis.outcomes.if_reliable),
    ]
    context = {
        "version": protocols.in_force(study),
        "lock": queries.plan_lock(study),
        "changes": plan_changes(study),
        "when": analysis.locked if isinstance(analysis.locked, str) else "",
        "groups": [
            (words, [(outcome, scale_name(outcome.scale, loaded)) for outcome in outcomes])
            for words, outcomes in groups
        ],
        "comparisons": [
            (
                in_page_language(comparison.label),
                [named(loaded.protocol.assessment(name)) for name in comparison.assessments],
            )
            for comparison in analysis.comparisons
        ],
        "presets": [PRESETS[preset] for preset in analysis.presets],
    }
    return render(request, "researcher/plan.html", context)
