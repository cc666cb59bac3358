"""Before the new code: whether a campaign compares its units, where boards can ask for it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0004_english_for_issuers_and_recordings")]

    operations = [
        migrations.AddField(
            model_name="campaign",
            name="compares_units",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="Whether posts see its units in an order with places (RNK-1).",
            ),
        ),
    ]
