"""Data frozen for analysis, the plan's lock, runs of the analysis, and their release."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class PlanLock(models.Model):
    """The analysis plan as it was locked, before outcomes were seen."""

    study = models.OneToOneField("records.Study", models.PROTECT, related_name="plan_lock")
    version = models.ForeignKey("records.ProtocolVersion", models.PROTECT)
    plan = models.JSONField()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("records.User", models.PROTECT)


class Freeze(models.Model):
    """A copy of the data as they were, under codes of their own."""

    study = models.ForeignKey("records.Study", models.PROTECT, related_name="freezes")
    number = models.PositiveIntegerField()
    version = models.ForeignKey("records.ProtocolVersion", models.PROTECT)
    fingerprint = models.CharField(max_length=64)
    package = models.BinaryField(help_text="the data folder as a zip file")
    people = models.PositiveIntegerField()
    with_outcomes = models.BooleanField()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("records.User", models.PROTECT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["study", "number"], name="a_freeze_has_its_number")]


class FrozenCode(models.Model):
    """Whose a code in a frozen copy is: for removal alone, and read by no page."""

    freeze = models.ForeignKey(Freeze, models.CASCADE, related_name="codes")
    participant = models.ForeignKey("records.Participant", models.PROTECT)
    code = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["freeze", "participant"], name="one_code_a_freeze"),
            models.UniqueConstraint(fields=["freeze", "code"], name="a_frozen_code_is_one_persons"),
        ]


class AnalysisRun(models.Model):
    """One run of the analysis on a frozen copy, in a process of its own."""

    freeze = models.ForeignKey(Freeze, models.PROTECT, related_name="runs")
    edition = models.CharField(max_length=8, choices=[("shared", "shared"), ("analyst", "analyst")])
    state = models.CharField(
        max_length=8, choices=[(s, s) for s in ("waiting", "running", "done", "failed")], default="waiting"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey("records.User", models.PROTECT)
    finished_at = models.DateTimeField(null=True)
    trouble = models.TextField(default="")
    package = models.BinaryField(null=True, help_text="the report's folder as a zip file")


class Release(models.Model):
    """The aggregate report, released to teachers and coordinators."""

    run = models.OneToOneField(AnalysisRun, models.PROTECT)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("records.User", models.PROTECT)
