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
from pilotage.web.records import actions, queries
from pilotage.web.records.models import Comment, Study
from pilotage.web.records.refused import ActionRefused
from pilotage.web.researcher.forms import ReadingForm
from pilotage.web.researcher.views import of_the_whole_study


@staff("researcher")
@require_safe
@of_the_whole_study
def comments(request: Any, study: Study) -> HttpResponse:
    """Every comment, those to be read first, with how far two readers agree."""
    found, language = list(queries.comments_of(study)), str(get_language())
    rows = [(one, queries.question_of(study, one, language), _waits(study, one, request.user.pk)) for one in found]
    rows.sort(key=lambda row: not row[2])
    context = {
        "rows": rows,
        "agreement": queries.agreement(study, language),
        "first": next((r[0] for r in rows if r[2]), None),
    }
    return render(request, "researcher/comments.html", context)


@staff("researcher")
@require_http_methods(["GET", "HEAD", "POST"])
@of_the_whole_study
def comment(request: Any, study: Study, comment: int) -> HttpResponse:
    """One comment: as it was written, beside the words as they may leave."""
    found = get_object_or_404(queries.comments_of(study), pk=comment)
    question = queries.question_of(study, found, str(get_language()))
    mine: list[str] = next((r.codes for r in found.readings.all() if r.reader_id == request.user.pk), [])
    start = {"redacted": found.redacted if found.redacted is not None else found.text, "codes": mine}
    form = ReadingForm(request.POST or None, question=question, initial=start)
    if request.method == "POST" and form.is_valid() and _kept(request, found, form):
        messages.success(request, _("Kept. These words leave with the next frozen copy."))
        following = _next(study, found, request.user.pk)
        if following is None:
            return redirect("researcher:comments", study=study.key)
        return redirect("researcher:comment", study=study.key, comment=following.pk)
    return render(request, "researcher/comment.html", {"comment": found, "question": question, "form": form})


def _kept(request: Any, comment: Comment, form: ReadingForm) -> bool:
    given = form.cleaned_data
    try:
        if given["redacted"].strip() != comment.redacted:
            actions.redact_comment(request.user, comment, given["redacted"])
        if "codes" in given:
            actions.code_comment(request.user, comment, given["codes"])
    except ActionRefused as refused:
        form.add_error(None, str(refused))
        return False
    return True


def _next(study: Study, after: Comment, reader: int) -> Comment | None:
    """The next comment that waits for this reader."""
    return next((one for one in queries.comments_of(study) if one.pk != after.pk and _waits(study, one, reader)), None)


def _waits(study: Study, comment: Comment, reader: int) -> bool:
    """Whether nobody redacted it yet, or this reader has given no codes where there are any to give."""
    if comment.redacted is None:
        return True
    read = any(reading.reader_id == reader for reading in comment.readings.all())
    return not read and bool(queries.question_of(study, comment, "en").codes)
