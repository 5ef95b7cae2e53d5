"""Comments are read: what identifies is taken out, and readers give codes."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pilotage.vocabulary import AuditAction
from pilotage.web.records import audit, protocols
from pilotage.web.records.models import Comment, CommentReading, User
from pilotage.web.records.queries.comments import codes_of
from pilotage.web.records.refused import ActionRefused


@transaction.atomic
def redact_comment(by: User, comment: Comment, redacted: str) -> None:
    """Save the words with what identifies taken out: from now on they may leave with the data."""
    if not redacted.strip():
        raise ActionRefused(_("The redacted text is empty. Enter at least a mark for what was here, such as [...]."))
    before = comment.redacted
    comment.redacted, comment.redacted_at, comment.redacted_by = redacted.strip(), timezone.now(), by
    comment.save(update_fields=["redacted", "redacted_at", "redacted_by"])
    about = comment.administration.participant
    audit.record(
        by,
        AuditAction.COMMENT_REDACTED,
        comment,
        about=about,
        before={"redacted": before},
        after={"redacted": comment.redacted},
    )


@transaction.atomic
def code_comment(by: User, comment: Comment, codes: Sequence[str]) -> CommentReading:
    """Save one reader's codes of a comment; who thinks again changes their own, and the log keeps both."""
    allowed = codes_of(protocols.of(comment.administration.participant.study), *_item(comment))
    if unknown := [code for code in codes if code not in allowed]:
        raise ActionRefused(_("There is no code %(code)s for this question.") % {"code": unknown[0]})
    before = CommentReading.objects.filter(comment=comment, reader=by).values_list("codes", flat=True).first()
    by_key = {"codes": [code for code in allowed if code in codes], "at": timezone.now()}
    reading, _made = CommentReading.objects.update_or_create(comment=comment, reader=by, defaults=by_key)
    about = comment.administration.participant
    audit.record(
        by, AuditAction.COMMENT_CODED, reading, about=about, before={"codes": before}, after={"codes": reading.codes}
    )  # fmt: skip
    return reading


def _item(comment: Comment) -> tuple[str, str]:
    return comment.administration.instrument, comment.item
