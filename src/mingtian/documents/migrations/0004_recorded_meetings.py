"""Before the new code: from which recorded meeting a receiver's own meeting was taken."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0003_edits")]

    operations = [
        migrations.AddField(
            model_name="receipt",
            name="met_in",
            field=models.CharField(blank=True, db_default="", default="", max_length=12),
        )
    ]
