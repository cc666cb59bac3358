"""Before the new code: the agency's short name, and numbers that can be given anew at once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0001_initial"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="lecture",
            name="campaigns_lecture_number",
        ),
        migrations.AddField(
            model_name="campaign",
            name="mandate_symbol",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="Agency's short name in the number.",
                max_length=40,
            ),
        ),
        migrations.AddConstraint(
            model_name="lecture",
            constraint=models.UniqueConstraint(
                deferrable=models.Deferrable.DEFERRED,
                fields=("campaign", "number"),
                name="campaigns_lecture_number",
            ),
        ),
    ]
