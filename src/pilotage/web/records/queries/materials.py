"""Materials: which a group was given, in whose language, and where their files lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pilotage.protocol.programme import Material
from pilotage.protocol.words import file_in
from pilotage.web.records import protocols
from pilotage.web.records.models import Cohort, MaterialReleased, Participant, Session, Study
from pilotage.web.records.queries.delivery import sessions_followed_by

_TO_READ = (".pdf", ".txt", ".md", ".epub", ".odt", ".docx", ".pptx", ".png", ".jpg", ".jpeg", ".zip")
_TO_HEAR_OR_SEE = (".mp3", ".m4a", ".aac", ".ogg", ".opus", ".wav", ".flac", ".mp4", ".webm")
GIVEN_OUT = frozenset((*_TO_READ, *_TO_HEAR_OR_SEE))
"""Kinds of file that are handed to people; a study's folder holds others that never are."""


@dataclass(frozen=True)
class ReleasedMaterial:
    """A material that a group has, with the session it came with."""

    material: Material
    session: int
    file: Path | None
    """None where it has no file, or the file is not in the study's folder."""

    @property
    def missing(self) -> bool:
        """Whether a file is promised that is not there."""
        return self.material.file is not None and self.file is None

    @property
    def licence(self) -> str:
        """On what terms it may be used; empty where nobody knows."""
        return self.material.licence if isinstance(self.material.licence, str) else ""


def materials_of(participant: Participant, language: str) -> list[ReleasedMaterial]:
    """Return what someone on the course was given so far; their own language first, then by session."""
    session = sessions_followed_by(participant).first()
    return [] if session is None else given_to(session.cohort, language)


def given_to(cohort: Cohort, language: str) -> list[ReleasedMaterial]:
    """Return what a group was given so far, each once, with the latest session it came with."""
    rows = MaterialReleased.objects.filter(cohort=cohort).order_by("session")
    latest = {row.material: row.session for row in rows}
    known = {material.id: material for material in _materials(cohort.study)}
    results = [
        ReleasedMaterial(known[key], session, file_of(cohort.study, known[key], language))
        for key, session in latest.items()
        if key in known
    ]
    return sorted(results, key=lambda row: (row.material.language != language, row.session, row.material.title))


def materials_with(session: Session) -> list[tuple[Material, bool]]:
    """Return what comes with a session, and whether the group was given it."""
    rows = set(session.cohort.materials.filter(session=session.number).values_list("material", flat=True))
    return [
        (material, material.id in rows)
        for material in _materials(session.cohort.study)
        if material.id in rows or material.released in (session.number, "each session")
    ]


def file_of(study: Study, material: Material, language: str) -> Path | None:
    """Return where a material lies in a language, or in another of the study's; within the study's folder alone."""
    if material.file is None:
        return None
    languages = dict.fromkeys((language, material.language, *protocols.of(study).protocol.study.languages))
    places = (_within(study, file_in(material.file, key)) for key in languages)
    return next((place for place in places if place is not None), None)


def _within(study: Study, place: str) -> Path | None:
    """Return a file that may be handed out: inside the folder after following links, not hidden, for people."""
    folder = protocols.folder(study).resolve()
    file = (folder / place).resolve()
    if not file.is_relative_to(folder) or file.suffix.lower() not in GIVEN_OUT or not file.is_file():
        return None
    hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
    return None if hidden else file


def _materials(study: Study) -> Sequence[Material]:
    programme = protocols.of(study).protocol.programme
    return programme.materials if programme else ()
