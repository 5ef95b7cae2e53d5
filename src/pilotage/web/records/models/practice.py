"""The diary of home practice."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class HomePractice(models.Model):
    """What someone practised on a day, of one kind."""

    participant = models.ForeignKey("records.Participant", models.PROTECT, related_name="home_practice")
    consent = models.ForeignKey("records.Consent", models.PROTECT)
    date = models.DateField()
    kind = models.CharField(max_length=60)
    times = models.PositiveIntegerField(null=True)
    minutes = models.FloatField(null=True)
    device = models.CharField(max_length=40, default="")
    sequence = models.PositiveBigIntegerField(default=0)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["participant", "date", "kind"], name="one_entry_a_day_and_kind")]
