"""What a study is called, and what stands between it and enrolment."""

from __future__ import annotations

from pilotage.problems import ProblemsFound
from pilotage.web.records import protocols
from pilotage.web.records.models import Study


def title_of(study: Study) -> str:
    """The study's short title; its key while its protocol cannot be read."""
    try:
        said = protocols.of(study).protocol.study
    except ProblemsFound:
        return study.key
    return said.short_title or said.title
