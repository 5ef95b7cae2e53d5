"""What people were asked and answered: administrations, answers, comments, and paper forms keyed twice."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class Administration(models.Model):
    """One instrument or form given to one person once; it names the consent and the protocol it stands on."""

    participant = models.ForeignKey("records.Participant", models.PROTECT, related_name="administrations")
    consent = models.ForeignKey("records.Consent", models.PROTECT)
    version = models.ForeignKey("records.ProtocolVersion", models.PROTECT)
    assessment = models.CharField(max_length=60)
    instrument = models.CharField(max_length=60, help_text="an instrument, or a form of the study's own")
    number = models.PositiveIntegerField(default=1)
    language = models.CharField(max_length=12)
    mode = models.CharField(max_length=5, choices=[("web", "web"), ("paper", "paper")], default="web")
    started_at = models.DateTimeField(default=timezone.now)
    completed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "assessment", "instrument", "number"], name="given_once_each_time"
            )
        ]


class Answer(models.Model):
    """An answer to one item: a number, a choice's code or a date as text; null when left blank on purpose."""

    administration = models.ForeignKey(Administration, models.PROTECT, related_name="answers")
    item = models.CharField(max_length=60)
    value = models.CharField(max_length=200, null=True)
    device = models.CharField(max_length=40, default="", help_text="a random name of the browser that sent it")
    sequence = models.PositiveBigIntegerField(default=0, help_text="that browser's own count")
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["administration", "item"], name="one_answer_an_item")]


class Comment(models.Model):
    """A person's own words, kept apart because they may identify, and what readers made of them."""

    administration = models.ForeignKey(Administration, models.PROTECT, related_name="comments")
    item = models.CharField(max_length=60)
    text = models.TextField()
    device = models.CharField(max_length=40, default="")
    sequence = models.PositiveBigIntegerField(default=0)
    saved_at = models.DateTimeField(default=timezone.now)
    redacted = models.TextField(null=True)
    redacted_at = models.DateTimeField(null=True)
    redacted_by = models.ForeignKey("records.User", models.PROTECT, null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["administration", "item"], name="one_comment_an_item")]


class CommentReading(models.Model):
    """The codes that one reader gave to a comment."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="readings")
    reader = models.ForeignKey("records.User", models.PROTECT)
    codes = models.JSONField(default=list)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comment", "reader"], name="a_reader_reads_once")]


class DataEntryPass(models.Model):
    """A paper form as one person keyed it; two of them are compared before anything becomes an answer."""

    participant = models.ForeignKey("records.Participant", models.PROTECT, related_name="data_entry_passes")
    assessment = models.CharField(max_length=60)
    instrument = models.CharField(max_length=60)
    number = models.PositiveIntegerField(default=1)
    turn = models.PositiveSmallIntegerField(choices=[(1, "first"), (2, "second")])
    by = models.ForeignKey("records.User", models.PROTECT)
    filled_in_on = models.DateField(null=True, help_text="the day written on the paper")
    values = models.JSONField(default=dict, help_text="answers by item; null where the paper is blank")
    at = models.DateTimeField(default=timezone.now)
    administration = models.ForeignKey(Administration, models.PROTECT, null=True, related_name="data_entry_passes")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "assessment", "instrument", "number", "turn"], name="keyed_once_a_turn"
            ),
            models.UniqueConstraint(
                fields=["participant", "assessment", "instrument", "number", "by"], name="keyed_by_two_people"
            ),
        ]
