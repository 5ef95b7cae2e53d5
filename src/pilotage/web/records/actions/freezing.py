"""The data are frozen for analysis, taken out, and where the consent text says so, someone is removed from them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from pilotage.vocabulary import AuditAction
from pilotage.web.records import archives, audit, extract, protocols
from pilotage.web.records.frozen_codes import fresh_codes
from pilotage.web.records.models import AnalysisRun, Freeze, FrozenCode, Participant, PlanLock, Release, Study, User
from pilotage.web.records.queries.freezes import outcomes_collected
from pilotage.web.records.refused import ActionRefused

if TYPE_CHECKING:
    import polars as pl

    from pilotage.data.study_data import StudyData


@transaction.atomic
def freeze(by: User, study: Study) -> Freeze:
    """Copy the data as they are now, under codes of its own; a copy with outcomes needs the plan locked first."""
    version = protocols.in_force(Study.objects.select_for_update().get(pk=study.pk))
    if version is None:
        raise ActionRefused(_("The study is not open yet, so there are no data to freeze."))
    with_outcomes = outcomes_collected(study)
    if with_outcomes and not PlanLock.objects.filter(study=study).exists():
        raise ActionRefused(_("These data contain outcomes. Lock the analysis plan first, then freeze the data."))
    codes = fresh_codes(study, extract.consenting(study).values_list("pk", flat=True))
    if not codes:
        raise ActionRefused(_("Nobody has given their consent yet, so there are no data to freeze."))
    data = extract.study_data(study, codes)
    frozen = Freeze.objects.create(
        study=study,
        number=1 + (study.freezes.aggregate(last=models.Max("number"))["last"] or 0),
        version=version,
        fingerprint=data.fingerprint,
        package=archives.pack(data, version),
        people=data.participants.height,
        with_outcomes=with_outcomes,
        by=by,
    )
    FrozenCode.objects.bulk_create(FrozenCode(freeze=frozen, participant_id=p, code=c) for p, c in codes.items())
    after = {"number": frozen.number, "people": frozen.people, "fingerprint": frozen.fingerprint}
    audit.record(by, AuditAction.DATA_FROZEN, frozen, study=study, after=after | {"with outcomes": with_outcomes})
    return frozen


@transaction.atomic
def note_export(by: User, row: Freeze | AnalysisRun, what: str) -> None:
    """Note that somebody takes something out: the log, and later reports, say who and what."""
    study = row.study if isinstance(row, Freeze) else row.freeze.study
    audit.record(by, AuditAction.DATA_EXPORTED, row, study=study, after={"what": what})


@transaction.atomic
def note_reading(by: User, release: Release, what: str) -> None:
    """Note that a teacher or coordinator opens the released report: later reports say who saw results, and when."""
    audit.record(by, AuditAction.RELEASED_REPORT_READ, release, study=release.run.freeze.study, after={"what": what})


@transaction.atomic
def remove_from_freezes(by: audit.By, participant: Participant) -> int:
    """Take someone out of every frozen copy, where the protocol says that erasing reaches so far.

    Results of single people that were made from those copies go too; aggregate reports stay, for they were given out.

    Returns
    -------
    int
        From how many copies they were taken out; none where the protocol keeps frozen copies as they are.
    """
    if protocols.of(participant.study).protocol.consent.withdrawal.frozen != "removed":
        return 0
    places = FrozenCode.objects.filter(participant=participant).select_related("freeze__version", "freeze__study")
    for place in places:
        _remove(by, place)
    return len(places)


def _remove(by: audit.By, place: FrozenCode) -> None:
    frozen = place.freeze
    data = _without(archives.data_of(frozen), place.code)
    before = {"fingerprint": frozen.fingerprint}
    frozen.fingerprint, frozen.people = data.fingerprint, data.participants.height
    frozen.package = archives.pack(data, frozen.version)
    frozen.save(update_fields=["fingerprint", "people", "package"])
    gone = _(
        "Someone's data were erased after this analysis, and its results for single people as well. "
        "Run the analysis again."
    )
    frozen.runs.filter(edition="analyst", state="done").update(state="failed", package=None, trouble=gone)
    place.delete()
    # Nothing here says who: the log of the erasure itself does, until the person's key is destroyed.
    audit.record(
        by, AuditAction.SOMEONE_REMOVED_FROM_FROZEN_DATA, frozen, study=frozen.study, before=before,
        after={"fingerprint": frozen.fingerprint},
    )  # fmt: skip


def _without(data: StudyData, code: str) -> StudyData:
    """Remove a person from the data; that somebody consented and left stays countable, as it does in new copies."""
    import polars as pl

    kept: dict[str, Any] = {
        table.name: frame.filter(pl.col("participant").ne_missing(code))
        for table, frame in data.tables()
        if "participant" in frame.columns and table.name != "flow"
    }
    return replace(data, **kept, flow=_erased(data.flow, code))


def _erased(flow: pl.DataFrame, code: str) -> pl.DataFrame:
    import polars as pl

    stays = {"participant", "consented_on", "consent_version", "study_left_on"}
    theirs = pl.col("participant") == code
    gone = [pl.when(~theirs).then(pl.col(name)).alias(name) for name in flow.columns if name not in stays]
    kept = pl.when(theirs).then(pl.lit(value=False)).otherwise(pl.col("answers_kept")).alias("answers_kept")
    return flow.with_columns(gone).with_columns(kept)
