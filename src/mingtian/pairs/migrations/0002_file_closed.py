"""Before the new code: a pair may end with the child's file. Nothing changes in the tables."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pairs", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="duty",
            name="ended_for",
            field=models.CharField(
                blank=True,
                choices=[
                    ("reached", "reached"),
                    ("term", "term"),
                    ("child_gone", "child_gone"),
                    ("wish", "wish"),
                    ("handed_over", "handed_over"),
                    ("helper_gone", "helper_gone"),
                    ("consent", "consent"),
                    ("file_closed", "file_closed"),
                ],
                default="",
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="pair",
            name="ended_for",
            field=models.CharField(
                blank=True,
                choices=[
                    ("reached", "reached"),
                    ("term", "term"),
                    ("child_gone", "child_gone"),
                    ("wish", "wish"),
                    ("handed_over", "handed_over"),
                    ("helper_gone", "helper_gone"),
                    ("consent", "consent"),
                    ("file_closed", "file_closed"),
                ],
                default="",
                max_length=12,
            ),
        ),
    ]
