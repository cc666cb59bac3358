"""Before the new code: protected children, their log, and the two roles of the second wall."""

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mingtian.core.ids
import mingtian.vault.rules

SQL = Path(__file__).resolve().parents[1] / "sql"


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0002_audit_by_day"),
        ("org", "0004_posts_of_care"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL((SQL / "roles.sql").read_text(), migrations.RunSQL.noop),
        migrations.CreateModel(
            name="Tombstone",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("child", models.CharField(help_text="Public id.", max_length=12, unique=True)),
                ("basis", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
                ("key_gone_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "db_table": "vault_tombstone",
            },
        ),
        migrations.CreateModel(
            name="Child",
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
                    "state",
                    models.CharField(
                        choices=[("open", "open"), ("closed", "closed")],
                        default=mingtian.vault.rules.FileState["OPEN"],
                        max_length=6,
                    ),
                ),
                ("admitted_at", models.DateTimeField()),
                ("erased_at", models.DateTimeField(blank=True, null=True)),
                (
                    "school",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.unit",
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
                "db_table": "vault_child",
            },
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("user", models.BigIntegerField()),
                ("child", models.BigIntegerField()),
                (
                    "classes",
                    models.CharField(
                        help_text="Words of FieldClass, comma between.", max_length=120
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("case_work", "case_work"),
                            ("helping", "helping"),
                            ("counselling", "counselling"),
                            ("aid", "aid"),
                            ("registering", "registering"),
                            ("supervising", "supervising"),
                            ("approved_reading", "approved_reading"),
                            ("broken_glass", "broken_glass"),
                            ("rights", "rights"),
                        ],
                        max_length=20,
                    ),
                ),
                ("refused", models.BooleanField(default=False)),
            ],
            options={
                "db_table": "vault_reading",
                "indexes": [
                    models.Index(fields=["child", "at"], name="vault_reading_child"),
                    models.Index(fields=["user", "at"], name="vault_reading_user"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("digest", models.BinaryField()),
                (
                    "reading",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="link",
                        to="vault.reading",
                    ),
                ),
            ],
            options={
                "db_table": "vault_link",
            },
        ),
        migrations.CreateModel(
            name="Reach",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("worker", "worker"),
                            ("counsellor", "counsellor"),
                            ("helper", "helper"),
                            ("reader", "reader"),
                        ],
                        max_length=10,
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(blank=True, null=True)),
                ("source", models.CharField(max_length=60)),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reaches",
                        to="vault.child",
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "vault_reach",
                "indexes": [models.Index(fields=["user", "starts_at"], name="vault_reach_user")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_at__isnull", True),
                            ("ends_at__gte", models.F("starts_at")),
                            _connector="OR",
                        ),
                        name="vault_reach_instants",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ends_at__isnull", True)),
                        fields=("child", "user", "part", "source"),
                        name="vault_reach_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Request",
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
                        choices=[("read", "read"), ("glass", "glass"), ("erase", "erase")],
                        max_length=5,
                    ),
                ),
                ("reason", models.BinaryField()),
                ("basis", models.CharField(blank=True, default="", max_length=10)),
                ("days", models.PositiveSmallIntegerField(null=True)),
                ("asked_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("granted", models.BooleanField(null=True)),
                ("opens_until", models.DateTimeField(null=True)),
                ("reviewed_at", models.DateTimeField(null=True)),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[("in_order", "in_order"), ("asked_about", "asked_about")],
                        default="",
                        max_length=11,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "vault_request",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("granted__isnull", True)),
                        fields=("child", "asked_by", "kind"),
                        name="vault_request_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("decided_by", models.F("asked_by")), _negated=True),
                        name="vault_request_not_own",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reviewed_by", models.F("asked_by")), _negated=True),
                        name="vault_request_looked_at_by_another",
                    ),
                ],
            },
        ),
        migrations.RunSQL((SQL / "schema.sql").read_text(), migrations.RunSQL.noop),
    ]
