"""The course as delivered: groups, sessions, who came, who practised with whom, and what was done."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from pilotage.vocabulary import (
    AttendanceStatus,
    DeliveryState,
    DeviationKind,
    DeviationPlanning,
    ProgrammePart,
    SessionState,
    choices,
)


class Cohort(models.Model):
    """A training group: its centre, size, and when and where it meets."""

    study = models.ForeignKey("records.Study", models.PROTECT, related_name="cohorts")
    centre = models.ForeignKey("records.Centre", models.PROTECT)
    key = models.SlugField(max_length=40)
    name = models.CharField(max_length=120)
    minimum = models.PositiveSmallIntegerField()
    maximum = models.PositiveSmallIntegerField()
    starts_on = models.DateField(null=True)
    starts_at = models.TimeField(null=True, help_text="local time of the study")
    location = models.CharField(max_length=200, blank=True)
    video_link = models.URLField(blank=True)
    manual_language = models.CharField(max_length=12, blank=True)
    closed_at = models.DateTimeField(null=True, help_text="since when nobody comes in any more")
    override = models.CharField(max_length=300, default="", help_text="why it was closed below its size")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["study", "key"], name="a_cohort_is_named_once"),
            models.CheckConstraint(condition=Q(minimum__lte=F("maximum")), name="a_cohort_has_a_size"),
        ]

    def __str__(self) -> str:
        return self.name


class CohortTeacher(models.Model):
    """Who teaches a group."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="teachers")
    user = models.ForeignKey("records.User", models.PROTECT, related_name="teaches")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cohort", "user"], name="a_teacher_teaches_once")]


class Session(models.Model):
    """A planned meeting of a group, and what became of it."""

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="sessions")
    number = models.PositiveSmallIntegerField(help_text="in the delivered order")
    planned_start = models.DateTimeField()
    planned_minutes = models.PositiveSmallIntegerField()
    first_planned_start = models.DateTimeField(null=True, help_text="where it was moved: when it was meant to be")
    location = models.CharField(max_length=200, blank=True)
    video_link = models.URLField(blank=True)
    state = models.CharField(max_length=10, choices=choices(SessionState), default="planned")
    reason = models.CharField(max_length=300, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cohort", "number"], name="a_session_has_its_number")]
        ordering = ["cohort", "number"]


class SessionHeld(models.Model):
    """A meeting that took place."""

    session = models.OneToOneField(Session, models.PROTECT, related_name="held")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    teachers = models.JSONField(default=list, help_text="ids of the users who taught it")

    @property
    def minutes(self) -> int | None:
        """How long the session took, in whole minutes; None while it goes on."""
        return round((self.ended_at - self.started_at).total_seconds() / 60) if self.ended_at else None


class Attendance(models.Model):
    """Whether a participant came to a session."""

    participant = models.ForeignKey("records.Participant", models.PROTECT, related_name="attendance")
    session = models.ForeignKey(Session, models.PROTECT, related_name="attendance")
    status = models.CharField(max_length=12, choices=choices(AttendanceStatus))
    arrived_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    minutes = models.PositiveSmallIntegerField(null=True)
    made_up_on = models.DateField(null=True)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["participant", "session"], name="one_attendance_a_session")]


class Apology(models.Model):
    """A participant said beforehand that they cannot come."""

    participant = models.ForeignKey("records.Participant", models.PROTECT, related_name="apologies")
    session = models.ForeignKey(Session, models.PROTECT, related_name="apologies")
    at = models.DateTimeField(default=timezone.now)
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "session"], condition=Q(taken_back_at=None), name="one_apology_a_session"
            )
        ]


class KeepApart(models.Model):
    """Two people who are not to practise together; the reason is the coordinator's alone, and never leaves."""

    cohort = models.ForeignKey(Cohort, models.CASCADE)
    one = models.ForeignKey("records.Participant", models.CASCADE, related_name="+")
    other = models.ForeignKey("records.Participant", models.CASCADE, related_name="+")
    hard = models.BooleanField(default=True)
    kind = models.CharField(max_length=40, blank=True)
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True)
    by = models.ForeignKey("records.User", models.PROTECT, null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="a_pair_apart_is_written_in_order"),
            models.UniqueConstraint(fields=["one", "other"], condition=Q(until=None), name="kept_apart_once"),
        ]


class Pairing(models.Model):
    """One division of the people present, as it was published."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="pairings")
    number = models.PositiveSmallIntegerField()
    seed = models.BigIntegerField()
    made_at = models.DateTimeField(default=timezone.now)
    changes = models.PositiveSmallIntegerField(default=0, help_text="groups changed after it was published")
    override = models.CharField(max_length=300, default="", help_text="why a teacher changed it")
    clock = models.JSONField(default=dict, help_text="the turns: seconds in all, seconds gone, and since when it runs")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "number"], name="a_pairing_has_its_number")]


class PairingGroup(models.Model):
    """A pair or small group within a pairing."""

    pairing = models.ForeignKey(Pairing, models.CASCADE, related_name="groups")
    number = models.PositiveSmallIntegerField()
    teacher = models.ForeignKey("records.User", models.PROTECT, null=True, help_text="a teacher who joined")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pairing", "number"], name="a_group_has_its_number")]


class PairingMember(models.Model):
    """Someone in a group, or observing, with the order in which they speak."""

    pairing = models.ForeignKey(Pairing, models.CASCADE, related_name="members")
    group = models.ForeignKey(PairingGroup, models.CASCADE, null=True, related_name="members")
    participant = models.ForeignKey("records.Participant", models.PROTECT, related_name="pairings")
    role_order = models.PositiveSmallIntegerField(null=True, help_text="none for someone who observes")
    sits_out = models.BooleanField(default=False, help_text="there, but in no group and not observing")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pairing", "participant"], name="in_one_group_a_pairing")]


class BlockDelivered(models.Model):
    """How far a block of a session was done, as one rater says."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="blocks")
    block = models.CharField(max_length=60)
    rater = models.ForeignKey("records.User", models.PROTECT)
    done = models.CharField(max_length=8, choices=choices(DeliveryState))
    planned_minutes = models.PositiveSmallIntegerField(null=True)
    minutes = models.FloatField(null=True)
    started_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "block", "rater"], name="a_block_is_rated_once")]


class Tap(models.Model):
    """Something tapped on the run-sheet, as the device counted it: so that it counts once, and in its order."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="taps")
    by = models.ForeignKey("records.User", models.PROTECT)
    device = models.CharField(max_length=40)
    sequence = models.BigIntegerField()
    what = models.CharField(max_length=12)
    block = models.CharField(max_length=60, default="", help_text="never a person")
    reason = models.CharField(max_length=300, default="")
    at = models.DateTimeField(help_text="when it was tapped, with or without a network")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["by", "device", "sequence"], name="a_tap_counts_once")]
        ordering = ["at", "sequence", "pk"]


class AdherenceRating(models.Model):
    """One item of adherence to the form of the practice in pairs, as one rater says."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="adherence")
    item = models.CharField(max_length=60)
    rater = models.ForeignKey("records.User", models.PROTECT)
    value = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "item", "rater"], name="an_item_is_rated_once")]


class Debrief(models.Model):
    """The teachers' two minutes afterwards; notes without names."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="debriefs")
    by = models.ForeignKey("records.User", models.PROTECT)
    notes = models.TextField(default="")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "by"], name="one_debrief_a_teacher")]


class Deviation(models.Model):
    """A departure from the protocol."""

    study = models.ForeignKey("records.Study", models.PROTECT, related_name="deviations")
    session = models.ForeignKey(Session, models.PROTECT, null=True, related_name="deviations")
    block = models.CharField(max_length=60, default="", help_text="the block of the session, where it is about one")
    on = models.DateField()
    kind = models.CharField(max_length=12, choices=choices(DeviationKind))
    core = models.CharField(max_length=12, choices=choices(ProgrammePart), default="not judged")
    planned = models.CharField(max_length=8, choices=choices(DeviationPlanning))
    description = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("records.User", models.PROTECT, null=True)


class MaterialReleased(models.Model):
    """A material that a group was given with a session."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="materials")
    material = models.CharField(max_length=60)
    session = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cohort", "material", "session"], name="released_once")]


class Recording(models.Model):
    """A recording made in a session, for that group alone."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="recordings")
    title = models.CharField(max_length=200)
    content = models.BinaryField()
    content_type = models.CharField(max_length=80)
    uploaded_at = models.DateTimeField(default=timezone.now)
    uploaded_by = models.ForeignKey("records.User", models.PROTECT)
    removed_at = models.DateTimeField(null=True)


class RecordingConsent(models.Model):
    """Someone whose voice is on a recording lets the group hear it."""

    recording = models.ForeignKey(Recording, models.CASCADE, related_name="voices")
    participant = models.ForeignKey("records.Participant", models.PROTECT)
    agreed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["recording", "participant"], name="a_voice_is_asked_once")]


class CalendarFeed(models.Model):
    """A private address of a calendar; it can be withdrawn."""

    participant = models.ForeignKey("records.Participant", models.CASCADE, null=True)
    user = models.ForeignKey("records.User", models.CASCADE, null=True)
    cohort = models.ForeignKey(Cohort, models.CASCADE, null=True)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True)
