"""A reading of a paper form is a data-entry pass (double data entry); its rows move with the table."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """`Keying` becomes `DataEntryPass`."""

    dependencies = [("records", "0002_guards")]
    operations = [
        migrations.RenameModel(old_name="Keying", new_name="DataEntryPass"),
        migrations.AlterField(
            model_name="dataentrypass",
            name="participant",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="data_entry_passes",
                to="records.participant",
            ),
        ),
        migrations.AlterField(
            model_name="dataentrypass",
            name="administration",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="data_entry_passes",
                to="records.administration",
            ),
        ),
    ]
