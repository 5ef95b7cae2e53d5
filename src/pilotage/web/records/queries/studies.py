"""What a study is called, which of them the folder holds, and what stands between one and enrolment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from pilotage.problems import Problem, ProblemsFound
from pilotage.protocol.load import FILE, LoadedProtocol, load
from pilotage.protocol.ready import missing_for_enrolment
from pilotage.web.languages import language_name
from pilotage.web.records import protocols
from pilotage.web.records.models import ProtocolVersion, RoleHeld, Study
from pilotage.web.records.queries.wordings import wording_states


def title_of(study: Study) -> str:
    """Return the study's short title; its key while its protocol cannot be read."""
    try:
        value = protocols.of(study).protocol.study
    except ProblemsFound:
        return study.key
    return value.short_title or value.title


def versions_of(study: Study) -> QuerySet[ProtocolVersion]:
    """Return the versions of a study's protocol, the newest first, without their files."""
    return study.versions.defer("files").select_related("by").order_by("-number")


@dataclass(frozen=True)
class InFolder:
    """A study as the server's folder has it: what is wrong with it, and whether it was taken in."""

    folder: str
    loaded: LoadedProtocol | None
    problems: tuple[Problem, ...]
    study: Study | None


def studies_in_folder() -> list[InFolder]:
    """List the study of the server's folder, or those of its subfolders, sound or not."""
    here = Path(settings.ENVIRONMENT.folder)
    places = [here] if (here / FILE).is_file() else sorted(file.parent for file in here.glob(f"*/{FILE}"))
    return [_in_folder(place, here) for place in places]


def _in_folder(place: Path, here: Path) -> InFolder:
    folder = str(place.relative_to(here))
    study = Study.objects.filter(folder=folder).first()
    try:
        return InFolder(folder, load(place), (), study)
    except ProblemsFound as error:
        return InFolder(folder, None, error.problems, study)


@dataclass(frozen=True)
class Missing:
    """One thing that stands between a study and enrolment, and what to do about it."""

    what: str
    do: str


def standing_between(study: Study) -> list[Missing]:
    """Return everything that stands between the study's draft and its being opened or amended."""
    try:
        loaded = protocols.draft(study)
    except ProblemsFound as error:
        return [Missing(problem.message, problem.remedy) for problem in error.problems]
    results = [Missing(problem.message, problem.remedy) for problem in missing_for_enrolment(loaded)]
    return [*results, *_wordings(study, loaded), *_people(study, loaded)]


def _wordings(study: Study, loaded: LoadedProtocol) -> Iterator[Missing]:
    for state in wording_states(study, loaded):
        which = {"instrument": state.name, "language": language_name(state.language)}
        if state.settled:
            continue
        if state.waiting:
            what = _("The text of {instrument} ({language}) waits for a second person.")
            yield Missing(what.format(**which), _("Somebody who did not import it compares the text and signs it off."))
        else:
            what = _("The text of {instrument} ({language}) is missing.")
            yield Missing(what.format(**which), _("Import it, or choose to ask without texts."))


def _people(study: Study, loaded: LoadedProtocol) -> Iterator[Missing]:
    held = set(RoleHeld.objects.filter(study=study, until=None, user__is_active=True).values_list("role", flat=True))
    give = _("Ask an administrator of the server to assign this role.")
    if "coordinator" not in held:
        yield Missing(_("The study has no coordinator yet."), give)
    if loaded.protocol.safety is not None and "safety-contact" not in held:
        yield Missing(_("The study has no safety contact yet."), give)
