"""What every page's frame needs: the study's name, whether it is simulated, where one can go."""

from __future__ import annotations

from typing import Any

from pilotage.web.accounts.navigation import navigation
from pilotage.web.records import queries
from pilotage.web.records.models import Study


def page(request: Any) -> dict[str, Any]:
    """Return the context of every page's frame."""
    study: Study | None = getattr(request, "study", None)
    participant = getattr(request, "participant", None)
    if study is None and participant is not None:
        study = participant.study
    if study is None:
        return {"study_title": "Pilotage", "simulated": False, "navigation": navigation(request, None)}
    return {
        "study": study,
        "study_title": queries.title_of(study),
        "simulated": study.simulated is not None,
        "navigation": navigation(request, study),
    }
