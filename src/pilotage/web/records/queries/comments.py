"""Comments as a reader sees them: the words and the question, never who wrote them; and how far readers agree."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from pilotage.protocol.load import LoadedProtocol
from pilotage.protocol.words import say
from pilotage.stats.agreement import cohen_kappa, share_of_agreement
from pilotage.web.records import protocols
from pilotage.web.records.models import Comment, CommentReading, Leaving, Study, User
from pilotage.web.records.queries.people import consenting


@dataclass(frozen=True)
class Question:
    """A question whose answers are read, with the codes that the protocol has for them."""

    form: str
    item: str
    text: str
    codes: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Agreement:
    """How two readers agree on one code: of ``n`` comments that both read, and beyond what chance would give."""

    label: str
    n: int
    share: float
    kappa: float | None
    """Cohen's kappa; None where both gave the code always, or never, so that nothing is left to chance."""

    @property
    def percent(self) -> str:
        """The share as it is shown."""
        from pilotage.report.model.wording import number

        return number(self.share, "share")

    @property
    def kappa_text(self) -> str:
        """Kappa as it is shown; a dash where there is none."""
        from pilotage.report.model.wording import number

        return number(self.kappa, "coefficient")


def readable(study: Study, loaded: LoadedProtocol, people: Collection[int] | None = None) -> QuerySet[Comment]:
    """Return the comments that a researcher reads; those in adverse-event reports go to the safety contact."""
    wanted = consenting(study) if people is None else people
    rows = Comment.objects.filter(administration__participant__in=wanted).exclude(text="")
    erased = Leaving.objects.filter(what="study", answers="erase").values("participant")
    rows = rows.exclude(administration__participant__in=erased)
    rows = rows.filter(administration__participant__erased_at=None)
    safety = loaded.protocol.safety
    return rows.exclude(administration__instrument=safety.form) if safety and safety.form else rows


def comments_of(study: Study) -> QuerySet[Comment]:
    """Return the comments to read, in the order of the questions and not of the people."""
    rows = readable(study, protocols.of(study)).select_related("administration").prefetch_related("readings")
    return rows.order_by("administration__instrument", "item", "redacted_at", "pk")


def codes_of(loaded: LoadedProtocol, form: str, item: str) -> list[str]:
    """Return the codes that the protocol has for an item."""
    try:
        return list(loaded.protocol.item(f"{form}.{item}").reader_codes())
    except KeyError:  # an amendment took the question out
        return []


def question_of(study: Study, comment: Comment, language: str) -> Question:
    """Return the question that a comment answers."""
    loaded, form = protocols.of(study), comment.administration.instrument
    try:
        item = loaded.protocol.item(f"{form}.{comment.item}")
    except KeyError:  # an amendment took the question out
        return Question(form, comment.item, comment.item, ())
    return Question(form, comment.item, say(item.ask, language), tuple(item.reader_codes(language).items()))


def codes_given(comment: Comment, reader: User) -> list[str]:
    """Return the codes that a reader gave a comment; none where they gave none yet."""
    return next((list(reading.codes) for reading in comment.readings.all() if reading.reader_id == reader.pk), [])


def number_of_readers(comment: Comment) -> int:
    """Return how many readers gave a comment codes."""
    return len(comment.readings.all())


def waits_for(study: Study, comment: Comment, reader: User) -> bool:
    """Return whether nobody redacted a comment yet, or this reader gave no codes where there are any to give."""
    if comment.redacted is None:
        return True
    read = any(reading.reader_id == reader.pk for reading in comment.readings.all())
    return not read and bool(question_of(study, comment, "en").codes)


def agreement(study: Study, language: str = "en") -> list[Agreement]:
    """Return, for each code of each question, how two readers agree over the comments that both read."""
    read = [(comment, pair) for comment in comments_of(study) if (pair := _two(comment.readings.all()))]
    results = []
    for form, item in sorted({(comment.administration.instrument, comment.item) for comment, _ in read}):
        here = [pair for comment, pair in read if (comment.administration.instrument, comment.item) == (form, item)]
        comment = next(c for c, _ in read if (c.administration.instrument, c.item) == (form, item))
        for code, label in question_of(study, comment, language).codes:
            both_gave = [(code in row.codes, code in other.codes) for row, other in here]
            results.append(Agreement(label, len(both_gave), share_of_agreement(both_gave), cohen_kappa(both_gave)))
    return results


def _two(readings: Iterable[CommentReading]) -> tuple[CommentReading, CommentReading] | None:
    """Return the readings by the two readers whose accounts are oldest."""
    rows = sorted(readings, key=lambda reading: reading.reader_id)
    return (rows[0], rows[1]) if len(rows) > 1 else None
