"""People's own words: read without knowing whose they are, redacted, and given codes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pilotage.web.accounts.access import staff
from pilotage.web.pages.perform import perform_form
from pilotage.web.records import actions, queries
from pilotage.web.records.models import Comment, Study, User
from pilotage.web.researcher.access import of_the_whole_study
from pilotage.web.researcher.forms_comments import ReadingForm


@staff("researcher")
@require_safe
@of_the_whole_study
def comments(request: Any, study: Study) -> HttpResponse:
    """Show every comment, those to be read first, with how far two readers agree."""
    language, reader = str(get_language()), request.user
    rows = [
        (
            comment,
            queries.question_of(study, comment, language),
            queries.waits_for(study, comment, reader),
            queries.number_of_readers(comment),
        )
        for comment in queries.comments_of(study)
    ]
    rows.sort(key=lambda row: not row[2])
    context = {
        "rows": rows,
        "agreement": queries.agreement(study, language),
        "first": next((comment for comment, _question, waits, _readers in rows if waits), None),
    }
    return render(request, "researcher/comments.html", context)


@staff("researcher")
@require_http_methods(["GET", "HEAD", "POST"])
@of_the_whole_study
def comment(request: Any, study: Study, comment: int) -> HttpResponse:
    """Show one comment as it was written, beside its redacted text."""
    row = get_object_or_404(queries.comments_of(study), pk=comment)
    question = queries.question_of(study, row, str(get_language()))
    initial = {
        "redacted": row.redacted if row.redacted is not None else row.text,
        "codes": queries.codes_given(row, request.user),
    }
    form = ReadingForm(request.POST or None, question=question, initial=initial)
    if perform_form(form, lambda: _keep(request.user, row, form)):
        messages.success(request, _("Saved. The redacted text is part of the next frozen copy."))
        following = _next(study, row, request.user)
        if following is None:
            return redirect("researcher:comments", study=study.key)
        return redirect("researcher:comment", study=study.key, comment=following.pk)
    return render(request, "researcher/comment.html", {"comment": row, "question": question, "form": form})


def _keep(by: User, comment: Comment, form: ReadingForm) -> None:
    values = form.cleaned_data
    if values["redacted"].strip() != comment.redacted:
        actions.redact_comment(by, comment, values["redacted"])
    if "codes" in values:
        actions.code_comment(by, comment, values["codes"])


def _next(study: Study, after: Comment, reader: User) -> Comment | None:
    """Return the next comment that waits for this reader."""
    others = (comment for comment in queries.comments_of(study) if comment.pk != after.pk)
    return next((comment for comment in others if queries.waits_for(study, comment, reader)), None)
