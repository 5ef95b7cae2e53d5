"""Every table of release 0.1.0.

Frozen: what this migration does never changes. A change of the tables is a migration of its own.
"""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("email", models.EmailField(max_length=254, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("language", models.CharField(default="en", max_length=12)),
                ("is_active", models.BooleanField(default=True)),
                ("is_administrator", models.BooleanField(default=False, help_text="of the whole server")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("disabled_at", models.DateTimeField(null=True)),
                (
                    "sessions_ended_at",
                    models.DateTimeField(help_text="who signed in before this is signed out", null=True),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Administration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("assessment", models.CharField(max_length=60)),
                (
                    "instrument",
                    models.CharField(help_text="an instrument, or a form of the study's own", max_length=60),
                ),
                ("number", models.PositiveIntegerField(default=1)),
                ("language", models.CharField(max_length=12)),
                ("mode", models.CharField(choices=[("web", "web"), ("paper", "paper")], default="web", max_length=5)),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("completed_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Centre",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.SlugField(max_length=80)),
                ("name", models.CharField(max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("agreed", models.JSONField(default=list, help_text="ids of the statements ticked")),
                ("mode", models.CharField(choices=[("web", "web"), ("paper", "paper")], default="web", max_length=5)),
                (
                    "paper_held_by",
                    models.CharField(default="", help_text="who keeps the signed paper, and where", max_length=120),
                ),
                ("given_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ConsentText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.CharField(max_length=60)),
                ("language", models.CharField(max_length=12)),
                ("text", models.TextField()),
                ("statements", models.JSONField(default=list, help_text="id, text, and whether it must be ticked")),
                ("fingerprint", models.CharField(max_length=64)),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("sequence", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("actor_kind", models.CharField(max_length=12)),
                ("actor", models.BigIntegerField(null=True)),
                ("study", models.BigIntegerField(null=True)),
                ("what", models.CharField(db_index=True, max_length=80)),
                ("subject", models.CharField(help_text="model and key, such as answer:12", max_length=80)),
                (
                    "person",
                    models.BigIntegerField(
                        db_index=True, help_text="the participant whose key seals the detail", null=True
                    ),
                ),
                (
                    "detail",
                    models.BinaryField(help_text="before, after and reason as JSON; sealed where it is about a person"),
                ),
                ("previous", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64, unique=True)),
            ],
            options={
                "ordering": ["sequence"],
            },
        ),
        migrations.CreateModel(
            name="Pairing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("seed", models.BigIntegerField()),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "changes",
                    models.PositiveSmallIntegerField(default=0, help_text="groups changed after it was published"),
                ),
                ("override", models.CharField(default="", help_text="why a teacher changed it", max_length=300)),
                (
                    "clock",
                    models.JSONField(
                        default=dict, help_text="the turns: seconds in all, seconds gone, and since when it runs"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RandomisationSlot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stratum", models.CharField(help_text="values of the strata, or empty", max_length=200)),
                ("position", models.PositiveIntegerField()),
                ("block", models.PositiveIntegerField()),
                ("sealed_arm", models.BinaryField(help_text="the arm, sealed with the server's key")),
            ],
        ),
        migrations.CreateModel(
            name="Study",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.SlugField(max_length=80, unique=True)),
                ("folder", models.CharField(help_text="the folder of its files, within the server's", max_length=200)),
                (
                    "simulated",
                    models.JSONField(help_text="seed and scenario, where its people are simulated", null=True),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("contact_data_removed_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="AdverseEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("participant", "participant"),
                            ("teacher", "teacher"),
                            ("coordinator", "coordinator"),
                            ("alert rule", "alert rule"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "rule",
                    models.CharField(
                        default="", help_text="the alert rule that raised it; never the answer", max_length=80
                    ),
                ),
                (
                    "ascertainment",
                    models.CharField(
                        choices=[("asked", "asked"), ("spontaneous", "spontaneous")],
                        default="spontaneous",
                        max_length=12,
                    ),
                ),
                ("onset", models.DateField(null=True)),
                ("description", models.TextField(default="")),
                ("answers", models.JSONField(default=dict, help_text="answers to the protocol's questions, by item")),
                ("may_know", models.JSONField(default=list, help_text="the roles that the person lets know")),
                ("reported_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("opened_at", models.DateTimeField(null=True)),
                ("kind", models.CharField(default="", max_length=80)),
                (
                    "severity",
                    models.CharField(
                        choices=[
                            ("mild", "mild"),
                            ("moderate", "moderate"),
                            ("severe", "severe"),
                            ("not graded", "not graded"),
                        ],
                        default="not graded",
                        max_length=12,
                    ),
                ),
                ("serious", models.BooleanField(null=True)),
                (
                    "relatedness",
                    models.CharField(
                        choices=[
                            ("unrelated", "unrelated"),
                            ("possible", "possible"),
                            ("probable", "probable"),
                            ("not judged", "not judged"),
                        ],
                        default="not judged",
                        max_length=12,
                    ),
                ),
                (
                    "expectedness",
                    models.CharField(
                        choices=[("expected", "expected"), ("unexpected", "unexpected"), ("not judged", "not judged")],
                        default="not judged",
                        max_length=12,
                    ),
                ),
                ("screened", models.TextField(default="", help_text="own words with what identifies taken out")),
                ("action", models.TextField(default="")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("resolved", "resolved"), ("continuing", "continuing"), ("unknown", "unknown")],
                        default="",
                        max_length=12,
                    ),
                ),
                ("judged_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "administration",
                    models.ForeignKey(
                        help_text="the finished form or questionnaire behind it",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to="records.administration",
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "judged_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "told_by",
                    models.ForeignKey(
                        help_text="of the staff",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AdverseEventNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notes", to="records.adverseevent"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ChainHead",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("sequence", models.BigIntegerField(default=0)),
                (
                    "hash",
                    models.CharField(
                        default="0000000000000000000000000000000000000000000000000000000000000000", max_length=64
                    ),
                ),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="one_chain")],
            },
        ),
        migrations.CreateModel(
            name="Cohort",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.SlugField(max_length=40)),
                ("name", models.CharField(max_length=120)),
                ("minimum", models.PositiveSmallIntegerField()),
                ("maximum", models.PositiveSmallIntegerField()),
                ("starts_on", models.DateField(null=True)),
                ("starts_at", models.TimeField(help_text="local time of the study", null=True)),
                ("location", models.CharField(blank=True, max_length=200)),
                ("video_link", models.URLField(blank=True)),
                ("manual_language", models.CharField(blank=True, max_length=12)),
                ("closed_at", models.DateTimeField(help_text="since when nobody comes in any more", null=True)),
                (
                    "override",
                    models.CharField(default="", help_text="why it was closed below its size", max_length=300),
                ),
                ("centre", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="records.centre")),
                (
                    "study",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cohorts", to="records.study"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("item", models.CharField(max_length=60)),
                ("text", models.TextField()),
                ("device", models.CharField(default="", max_length=40)),
                ("sequence", models.PositiveBigIntegerField(default=0)),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("redacted", models.TextField(null=True)),
                ("redacted_at", models.DateTimeField(null=True)),
                (
                    "administration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="records.administration",
                    ),
                ),
                (
                    "redacted_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CommentReading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("codes", models.JSONField(default=list)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="readings", to="records.comment"
                    ),
                ),
                ("reader", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddField(
            model_name="administration",
            name="consent",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="records.consent"),
        ),
        migrations.AddField(
            model_name="consent",
            name="text",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="records.consenttext"),
        ),
        migrations.CreateModel(
            name="Freeze",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("fingerprint", models.CharField(max_length=64)),
                ("package", models.BinaryField(help_text="the data folder as a zip file")),
                ("people", models.PositiveIntegerField()),
                ("with_outcomes", models.BooleanField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name="AnalysisRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("edition", models.CharField(choices=[("shared", "shared"), ("analyst", "analyst")], max_length=8)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("running", "running"),
                            ("done", "done"),
                            ("failed", "failed"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("finished_at", models.DateTimeField(null=True)),
                ("trouble", models.TextField(default="")),
                ("package", models.BinaryField(help_text="the report's folder as a zip file", null=True)),
                (
                    "asked_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL),
                ),
                (
                    "freeze",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="runs", to="records.freeze"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MaterialReleased",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("material", models.CharField(max_length=60)),
                ("session", models.PositiveSmallIntegerField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "cohort",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="materials", to="records.cohort"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PairingGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "pairing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="groups", to="records.pairing"
                    ),
                ),
                (
                    "teacher",
                    models.ForeignKey(
                        help_text="a teacher who joined",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Participant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(help_text="known to the coordinator, never to an analyst", max_length=20)),
                ("arm_sought", models.CharField(default="", help_text="empty where chance will decide", max_length=60)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("erased_at", models.DateTimeField(null=True)),
                (
                    "centre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="participants", to="records.centre"
                    ),
                ),
                (
                    "study",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="participants", to="records.study"
                    ),
                ),
            ],
            options={
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="PairingMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role_order", models.PositiveSmallIntegerField(help_text="none for someone who observes", null=True)),
                ("sits_out", models.BooleanField(default=False, help_text="there, but in no group and not observing")),
                (
                    "group",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="records.pairinggroup",
                    ),
                ),
                (
                    "pairing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="members", to="records.pairing"
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="pairings", to="records.participant"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Leaving",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.CharField(choices=[("course", "course"), ("study", "study")], max_length=6)),
                ("reason", models.CharField(default="", max_length=300)),
                (
                    "answers",
                    models.CharField(choices=[("keep", "keep"), ("erase", "erase")], default="keep", max_length=5),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="leavings", to="records.participant"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Keying",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("assessment", models.CharField(max_length=60)),
                ("instrument", models.CharField(max_length=60)),
                ("number", models.PositiveIntegerField(default=1)),
                ("turn", models.PositiveSmallIntegerField(choices=[(1, "first"), (2, "second")])),
                ("filled_in_on", models.DateField(help_text="the day written on the paper", null=True)),
                ("values", models.JSONField(default=dict, help_text="answers by item; null where the paper is blank")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "administration",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="keyings",
                        to="records.administration",
                    ),
                ),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="keyings", to="records.participant"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="KeepApart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("hard", models.BooleanField(default=True)),
                ("kind", models.CharField(blank=True, max_length=40)),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                ("until", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("cohort", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="records.cohort")),
                (
                    "one",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="records.participant"
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="records.participant"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Identity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=160)),
                ("email", models.EmailField(blank=True, max_length=254)),
                (
                    "bounced",
                    models.EmailField(
                        blank=True, default="", help_text="the address that mail came back from", max_length=254
                    ),
                ),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("language", models.CharField(default="en", max_length=12)),
                (
                    "participant",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="identity", to="records.participant"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HomePractice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("date", models.DateField()),
                ("kind", models.CharField(max_length=60)),
                ("times", models.PositiveIntegerField(null=True)),
                ("minutes", models.FloatField(null=True)),
                ("device", models.CharField(default="", max_length=40)),
                ("sequence", models.PositiveBigIntegerField(default=0)),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("consent", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="records.consent")),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="home_practice",
                        to="records.participant",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FrozenCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=20)),
                (
                    "freeze",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="codes", to="records.freeze"
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="records.participant"),
                ),
            ],
        ),
        migrations.AddField(
            model_name="consent",
            name="participant",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="consents", to="records.participant"
            ),
        ),
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "cohort",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, to="records.cohort"),
                ),
                (
                    "participant",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, to="records.participant"),
                ),
            ],
        ),
        migrations.AddField(
            model_name="adverseevent",
            name="participant",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="adverse_events", to="records.participant"
            ),
        ),
        migrations.AddField(
            model_name="administration",
            name="participant",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="administrations", to="records.participant"
            ),
        ),
        migrations.CreateModel(
            name="PersonalLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "purpose",
                    models.CharField(
                        choices=[("participant", "participant"), ("colleague", "colleague")], max_length=12
                    ),
                ),
                (
                    "assessment",
                    models.CharField(default="", help_text="the one a colleague is asked at", max_length=60),
                ),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                (
                    "sealed_token",
                    models.BinaryField(help_text="for reminders to hold the same link, sealed with the person's key"),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="links", to="records.participant"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="EmailCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code_hash", models.CharField(max_length=128)),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField()),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("used_at", models.DateTimeField(null=True)),
                ("link", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="records.personallink")),
            ],
        ),
        migrations.CreateModel(
            name="PersonKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("wrapped", models.BinaryField()),
                (
                    "participant",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="key", to="records.participant"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Place",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on_course", models.BooleanField()),
                ("taken_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "override",
                    models.CharField(default="", help_text="why the group's size was passed over", max_length=300),
                ),
                (
                    "cohort",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="places", to="records.cohort"
                    ),
                ),
                (
                    "participant",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="place", to="records.participant"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ProtocolVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("label", models.CharField(help_text="the version that the file itself names", max_length=40)),
                ("fingerprint", models.CharField(max_length=64)),
                ("files", models.JSONField(help_text="protocol.yaml and the study's own instruments: text by path")),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                ("reason", models.TextField(default="", help_text="why it was amended; empty for the first")),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "study",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="records.study"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.AddField(
            model_name="freeze",
            name="version",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="records.protocolversion"),
        ),
        migrations.AddField(
            model_name="administration",
            name="version",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="records.protocolversion"),
        ),
        migrations.CreateModel(
            name="Allocation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("arm", models.CharField(max_length=60)),
                (
                    "method",
                    models.CharField(
                        choices=[("by choice", "by choice"), ("by list", "by list"), ("by chance", "by chance")],
                        max_length=12,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "participant",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="allocation", to="records.participant"
                    ),
                ),
                (
                    "slot",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to="records.randomisationslot"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Recording",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200)),
                ("content", models.BinaryField()),
                ("content_type", models.CharField(max_length=80)),
                ("uploaded_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "uploaded_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RecordingConsent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("agreed_at", models.DateTimeField(null=True)),
                (
                    "participant",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="records.participant"),
                ),
                (
                    "recording",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="voices", to="records.recording"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Release",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ("run", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to="records.analysisrun")),
            ],
        ),
        migrations.CreateModel(
            name="SafetyNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("to", models.CharField(max_length=200)),
                ("step", models.CharField(choices=[("contact", "contact"), ("deputy", "deputy")], max_length=12)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notices", to="records.adverseevent"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Screening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("criterion", models.CharField(max_length=60)),
                ("met", models.BooleanField()),
                ("evidence", models.CharField(default="", max_length=300)),
                ("on", models.DateField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="screenings", to="records.participant"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(help_text="in the delivered order")),
                ("planned_start", models.DateTimeField()),
                ("planned_minutes", models.PositiveSmallIntegerField()),
                (
                    "first_planned_start",
                    models.DateTimeField(help_text="where it was moved: when it was meant to be", null=True),
                ),
                ("location", models.CharField(blank=True, max_length=200)),
                ("video_link", models.URLField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "planned"),
                            ("held", "held"),
                            ("cancelled", "cancelled"),
                            ("truncated", "truncated"),
                            ("postponed", "postponed"),
                            ("replaced", "replaced"),
                        ],
                        default="planned",
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(default="", max_length=300)),
                (
                    "cohort",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sessions", to="records.cohort"
                    ),
                ),
            ],
            options={
                "ordering": ["cohort", "number"],
            },
        ),
        migrations.AddField(
            model_name="recording",
            name="session",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="recordings", to="records.session"
            ),
        ),
        migrations.AddField(
            model_name="pairing",
            name="session",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="pairings", to="records.session"
            ),
        ),
        migrations.CreateModel(
            name="Debrief",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("notes", models.TextField(default="")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="debriefs", to="records.session"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="BlockDelivered",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("block", models.CharField(max_length=60)),
                (
                    "done",
                    models.CharField(
                        choices=[("done", "done"), ("partly", "partly"), ("omitted", "omitted"), ("moved", "moved")],
                        max_length=8,
                    ),
                ),
                ("planned_minutes", models.PositiveSmallIntegerField(null=True)),
                ("minutes", models.FloatField(null=True)),
                ("started_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(default="", max_length=300)),
                ("rater", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="blocks", to="records.session"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("present", "present"),
                            ("late", "late"),
                            ("left early", "left early"),
                            ("excused", "excused"),
                            ("absent", "absent"),
                            ("made up", "made up"),
                        ],
                        max_length=12,
                    ),
                ),
                ("arrived_at", models.DateTimeField(null=True)),
                ("left_at", models.DateTimeField(null=True)),
                ("minutes", models.PositiveSmallIntegerField(null=True)),
                ("made_up_on", models.DateField(null=True)),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="attendance", to="records.participant"
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="attendance", to="records.session"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Apology",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("taken_back_at", models.DateTimeField(null=True)),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="apologies", to="records.participant"
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="apologies", to="records.session"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="adverseevent",
            name="session",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to="records.session"),
        ),
        migrations.CreateModel(
            name="AdherenceRating",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("item", models.CharField(max_length=60)),
                ("value", models.PositiveSmallIntegerField(null=True)),
                ("rater", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="adherence", to="records.session"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SessionHeld",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("teachers", models.JSONField(default=list, help_text="ids of the users who taught it")),
                (
                    "session",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="held", to="records.session"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("typed_name", models.CharField(max_length=160)),
                (
                    "consent",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="signature", to="records.consent"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SignInLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "purpose",
                    models.CharField(
                        choices=[("password", "password"), ("demonstration", "demonstration")], max_length=20
                    ),
                ),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("approached", "approached"),
                            ("interested", "interested"),
                            ("no reply", "no reply"),
                            ("declined", "declined"),
                            ("eligible", "eligible"),
                            ("not eligible", "not eligible"),
                            ("waiting list", "waiting list"),
                            ("promoted", "promoted"),
                        ],
                        max_length=20,
                    ),
                ),
                ("on", models.DateField()),
                ("reason", models.CharField(default="", max_length=200)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="records.participant"
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="RoleHeld",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.CharField(max_length=20)),
                ("reason", models.TextField(default="", help_text="where the protocol asks for one")),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                ("until", models.DateTimeField(null=True)),
                (
                    "centre",
                    models.ForeignKey(
                        help_text="all centres when empty",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="records.centre",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="roles", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "study",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="roles", to="records.study"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="randomisationslot",
            name="study",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="records.study"),
        ),
        migrations.CreateModel(
            name="PlanLock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("plan", models.JSONField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                (
                    "version",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="records.protocolversion"),
                ),
                (
                    "study",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="plan_lock", to="records.study"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("window", models.CharField(help_text="what it is about, such as pre:1:reminder-2", max_length=120)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "asked"),
                            ("claimed", "claimed"),
                            ("sent", "sent"),
                            ("failed", "failed"),
                            ("bounced", "bounced"),
                        ],
                        default="claimed",
                        max_length=10,
                    ),
                ),
                ("claimed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("sent_at", models.DateTimeField(null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("trouble", models.CharField(default="", max_length=300)),
                (
                    "reference",
                    models.CharField(
                        default="", help_text="the mail's Message-ID, to know a bounce by", max_length=120
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="records.participant",
                    ),
                ),
                ("study", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="records.study")),
            ],
        ),
        migrations.AddField(
            model_name="freeze",
            name="study",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="freezes", to="records.study"
            ),
        ),
        migrations.CreateModel(
            name="Deviation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "block",
                    models.CharField(
                        default="", help_text="the block of the session, where it is about one", max_length=60
                    ),
                ),
                ("on", models.DateField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("content", "content"),
                            ("format", "format"),
                            ("setting", "setting"),
                            ("personnel", "personnel"),
                            ("procedure", "procedure"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "core",
                    models.CharField(
                        choices=[("core", "core"), ("flexible", "flexible"), ("not judged", "not judged")],
                        default="not judged",
                        max_length=12,
                    ),
                ),
                ("planned", models.CharField(choices=[("planned", "planned"), ("ad hoc", "ad hoc")], max_length=8)),
                ("description", models.TextField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deviations",
                        to="records.session",
                    ),
                ),
                (
                    "study",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="deviations", to="records.study"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="consenttext",
            name="study",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="consent_texts", to="records.study"
            ),
        ),
        migrations.AddField(
            model_name="centre",
            name="study",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="centres", to="records.study"
            ),
        ),
        migrations.CreateModel(
            name="Tap",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("device", models.CharField(max_length=40)),
                ("sequence", models.BigIntegerField()),
                ("what", models.CharField(max_length=12)),
                ("block", models.CharField(default="", help_text="never a person", max_length=60)),
                ("reason", models.CharField(default="", max_length=300)),
                ("at", models.DateTimeField(help_text="when it was tapped, with or without a network")),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="taps", to="records.session"
                    ),
                ),
            ],
            options={
                "ordering": ["at", "sequence", "pk"],
            },
        ),
        migrations.CreateModel(
            name="WithoutWording",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("instrument", models.CharField(max_length=60)),
                ("language", models.CharField(max_length=12)),
                ("reason", models.TextField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "study",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="without_wording", to="records.study"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="WordingText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("instrument", models.CharField(max_length=60)),
                ("language", models.CharField(max_length=12)),
                ("content", models.JSONField()),
                ("fingerprint", models.CharField(max_length=64)),
                ("imported_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("signed_off_at", models.DateTimeField(null=True)),
                (
                    "imported_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "signed_off_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "study",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="wordings", to="records.study"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("item", models.CharField(max_length=60)),
                ("value", models.CharField(max_length=200, null=True)),
                (
                    "device",
                    models.CharField(default="", help_text="a random name of the browser that sent it", max_length=40),
                ),
                ("sequence", models.PositiveBigIntegerField(default=0, help_text="that browser's own count")),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "administration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="records.administration"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("administration", "item"), name="one_answer_an_item")],
            },
        ),
        migrations.CreateModel(
            name="CohortTeacher",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "cohort",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="teachers", to="records.cohort"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="teaches", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("cohort", "user"), name="a_teacher_teaches_once")],
            },
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.UniqueConstraint(fields=("administration", "item"), name="one_comment_an_item"),
        ),
        migrations.AddConstraint(
            model_name="commentreading",
            constraint=models.UniqueConstraint(fields=("comment", "reader"), name="a_reader_reads_once"),
        ),
        migrations.AddConstraint(
            model_name="materialreleased",
            constraint=models.UniqueConstraint(fields=("cohort", "material", "session"), name="released_once"),
        ),
        migrations.AddConstraint(
            model_name="pairinggroup",
            constraint=models.UniqueConstraint(fields=("pairing", "number"), name="a_group_has_its_number"),
        ),
        migrations.AddConstraint(
            model_name="pairingmember",
            constraint=models.UniqueConstraint(fields=("pairing", "participant"), name="in_one_group_a_pairing"),
        ),
        migrations.AddConstraint(
            model_name="leaving",
            constraint=models.UniqueConstraint(fields=("participant", "what"), name="each_is_left_once"),
        ),
        migrations.AddConstraint(
            model_name="keying",
            constraint=models.UniqueConstraint(
                fields=("participant", "assessment", "instrument", "number", "turn"), name="keyed_once_a_turn"
            ),
        ),
        migrations.AddConstraint(
            model_name="keying",
            constraint=models.UniqueConstraint(
                fields=("participant", "assessment", "instrument", "number", "by"), name="keyed_by_two_people"
            ),
        ),
        migrations.AddConstraint(
            model_name="keepapart",
            constraint=models.CheckConstraint(
                condition=models.Q(("one__lt", models.F("other"))), name="a_pair_apart_is_written_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="keepapart",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until", None)), fields=("one", "other"), name="kept_apart_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="homepractice",
            constraint=models.UniqueConstraint(fields=("participant", "date", "kind"), name="one_entry_a_day_and_kind"),
        ),
        migrations.AddConstraint(
            model_name="frozencode",
            constraint=models.UniqueConstraint(fields=("freeze", "participant"), name="one_code_a_freeze"),
        ),
        migrations.AddConstraint(
            model_name="frozencode",
            constraint=models.UniqueConstraint(fields=("freeze", "code"), name="a_frozen_code_is_one_persons"),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)), fields=("participant",), name="one_valid_consent"
            ),
        ),
        migrations.AddConstraint(
            model_name="administration",
            constraint=models.UniqueConstraint(
                fields=("participant", "assessment", "instrument", "number"), name="given_once_each_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="recordingconsent",
            constraint=models.UniqueConstraint(fields=("recording", "participant"), name="a_voice_is_asked_once"),
        ),
        migrations.AddConstraint(
            model_name="safetynotice",
            constraint=models.UniqueConstraint(fields=("event", "to", "step"), name="told_once_a_step"),
        ),
        migrations.AddConstraint(
            model_name="screening",
            constraint=models.UniqueConstraint(fields=("participant", "criterion"), name="a_criterion_is_judged_once"),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.UniqueConstraint(fields=("cohort", "number"), name="a_session_has_its_number"),
        ),
        migrations.AddConstraint(
            model_name="pairing",
            constraint=models.UniqueConstraint(fields=("session", "number"), name="a_pairing_has_its_number"),
        ),
        migrations.AddConstraint(
            model_name="debrief",
            constraint=models.UniqueConstraint(fields=("session", "by"), name="one_debrief_a_teacher"),
        ),
        migrations.AddConstraint(
            model_name="blockdelivered",
            constraint=models.UniqueConstraint(fields=("session", "block", "rater"), name="a_block_is_rated_once"),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.UniqueConstraint(fields=("participant", "session"), name="one_attendance_a_session"),
        ),
        migrations.AddConstraint(
            model_name="apology",
            constraint=models.UniqueConstraint(
                condition=models.Q(("taken_back_at", None)),
                fields=("participant", "session"),
                name="one_apology_a_session",
            ),
        ),
        migrations.AddConstraint(
            model_name="adverseevent",
            constraint=models.UniqueConstraint(
                condition=models.Q(("administration__isnull", False)),
                fields=("administration", "rule"),
                name="a_form_raises_it_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="adherencerating",
            constraint=models.UniqueConstraint(fields=("session", "item", "rater"), name="an_item_is_rated_once"),
        ),
        migrations.AddConstraint(
            model_name="roleheld",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until", None)),
                fields=("user", "study", "centre", "role"),
                name="a_role_is_held_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="roleheld",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "role__in",
                        ("coordinator", "teacher", "data-entry", "researcher", "safety-contact", "administrator"),
                    )
                ),
                name="a_role_is_one_we_know",
            ),
        ),
        migrations.AddConstraint(
            model_name="randomisationslot",
            constraint=models.UniqueConstraint(fields=("study", "stratum", "position"), name="a_slot_has_its_position"),
        ),
        migrations.AddConstraint(
            model_name="protocolversion",
            constraint=models.UniqueConstraint(fields=("study", "number"), name="a_version_has_its_number"),
        ),
        migrations.AddConstraint(
            model_name="participant",
            constraint=models.UniqueConstraint(fields=("study", "code"), name="a_code_is_given_once"),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.UniqueConstraint(
                condition=models.Q(("participant__isnull", False)),
                fields=("participant", "kind", "window"),
                name="a_participant_gets_it_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.UniqueConstraint(
                condition=models.Q(("user__isnull", False)),
                fields=("user", "study", "kind", "window"),
                name="a_user_gets_it_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.UniqueConstraint(
                condition=models.Q(("participant", None), ("user", None)),
                fields=("study", "kind", "window"),
                name="an_address_of_the_protocol_gets_it_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="freeze",
            constraint=models.UniqueConstraint(fields=("study", "number"), name="a_freeze_has_its_number"),
        ),
        migrations.AddConstraint(
            model_name="consenttext",
            constraint=models.UniqueConstraint(
                fields=("study", "version", "language"), name="a_consent_text_never_changes"
            ),
        ),
        migrations.AddConstraint(
            model_name="cohort",
            constraint=models.UniqueConstraint(fields=("study", "key"), name="a_cohort_is_named_once"),
        ),
        migrations.AddConstraint(
            model_name="cohort",
            constraint=models.CheckConstraint(
                condition=models.Q(("minimum__lte", models.F("maximum"))), name="a_cohort_has_a_size"
            ),
        ),
        migrations.AddConstraint(
            model_name="centre",
            constraint=models.UniqueConstraint(fields=("study", "key"), name="a_centre_is_named_once"),
        ),
        migrations.AddConstraint(
            model_name="tap",
            constraint=models.UniqueConstraint(fields=("by", "device", "sequence"), name="a_tap_counts_once"),
        ),
        migrations.AddConstraint(
            model_name="withoutwording",
            constraint=models.UniqueConstraint(
                fields=("study", "instrument", "language"), name="going_without_is_chosen_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="wordingtext",
            constraint=models.UniqueConstraint(
                fields=("study", "instrument", "language", "fingerprint"), name="a_wording_is_imported_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="wordingtext",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("signed_off_by", None),
                    models.Q(("signed_off_by", models.F("imported_by")), _negated=True),
                    _connector="OR",
                ),
                name="a_second_person_signs_a_wording_off",
            ),
        ),
    ]
