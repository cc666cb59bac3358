"""Before the new code: from which recorded meeting a checklist's first point was taken."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("readiness", "0002_helpers_and_pilots")]

    operations = [
        migrations.AddField(
            model_name="checklist",
            name="met_in",
            field=models.CharField(blank=True, db_default="", default="", max_length=12),
        )
    ]
