"""Who participants are: apart from everything else, and out of reach of whatever leaves the study."""

from __future__ import annotations

from django.db import models


class Identity(models.Model):
    """Name and addresses of a participant, and the language they are written to in."""

    participant = models.OneToOneField("records.Participant", models.CASCADE, related_name="identity")
    name = models.CharField(max_length=160)
    email = models.EmailField(blank=True)
    bounced = models.EmailField(blank=True, default="", help_text="the address that mail came back from")
    phone = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=12, default="en")


class Signature(models.Model):
    """The name that a participant typed beneath a consent."""

    consent = models.OneToOneField("records.Consent", models.CASCADE, related_name="signature")
    typed_name = models.CharField(max_length=160)
