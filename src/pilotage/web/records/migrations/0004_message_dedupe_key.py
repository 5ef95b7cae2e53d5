"""What keeps a message from going twice is its deduplication key; a window is the days an assessment is open."""

from django.db import migrations, models

CONSTRAINTS = (
    ("a_participant_gets_it_once", ("participant", "kind"), models.Q(participant__isnull=False)),
    ("a_user_gets_it_once", ("user", "study", "kind"), models.Q(user__isnull=False)),
    ("an_address_of_the_protocol_gets_it_once", ("study", "kind"), models.Q(participant=None, user=None)),
)


class Migration(migrations.Migration):
    """`Message.window` becomes `Message.dedupe_key`; its values stay, and are unique as they were."""

    dependencies = [("records", "0003_data_entry_pass")]
    operations = [
        *(migrations.RemoveConstraint(model_name="message", name=name) for name, _, _ in CONSTRAINTS),
        migrations.RenameField(model_name="message", old_name="window", new_name="dedupe_key"),
        *(
            migrations.AddConstraint(
                model_name="message",
                constraint=models.UniqueConstraint(fields=(*fields, "dedupe_key"), condition=condition, name=name),
            )
            for name, fields, condition in CONSTRAINTS
        ),
    ]
