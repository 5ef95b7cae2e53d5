"""A study, its centres, the versions of its protocol, and the words that people are asked and agree with."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class Study(models.Model):
    """One study on this server; what it is stands in its protocol."""

    key = models.SlugField(unique=True, max_length=80)
    folder = models.CharField(max_length=200, help_text="the folder of its files, within the server's")
    simulated = models.JSONField(null=True, help_text="seed and scenario, where its people are simulated")
    created_at = models.DateTimeField(default=timezone.now)
    contact_data_removed_at = models.DateTimeField(null=True)
    contact_data_due_seen_at = models.DateTimeField(
        null=True, help_text="when a tick first saw that their time was over; empty while it is not, or not trusted"
    )

    def __str__(self) -> str:
        return self.key


class Centre(models.Model):
    """A place where the study runs."""

    study = models.ForeignKey(Study, models.PROTECT, related_name="centres")
    key = models.SlugField(max_length=80)
    name = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["study", "key"], name="a_centre_is_named_once")]

    def __str__(self) -> str:
        return self.name


class ProtocolVersion(models.Model):
    """A version of the protocol as it was when it came into force; it never changes."""

    study = models.ForeignKey(Study, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    label = models.CharField(max_length=40, help_text="the version that the file itself names")
    fingerprint = models.CharField(max_length=64)
    files = models.JSONField(help_text="protocol.yaml and the study's own instruments: text by path")
    since = models.DateTimeField(default=timezone.now)
    reason = models.TextField(default="", help_text="why it was amended; empty for the first")
    by = models.ForeignKey("records.User", models.PROTECT, null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["study", "number"], name="a_version_has_its_number")]
        ordering = ["number"]


class ConsentText(models.Model):
    """The words of one version of the consent in one language, kept as they were shown."""

    study = models.ForeignKey(Study, models.PROTECT, related_name="consent_texts")
    version = models.CharField(max_length=60)
    language = models.CharField(max_length=12)
    text = models.TextField()
    statements = models.JSONField(default=list, help_text="id, text, and whether it must be ticked")
    fingerprint = models.CharField(max_length=64)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["study", "version", "language"], name="a_consent_text_never_changes")
        ]


class WordingText(models.Model):
    """The licensed words of an instrument in one language, which a second person signs off."""

    study = models.ForeignKey(Study, models.PROTECT, related_name="wordings")
    instrument = models.CharField(max_length=60)
    language = models.CharField(max_length=12)
    content = models.JSONField()
    fingerprint = models.CharField(max_length=64)
    imported_at = models.DateTimeField(default=timezone.now)
    imported_by = models.ForeignKey("records.User", models.PROTECT, null=True, related_name="+")
    signed_off_at = models.DateTimeField(null=True)
    signed_off_by = models.ForeignKey("records.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["study", "instrument", "language", "fingerprint"], name="a_wording_is_imported_once"
            ),
            models.CheckConstraint(
                condition=Q(signed_off_by=None) | ~Q(signed_off_by=F("imported_by")),
                name="a_second_person_signs_a_wording_off",
            ),
        ]


class WithoutWording(models.Model):
    """Someone's choice, with a reason, to ask an instrument in one language by its items' numbers alone."""

    study = models.ForeignKey(Study, models.PROTECT, related_name="without_wording")
    instrument = models.CharField(max_length=60)
    language = models.CharField(max_length=12)
    reason = models.TextField()
    by = models.ForeignKey("records.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["study", "instrument", "language"], name="going_without_is_chosen_once")
        ]
