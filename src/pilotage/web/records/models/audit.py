"""The log of everything that happened: append-only, chained, and sealed where it is about a person."""

from __future__ import annotations

from django.db import models


class Event(models.Model):
    """One thing that happened; triggers of the database refuse to change or delete it."""

    sequence = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=12)
    actor = models.BigIntegerField(null=True)
    study = models.BigIntegerField(null=True)
    what = models.CharField(max_length=80, db_index=True)
    subject = models.CharField(max_length=80, help_text="model and key, such as answer:12")
    person = models.BigIntegerField(null=True, db_index=True, help_text="the participant whose key seals the detail")
    detail = models.BinaryField(help_text="before, after and reason as JSON; sealed where it is about a person")
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["sequence"]


class ChainHead(models.Model):
    """The end of the chain; its one row is locked while an event is added."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    sequence = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_chain")]


class PersonKey(models.Model):
    """The key of one person, wrapped by the server's; destroying it makes what it sealed unreadable for good."""

    participant = models.OneToOneField("records.Participant", models.CASCADE, related_name="key")
    wrapped = models.BinaryField()


class SecretCheck(models.Model):
    """Known words, sealed with the server's secret; another secret does not open them."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    sealed = models.BinaryField(help_text="known words, sealed with the server's secret")

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_secret")]


class ClockSeen(models.Model):
    """What the ticks saw of the machine's clock; its one row is written with every tick."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    ticked_at = models.DateTimeField(help_text="when the last tick ran, by the clock")
    jumped_at = models.DateTimeField(null=True, help_text="the last reading that did not follow")

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_clock")]
