"""A value sealed with the server's secret, by which a lost or foreign secret is noticed before anybody signs in."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """The table of one row; the server fills it when it starts, once its secret opened what is sealed already."""

    dependencies = [("records", "0004_message_dedupe_key")]
    operations = [
        migrations.CreateModel(
            name="SecretCheck",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("sealed", models.BinaryField(help_text="known words, sealed with the server's secret")),
            ],
            options={"constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="one_secret")]},
        ),
    ]
