"""Before the new code: a hand-over that was noted wrongly can be undone, and what was signed stays."""

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

SQL = Path(__file__).resolve().parents[1] / "sql" / "undoing.sql"
STATES = [(one, one) for one in ("planned", "handed", "confirmed", "not_given", "undone")]


class Migration(migrations.Migration):
    dependencies = [
        ("gifts", "0002_children"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="handover",
            name="undone_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="handover", name="undone_at", field=models.DateTimeField(null=True)
        ),
        migrations.AddField(
            model_name="handover",
            name="undone_for",
            field=models.CharField(blank=True, db_default="", default="", max_length=16),
        ),
        migrations.AlterField(
            model_name="handover",
            name="state",
            field=models.CharField(choices=STATES, default="planned", max_length=9),
        ),
        migrations.RemoveConstraint(model_name="handover", name="gifts_handover_once"),
        migrations.RemoveConstraint(model_name="handover", name="gifts_handover_handed"),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.UniqueConstraint(
                condition=Q(("state__in", ["not_given", "undone"]), _negated=True),
                fields=("round", "child"),
                name="gifts_handover_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=Q(("handed_by__isnull", True), ("state__in", ["planned", "not_given"]))
                | Q(
                    ("handed_by__isnull", False),
                    ("state__in", ["handed", "confirmed", "undone"]),
                    Q(("way", ""), _negated=True),
                ),
                name="gifts_handover_handed",
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=Q(
                    ("undone_at__isnull", True),
                    ("undone_by__isnull", True),
                    ("undone_for", ""),
                    Q(("state", "undone"), _negated=True),
                )
                | Q(
                    ("state", "undone"),
                    ("undone_at__isnull", False),
                    ("undone_by__isnull", False),
                    Q(("undone_for", ""), _negated=True),
                    Q(("undone_by", F("handed_by")), _negated=True),
                ),
                name="gifts_handover_undone",
            ),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), migrations.RunSQL.noop),
    ]
