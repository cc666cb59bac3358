"""Before the new code: figures as reports printed them, to be held against what is counted."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

MEASURES = [
    (word, word)
    for word in (
        "children", "paired", "pairs", "visits", "cases", "talks", "grants", "aided", "paid",
        "gifts", "gift_money", "schemes", "areas",
    )
]  # fmt: skip


def to(model: str, **more: bool) -> models.ForeignKey:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=model, **more
    )


class Migration(migrations.Migration):
    dependencies = [
        ("org", "0004_posts_of_care"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("yearbook", "0002_masked"),
    ]

    operations = [
        migrations.CreateModel(
            name="Printed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.SmallIntegerField()),
                ("measure", models.CharField(choices=MEASURES, max_length=12)),
                ("word", models.CharField(blank=True, default="", max_length=32)),
                (
                    "bound",
                    models.CharField(choices=[("=", "="), (">", ">"), ("≈", "≈")], max_length=1),
                ),
                ("value", models.BigIntegerField()),
                ("source", models.CharField(max_length=120)),
                ("noted_at", models.DateTimeField()),
                ("noted_by", to(settings.AUTH_USER_MODEL)),
                ("place", to("org.unit", null=True)),
                ("unit", to("org.unit")),
            ],
            options={
                "db_table": "yearbook_printed",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("unit", "year", "place", "measure", "word"),
                        name="yearbook_printed_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("value__gt", 0)), name="yearbook_printed_some"
                    ),
                ],
            },
        ),
    ]
