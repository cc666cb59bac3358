"""Before the new code: grants and files, then the guards of all tables."""

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mingtian.aid.rules
import mingtian.core.ids

SQL = Path(__file__).resolve().parents[1] / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("aid", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Grant",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "public_id",
                    models.CharField(
                        default=mingtian.core.ids.public_id, max_length=12, unique=True
                    ),
                ),
                ("term", models.CharField(max_length=6)),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("any", "any"),
                            ("nursery", "nursery"),
                            ("primary", "primary"),
                            ("junior", "junior"),
                            ("senior", "senior"),
                            ("special", "special"),
                        ],
                        max_length=8,
                    ),
                ),
                ("boarding", models.BooleanField()),
                (
                    "per",
                    models.CharField(
                        choices=[("year", "year"), ("term", "term"), ("day", "day")], max_length=4
                    ),
                ),
                ("rate_amount", models.BigIntegerField()),
                ("days", models.SmallIntegerField(default=1)),
                ("amount", models.BigIntegerField(help_text="Whole fen.")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("entered", "entered"),
                            ("approved", "approved"),
                            ("batched", "batched"),
                            ("paid", "paid"),
                            ("received", "received"),
                            ("returned", "returned"),
                        ],
                        default=mingtian.aid.rules.State["ENTERED"],
                        max_length=8,
                    ),
                ),
                ("entered_at", models.DateTimeField()),
                ("approved_at", models.DateTimeField(null=True)),
                ("paid_at", models.DateTimeField(null=True)),
                ("received_on", models.DateField(null=True)),
                ("received_from", models.CharField(blank=True, default="", max_length=8)),
                ("returned_at", models.DateTimeField(null=True)),
                ("return_reason", models.CharField(blank=True, default="", max_length=16)),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="aid.batch",
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="vault.child",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "fund",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="aid.fund"
                    ),
                ),
                (
                    "paid_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "received_noted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "returned_by",
                    models.ForeignKey(
                        null=True,
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
                (
                    "listing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="aid.listing",
                    ),
                ),
                (
                    "payee",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="aid.payee",
                    ),
                ),
                (
                    "rate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="aid.raterow",
                    ),
                ),
                (
                    "scheme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="aid.scheme",
                    ),
                ),
            ],
            options={
                "db_table": "aid_grant",
                "indexes": [
                    models.Index(fields=["fund", "state"], name="aid_grant_fund_state"),
                    models.Index(fields=["unit", "term", "scheme"], name="aid_grant_unit_term"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "returned"), _negated=True),
                        fields=("child", "scheme", "term"),
                        name="aid_grant_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)), name="aid_grant_amount"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_by", models.F("entered_by")), _negated=True),
                            models.Q(("paid_by", models.F("entered_by")), _negated=True),
                            models.Q(("paid_by", models.F("approved_by")), _negated=True),
                        ),
                        name="aid_grant_three_hands",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Upload",
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
                ("term", models.CharField(max_length=6)),
                ("file_name", models.CharField(max_length=120)),
                ("content", models.BinaryField()),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                (
                    "fund",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="aid.fund"
                    ),
                ),
                (
                    "scheme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="aid.scheme",
                    ),
                ),
                (
                    "home",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="org.unit",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="org.unit"
                    ),
                ),
                (
                    "uploader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "aid_upload",
            },
        ),
        migrations.AddConstraint(
            model_name="fund",
            constraint=models.UniqueConstraint(fields=("unit", "name"), name="aid_fund_once"),
        ),
        migrations.AddConstraint(
            model_name="fund",
            constraint=models.CheckConstraint(
                condition=models.Q(("office_limit__gte", 0)), name="aid_fund_limit"
            ),
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("paid_at__isnull", True), ("dissolved_at__isnull", True), _connector="OR"
                ),
                name="aid_batch_one_end",
            ),
        ),
        migrations.AddConstraint(
            model_name="scheme",
            constraint=models.UniqueConstraint(fields=("unit", "name"), name="aid_scheme_once"),
        ),
        migrations.AddConstraint(
            model_name="raterow",
            constraint=models.UniqueConstraint(
                fields=("id", "scheme", "per", "amount"), name="aid_rate_as_it_is"
            ),
        ),
        migrations.AddConstraint(
            model_name="raterow",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)), name="aid_rate_amount"
            ),
        ),
        migrations.AddConstraint(
            model_name="raterow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True),
                    ("valid_to__gt", models.F("valid_from")),
                    _connector="OR",
                ),
                name="aid_rate_days",
            ),
        ),
        migrations.AddConstraint(
            model_name="listing",
            constraint=models.UniqueConstraint(
                fields=("id", "unit", "fund", "scheme", "term"), name="aid_list_as_it_is"
            ),
        ),
        migrations.AddConstraint(
            model_name="listing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "approved"), _negated=True),
                    models.Q(("decided_by", models.F("entered_by")), _negated=True),
                    _connector="OR",
                ),
                name="aid_list_two_hands",
            ),
        ),
        migrations.RunSQL((SQL / "schema.sql").read_text(), migrations.RunSQL.noop),
    ]
