"""Before the new code: an index, so that the page of the trail finds a day."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(fields=["at"], name="core_audit_at"),
        ),
    ]
