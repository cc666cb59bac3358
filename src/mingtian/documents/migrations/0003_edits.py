"""Before the new code: how often a draft was kept, so that two writers notice each other."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0002_sending_lists")]

    operations = [
        migrations.AddField(
            model_name="document",
            name="edits",
            field=models.PositiveIntegerField(db_default=0, default=0),
        )
    ]
