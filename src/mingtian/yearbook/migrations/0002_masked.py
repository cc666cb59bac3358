"""Before the new code: editions keep what was given out and no exact number; those with exact ones go."""

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("yearbook", "0001_initial")]

    operations = [
        # They hold exact small numbers, and a digest by which a masked one could be found out.
        migrations.RunSQL("TRUNCATE yearbook_cell, yearbook_edition", migrations.RunSQL.noop),
        migrations.RemoveConstraint(model_name="cellrow", name="yearbook_cell_value"),
        migrations.AlterField(
            model_name="cellrow", name="value", field=models.BigIntegerField(null=True)
        ),
        migrations.AddField(
            model_name="cellrow",
            name="bound",
            field=models.CharField(
                blank=True, choices=[("≈", "≈"), (">", ">")], default="", max_length=1
            ),
        ),
        migrations.AddConstraint(
            model_name="cellrow",
            constraint=models.CheckConstraint(
                condition=Q(("bound", ""), ("value__isnull", True))
                | Q(("bound__in", ["≈", ">"]), ("value__gte", 10)),
                name="yearbook_cell_masked",
            ),
        ),
        migrations.AddConstraint(
            model_name="cellrow",
            constraint=models.CheckConstraint(
                condition=Q(("value__isnull", True)) | Q(("value", F("value") / 5 * 5)),
                name="yearbook_cell_in_steps",
            ),
        ),
    ]
