"""What the ticks saw of the clock, so that nothing is deleted on the word of one reading."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """The last tick and the last jump of the clock, and since when a study's contact data are seen to be due."""

    dependencies = [("records", "0005_secret_check")]
    operations = [
        migrations.CreateModel(
            name="ClockSeen",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("ticked_at", models.DateTimeField(help_text="when the last tick ran, by the clock")),
                ("jumped_at", models.DateTimeField(help_text="the last reading that did not follow", null=True)),
            ],
            options={"constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="one_clock")]},
        ),
        migrations.AddField(
            model_name="study",
            name="contact_data_due_seen_at",
            field=models.DateTimeField(
                help_text="when a tick first saw that their time was over; empty while it is not, or not trusted",
                null=True,
            ),
        ),
    ]
