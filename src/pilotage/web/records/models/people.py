"""Participants by the coordinator's code, and the steps by which they come in; who they are stands in `identity`."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from pilotage.vocabulary import EntryStep, choices


class Participant(models.Model):
    """Someone who was approached; a code, a centre, and the arm they were approached for."""

    study = models.ForeignKey("records.Study", models.PROTECT, related_name="participants")
    centre = models.ForeignKey("records.Centre", models.PROTECT, related_name="participants")
    code = models.CharField(max_length=20, help_text="known to the coordinator, never to an analyst")
    arm_sought = models.CharField(max_length=60, default="", help_text="empty where chance will decide")
    created_at = models.DateTimeField(default=timezone.now)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["study", "code"], name="a_code_is_given_once")]
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class Step(models.Model):
    """One thing that happened on the way in, with its day and, where it ended there, the reason."""

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=20, choices=choices(EntryStep))
    on = models.DateField()
    reason = models.CharField(max_length=200, default="")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("records.User", models.PROTECT, null=True)

    class Meta:
        ordering = ["at", "pk"]


class Screening(models.Model):
    """Whether a criterion of the protocol is met, how it is known, and since when."""

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="screenings")
    criterion = models.CharField(max_length=60)
    met = models.BooleanField()
    evidence = models.CharField(max_length=300, default="")
    on = models.DateField()
    by = models.ForeignKey("records.User", models.PROTECT, null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["participant", "criterion"], name="a_criterion_is_judged_once")]
