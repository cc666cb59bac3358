"""Before the new code: books, accounts, entries, lines and balances; what is posted stays."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import mingtian.core.ids

SQL = Path(__file__).resolve().parents[1] / "sql" / "schema.sql"


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("org", "0004_posts_of_care"),
    ]

    operations = [
        migrations.CreateModel(
            name="Book",
            fields=[
                ("id", models.AutoField(primary_key=True, serialize=False)),
                ("public_id", models.CharField(default=mingtian.core.ids.public_id, max_length=12)),
                ("opened_at", models.DateTimeField()),
                ("entries", models.IntegerField(default=0)),
                ("head", models.BinaryField()),
                (
                    "unit",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit"
                    ),
                ),
            ],
            options={
                "db_table": "ledger_book",
                "constraints": [
                    models.UniqueConstraint(fields=("public_id",), name="ledger_book_public_id"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                ("id", models.AutoField(primary_key=True, serialize=False)),
                ("public_id", models.CharField(default=mingtian.core.ids.public_id, max_length=12)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("source", "source"),
                            ("fund", "fund"),
                            ("reserved", "reserved"),
                            ("payable", "payable"),
                            ("paid", "paid"),
                            ("received", "received"),
                            ("stock", "stock"),
                            ("given", "given"),
                            ("lost", "lost"),
                        ],
                        max_length=8,
                    ),
                ),
                ("measure", models.CharField(max_length=32)),
                ("purpose", models.CharField(blank=True, max_length=64)),
                (
                    "may_go_negative",
                    models.BooleanField(help_text="Set by the database: the outside world only."),
                ),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "digest",
                    models.BinaryField(
                        help_text="SHA-256 of the account's text, set by the database."
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit"
                    ),
                ),
                (
                    "book",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.book",
                    ),
                ),
            ],
            options={
                "db_table": "ledger_account",
                "constraints": [
                    models.UniqueConstraint(fields=("public_id",), name="ledger_account_public_id"),
                    models.UniqueConstraint(fields=("id", "book"), name="ledger_account_in_book"),
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=("book", "owner", "kind", "measure", "purpose"),
                        name="ledger_account_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "source",
                                    "fund",
                                    "reserved",
                                    "payable",
                                    "paid",
                                    "received",
                                    "stock",
                                    "given",
                                    "lost",
                                ],
                            )
                        ),
                        name="ledger_account_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("may_go_negative", False), ("kind", "source"), _connector="OR"
                        ),
                        name="ledger_account_never_negative",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "number",
                    models.IntegerField(help_text="1 for the first of its book, without gaps."),
                ),
                ("public_id", models.CharField(default=mingtian.core.ids.public_id, max_length=12)),
                ("at", models.DateTimeField()),
                ("made_by", models.BigIntegerField(blank=True, null=True)),
                ("kind", models.CharField(max_length=32)),
                ("source", models.CharField(max_length=130)),
                ("reason", models.CharField(blank=True, max_length=32)),
                ("previous", models.BinaryField()),
                ("digest", models.BinaryField()),
                (
                    "book",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.book",
                    ),
                ),
                (
                    "reverses",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.entry",
                    ),
                ),
            ],
            options={
                "db_table": "ledger_entry",
                "constraints": [
                    models.UniqueConstraint(fields=("book", "number"), name="ledger_entry_number"),
                    models.UniqueConstraint(fields=("public_id",), name="ledger_entry_public_id"),
                    models.UniqueConstraint(fields=("source",), name="ledger_entry_source"),
                    models.UniqueConstraint(
                        condition=models.Q(("reverses__isnull", False)),
                        fields=("reverses",),
                        name="ledger_entry_reversed_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason", ""), ("reverses__isnull", True)),
                            models.Q(
                                ("reverses__isnull", False), models.Q(("reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="ledger_entry_reason",
                    ),
                ],
            },
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), migrations.RunSQL.noop),
    ]
