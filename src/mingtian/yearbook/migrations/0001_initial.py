"""Before the new code: editions of the year book and their cells; what was given out stays."""

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mingtian.core.ids

SQL = Path(__file__).resolve().parents[1] / "sql" / "schema.sql"
MEASURES = [
    (word, word)
    for word in (
        "children", "paired", "pairs", "visits", "cases", "talks", "grants", "aided", "paid",
        "gifts", "gift_money",
    )
]  # fmt: skip


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("org", "0004_posts_of_care"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Edition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "public_id",
                    models.CharField(
                        default=mingtian.core.ids.public_id, max_length=12, unique=True
                    ),
                ),
                ("year", models.SmallIntegerField()),
                (
                    "number",
                    models.SmallIntegerField(
                        help_text="1 for the first of its year, without gaps."
                    ),
                ),
                ("taken_on", models.DateField()),
                ("taken_at", models.DateTimeField()),
                ("closing", models.BooleanField(default=False)),
                ("book", models.CharField(blank=True, default="", max_length=12)),
                ("book_entries", models.IntegerField(default=0)),
                ("book_head", models.CharField(blank=True, default="", max_length=64)),
                ("previous", models.CharField(blank=True, default="", max_length=64)),
                ("digest", models.CharField(max_length=64)),
                (
                    "taken_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit"
                    ),
                ),
            ],
            options={
                "db_table": "yearbook_edition",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("unit", "year", "number"), name="yearbook_edition_number"
                    ),
                    models.UniqueConstraint(
                        fields=("unit", "year", "taken_on"), name="yearbook_edition_one_a_day"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("closing", True)),
                        fields=("unit", "year"),
                        name="yearbook_edition_one_closing",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CellRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("measure", models.CharField(choices=MEASURES, max_length=12)),
                ("word", models.CharField(blank=True, default="", max_length=32)),
                ("value", models.BigIntegerField()),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cells",
                        to="yearbook.edition",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.unit",
                    ),
                ),
            ],
            options={
                "db_table": "yearbook_cell",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edition", "place", "measure", "word"),
                        name="yearbook_cell_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("value__gte", 0)), name="yearbook_cell_value"
                    ),
                ],
            },
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), migrations.RunSQL.noop),
    ]
