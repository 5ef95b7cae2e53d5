"""Letters: the links people come in by, codes sent to them, and the outbox."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone


class PersonalLink(models.Model):
    """A participant's own way in, or a colleague's to one form; only a hash of it is kept, beside a sealed copy."""

    participant = models.ForeignKey("records.Participant", models.CASCADE, related_name="links")
    purpose = models.CharField(max_length=12, choices=[("participant", "participant"), ("colleague", "colleague")])
    assessment = models.CharField(max_length=60, default="", help_text="the one a colleague is asked at")
    token_hash = models.CharField(max_length=64, unique=True)
    sealed_token = models.BinaryField(help_text="for reminders to hold the same link, sealed with the person's key")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)


class EmailCode(models.Model):
    """A code of six digits or more sent by mail: ten minutes, once, five tries."""

    link = models.ForeignKey(PersonalLink, models.CASCADE)
    code_hash = models.CharField(max_length=128)
    sent_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)


class Message(models.Model):
    """One mail that was decided on: never twice for the same person, kind and dedupe_key."""

    study = models.ForeignKey("records.Study", models.PROTECT)
    participant = models.ForeignKey("records.Participant", models.CASCADE, null=True, related_name="messages")
    user = models.ForeignKey("records.User", models.CASCADE, null=True)
    kind = models.CharField(max_length=40)
    dedupe_key = models.CharField(max_length=120, help_text="what it is about, such as pre:1:reminder-2")
    state = models.CharField(
        max_length=10, choices=[(s, s) for s in ("asked", "claimed", "sent", "failed", "bounced")], default="claimed"
    )
    claimed_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=300, default="")
    reference = models.CharField(max_length=120, default="", help_text="the mail's Message-ID, to know a bounce by")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "kind", "dedupe_key"],
                condition=Q(participant__isnull=False),
                name="a_participant_gets_it_once",
            ),
            models.UniqueConstraint(
                fields=["user", "study", "kind", "dedupe_key"],
                condition=Q(user__isnull=False),
                name="a_user_gets_it_once",
            ),
            models.UniqueConstraint(
                fields=["study", "kind", "dedupe_key"],
                condition=Q(participant=None, user=None),
                name="an_address_of_the_protocol_gets_it_once",
            ),
        ]
