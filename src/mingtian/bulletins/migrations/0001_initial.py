"""Before the new code: tables of bulletins; what is issued refuses every change."""

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mingtian.core.ids

SQL = Path(__file__).resolve().parents[1] / "sql" / "schema.sql"


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("campaigns", "0004_english_for_issuers_and_recordings"),
        ("org", "0003_more_posts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Bulletin",
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
                (
                    "kind",
                    models.CharField(
                        choices=[("note", "note"), ("bulletin", "bulletin")], max_length=8
                    ),
                ),
                ("edition", models.PositiveSmallIntegerField()),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("figures_corrected", "figures_corrected"),
                            ("text_wrong", "text_wrong"),
                            ("superior_asked", "superior_asked"),
                            ("other", "other"),
                        ],
                        default="",
                        max_length=17,
                    ),
                ),
                ("reason_words", models.CharField(blank=True, default="", max_length=200)),
                ("texts", models.JSONField()),
                ("facts", models.JSONField()),
                ("title", models.CharField(blank=True, default="", max_length=160)),
                ("body", models.JSONField(default=list)),
                ("group_text", models.CharField(blank=True, default="", max_length=300)),
                ("reference", models.CharField(blank=True, default="", max_length=60)),
                ("document", models.CharField(blank=True, default="", max_length=12)),
                ("drafted_at", models.DateTimeField()),
                ("edited_at", models.DateTimeField(blank=True, null=True)),
                ("issued_at", models.DateTimeField(blank=True, null=True)),
                ("superseded_at", models.DateTimeField(blank=True, null=True)),
                (
                    "drafted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "edited_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "lecture",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="campaigns.lecture",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="next",
                        to="bulletins.bulletin",
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
                "db_table": "bulletins_bulletin",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("lecture", "unit", "kind", "edition"), name="bulletins_edition_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("issued_at__isnull", True)),
                        fields=("lecture", "unit", "kind"),
                        name="bulletins_one_draft",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("issued_at__isnull", False), ("superseded_at__isnull", True)
                        ),
                        fields=("lecture", "unit", "kind"),
                        name="bulletins_one_in_force",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("edition", 1), ("reason", ""), ("replaces__isnull", True)),
                            models.Q(
                                ("edition__gt", 1),
                                ("replaces__isnull", False),
                                models.Q(("reason", ""), _negated=True),
                                models.Q(("reason_words", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="bulletins_again_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("issued_at__isnull", False),
                                models.Q(("reference", ""), _negated=True),
                            ),
                            models.Q(
                                ("issued_at__isnull", True),
                                ("reference", ""),
                                ("superseded_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="bulletins_number_when_issued",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Switching",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.BooleanField()),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("mandate", "mandate"),
                            ("superior", "superior"),
                            ("not_asked", "not_asked"),
                            ("does_harm", "does_harm"),
                        ],
                        max_length=14,
                    ),
                ),
                ("words", models.CharField(max_length=200)),
                ("switched_at", models.DateTimeField()),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="campaigns.campaign",
                    ),
                ),
                (
                    "switched_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "bulletins_switching",
                "indexes": [models.Index(fields=["campaign", "-id"], name="bulletins_switched")],
            },
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), migrations.RunSQL.noop),
    ]
