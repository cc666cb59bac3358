"""Find the departed of one household. Run before the new code."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0004_consent_and_standing")]
    operations = [
        migrations.AddIndex(
            model_name="departed",
            index=models.Index(fields=["household"], name="people_departed_household"),
        ),
    ]
