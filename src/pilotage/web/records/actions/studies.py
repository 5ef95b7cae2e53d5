"""A study comes to the server, is opened for enrolment, and is amended."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pilotage.protocol.load import LoadedProtocol
from pilotage.protocol.words import file_in, say
from pilotage.vocabulary import AuditAction
from pilotage.web.records import audit, protocols
from pilotage.web.records.models import Centre, ConsentText, ProtocolVersion, Study, User
from pilotage.web.records.queries.studies import standing_between
from pilotage.web.records.refused import ActionRefused
from pilotage.web.records.reserved_slugs import reserved_slugs


@transaction.atomic
def register(key: str, folder: str, loaded: LoadedProtocol, simulated: Mapping[str, Any] | None = None) -> Study:
    """Add a study whose folder was found, with its centres; one that is known already does not change."""
    if key in reserved_slugs():
        raise ActionRefused(
            _("A study cannot have the id '{key}': the server uses it as an address. Choose another id.").format(
                key=key
            )
        )
    study, new = Study.objects.get_or_create(key=key, defaults={"folder": folder, "simulated": simulated})
    if new:
        audit.record(
            audit.SERVER, AuditAction.STUDY_REGISTERED, study, study=study, after={"key": key, "folder": folder}
        )
    for centre in loaded.protocol.study.centres:
        name = centre.name if isinstance(centre.name, str) else centre.id
        Centre.objects.get_or_create(study=study, key=centre.id, defaults={"name": name})
    return study


@transaction.atomic
def open_for_enrolment(study: Study, by: audit.By) -> ProtocolVersion:
    """Fix the draft as the first version: from now on people can be asked, and it changes by amendment only."""
    if protocols.in_force(study):
        raise ActionRefused(_("The study is already open. To change its protocol, make an amendment."))
    _refuse_unready(study, by)
    return _fix(study, protocols.draft(study), by, reason="", number=1)


@transaction.atomic
def amend(study: Study, by: audit.By, reason: str) -> ProtocolVersion:
    """Fix the draft as a new version, with the reason; what was asked before stays under the version before."""
    current, loaded = protocols.in_force(study), protocols.draft(study)
    if current is None:
        raise ActionRefused(_("The study is not open yet. Change its protocol file, then open enrolment."))
    if current.fingerprint == loaded.fingerprint:
        raise ActionRefused(_("The protocol file is the same as the current version. There is nothing to amend."))
    if not reason.strip():
        raise ActionRefused(_("Enter the reason for the amendment."))
    _refuse_unready(study, by)
    return _fix(study, loaded, by, reason=reason, number=current.number + 1)


def _refuse_unready(study: Study, by: audit.By) -> None:
    """Refuse a person to open what is not complete; the server itself opens what it rehearses."""
    missing = standing_between(study) if isinstance(by, User) else []
    if missing:
        raise ActionRefused(
            " ".join([missing[0].what, _("In all {number} things are missing.").format(number=len(missing))])
        )


def _fix(study: Study, loaded: LoadedProtocol, by: audit.By, *, reason: str, number: int) -> ProtocolVersion:
    version = ProtocolVersion.objects.create(
        study=study,
        number=number,
        label=loaded.protocol.version,
        fingerprint=loaded.fingerprint,
        files=protocols.files(loaded),
        reason=reason,
        by=by if isinstance(by, User) else None,
    )
    _keep_consent_texts(study, loaded)
    details = {"number": number, "fingerprint": loaded.fingerprint}
    what = AuditAction.PROTOCOL_AMENDED if number > 1 else AuditAction.STUDY_OPENED_FOR_ENROLMENT
    audit.record(by, what, version, study=study, after=details, reason=reason)
    return version


def _keep_consent_texts(study: Study, loaded: LoadedProtocol) -> None:
    """Keep each version's words as the folder has them; words that people may have agreed to never change."""
    for version in loaded.protocol.consent.versions:
        for language in loaded.protocol.study.languages:
            file = loaded.folder / file_in(version.text, language)
            if not file.is_file():
                continue
            text = file.read_text(encoding="utf-8")
            statements = [
                {"id": s.id, "text": say(s.text, language), "required": s.required} for s in version.statements
            ]
            fingerprint = hashlib.sha256(f"{text}{statements}".encode()).hexdigest()
            kept, _made = ConsentText.objects.get_or_create(
                study=study,
                version=version.id,
                language=language,
                defaults={"text": text, "statements": statements, "fingerprint": fingerprint},
            )
            if kept.fingerprint != fingerprint:
                words = _(
                    "The consent text {file} changed, but people may have agreed to {version} as it was. "
                    "Give the new words a version of their own in the protocol."
                )
                raise ActionRefused(words.format(file=file.name, version=version.id))
