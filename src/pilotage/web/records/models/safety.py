"""Something unpleasant that happened: told by whom, known by whom, judged, acted on, and closed."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from pilotage.vocabulary import Ascertainment, EventOutcome, Expectedness, Relatedness, Severity, choices


class AdverseEvent(models.Model):
    """One report, and what was made of it; what it has to do with the course is judged apart from the question."""

    participant = models.ForeignKey("records.Participant", models.PROTECT, related_name="adverse_events")
    session = models.ForeignKey("records.Session", models.PROTECT, null=True)
    source = models.CharField(
        max_length=12, choices=[(s, s) for s in ("participant", "teacher", "coordinator", "alert rule")]
    )
    rule = models.CharField(max_length=80, default="", help_text="the alert rule that raised it; never the answer")
    administration = models.ForeignKey(
        "records.Administration", models.SET_NULL, null=True, help_text="the finished form or questionnaire behind it"
    )
    told_by = models.ForeignKey("records.User", models.PROTECT, null=True, related_name="+", help_text="of the staff")
    ascertainment = models.CharField(max_length=12, choices=choices(Ascertainment), default="spontaneous")
    onset = models.DateField(null=True)
    description = models.TextField(default="")
    answers = models.JSONField(default=dict, help_text="answers to the protocol's questions, by item")
    may_know = models.JSONField(default=list, help_text="the roles that the person lets know")
    reported_at = models.DateTimeField(default=timezone.now)
    opened_at = models.DateTimeField(null=True)
    opened_by = models.ForeignKey("records.User", models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=80, default="")
    severity = models.CharField(max_length=12, choices=choices(Severity), default="not graded")
    serious = models.BooleanField(null=True)
    relatedness = models.CharField(max_length=12, choices=choices(Relatedness), default="not judged")
    expectedness = models.CharField(max_length=12, choices=choices(Expectedness), default="not judged")
    screened = models.TextField(default="", help_text="own words with what identifies taken out")
    action = models.TextField(default="")
    outcome = models.CharField(max_length=12, choices=choices(EventOutcome), blank=True, default="")
    judged_at = models.DateTimeField(null=True)
    judged_by = models.ForeignKey("records.User", models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey("records.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["administration", "rule"],
                condition=models.Q(administration__isnull=False),
                name="a_form_raises_it_once",
            )
        ]


class AdverseEventNote(models.Model):
    """A note in the course of handling a report."""

    event = models.ForeignKey(AdverseEvent, models.CASCADE, related_name="notes")
    text = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("records.User", models.PROTECT)


class SafetyNotice(models.Model):
    """Somebody was told that a report waits: the contact at once, the deputy when nobody opened it in time."""

    event = models.ForeignKey(AdverseEvent, models.CASCADE, related_name="notices")
    to = models.CharField(max_length=200)
    step = models.CharField(max_length=12, choices=[("contact", "contact"), ("deputy", "deputy")])
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "to", "step"], name="told_once_a_step")]
