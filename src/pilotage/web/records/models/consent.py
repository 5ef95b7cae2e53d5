"""Consent, arm, place in a group, and leaving: of the study, of the course, or of both."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from pilotage.vocabulary import AllocationMethod, choices


class Consent(models.Model):
    """A participant's consent to the study; while one is valid, and only then, answers are taken."""

    participant = models.ForeignKey("records.Participant", models.PROTECT, related_name="consents")
    text = models.ForeignKey("records.ConsentText", models.PROTECT)
    agreed = models.JSONField(default=list, help_text="ids of the statements ticked")
    mode = models.CharField(max_length=5, choices=[("web", "web"), ("paper", "paper")], default="web")
    paper_held_by = models.CharField(max_length=120, default="", help_text="who keeps the signed paper, and where")
    given_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["participant"], condition=Q(ended_at=None), name="one_valid_consent")
        ]


class RandomisationSlot(models.Model):
    """One place of a concealed sequence: made beforehand, read only when it is used."""

    study = models.ForeignKey("records.Study", models.PROTECT)
    stratum = models.CharField(max_length=200, help_text="values of the strata, or empty")
    position = models.PositiveIntegerField()
    block = models.PositiveIntegerField()
    sealed_arm = models.BinaryField(help_text="the arm, sealed with the server's key")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["study", "stratum", "position"], name="a_slot_has_its_position")]


class Allocation(models.Model):
    """The arm a participant entered; a trigger of the database refuses any change of it."""

    participant = models.OneToOneField("records.Participant", models.PROTECT, related_name="allocation")
    arm = models.CharField(max_length=60)
    method = models.CharField(max_length=12, choices=choices(AllocationMethod))
    slot = models.OneToOneField(RandomisationSlot, models.PROTECT, null=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("records.User", models.PROTECT, null=True)


class Place(models.Model):
    """A participant's training group: a place on its course, or only its dates, for those who are compared with it."""

    participant = models.OneToOneField("records.Participant", models.PROTECT, related_name="place")
    cohort = models.ForeignKey("records.Cohort", models.PROTECT, related_name="places")
    on_course = models.BooleanField()
    taken_at = models.DateTimeField(default=timezone.now)
    override = models.CharField(max_length=300, default="", help_text="why the group's size was passed over")


class Leaving(models.Model):
    """Someone left the course or the study, and what becomes of the answers given before."""

    participant = models.ForeignKey("records.Participant", models.PROTECT, related_name="leavings")
    what = models.CharField(max_length=6, choices=[("course", "course"), ("study", "study")])
    reason = models.CharField(max_length=300, default="")
    answers = models.CharField(max_length=5, choices=[("keep", "keep"), ("erase", "erase")], default="keep")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["participant", "what"], name="each_is_left_once")]
