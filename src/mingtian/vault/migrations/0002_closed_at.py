"""Before the new code: since when a file is closed, from which its term runs."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("vault", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="child",
            name="closed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunSQL(
            "GRANT UPDATE (closed_at) ON vault_child TO mingtian_case", migrations.RunSQL.noop
        ),
    ]
