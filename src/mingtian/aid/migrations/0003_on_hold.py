"""Before the new code: grants on hold, limits with a day, files taken over with their refused rows kept."""

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

SQL = Path(__file__).resolve().parents[1] / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("aid", "0002_grants"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("batch", "fetched_at", models.DateTimeField(null=True)),
        migrations.AddField("grant", "held_at", models.DateTimeField(null=True)),
        migrations.AddField("upload", "taken_at", models.DateTimeField(null=True)),
        migrations.AlterField(
            "grant",
            "state",
            models.CharField(
                choices=[
                    ("entered", "entered"),
                    ("approved", "approved"),
                    ("batched", "batched"),
                    ("held", "held"),
                    ("paid", "paid"),
                    ("received", "received"),
                    ("returned", "returned"),
                ],
                default="entered",
                max_length=8,
            ),
        ),
        migrations.CreateModel(
            name="Limit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("amount", models.BigIntegerField(help_text="Whole fen.")),
                ("valid_from", models.DateField()),
                ("set_at", models.DateTimeField()),
                (
                    "fund",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="aid.fund",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "aid_limit",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 0)), name="aid_limit_amount"
                    )
                ],
            },
        ),
        migrations.RunSQL((SQL / "steps.sql").read_text(), migrations.RunSQL.noop),
        migrations.RunSQL((SQL / "limits.sql").read_text(), migrations.RunSQL.noop),
    ]
