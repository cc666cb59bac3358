"""Before the new code: tables of documents; what has been issued refuses every change."""

from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mingtian.core.ids
import mingtian.documents.rules

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
            name="Letterhead",
            fields=[
                (
                    "unit",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="org.unit",
                    ),
                ),
                ("mark", models.CharField(max_length=60)),
                ("symbol", models.CharField(max_length=24, unique=True)),
            ],
            options={
                "db_table": "documents_letterhead",
            },
        ),
        migrations.CreateModel(
            name="Document",
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
                    "genre",
                    models.CharField(
                        choices=[
                            ("notice", "notice"),
                            ("bulletin", "bulletin"),
                            ("report", "report"),
                            ("opinion", "opinion"),
                            ("letter", "letter"),
                            ("minutes", "minutes"),
                            ("implementation", "implementation"),
                            ("measures", "measures"),
                            ("evaluation", "evaluation"),
                        ],
                        max_length=14,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("reviewed", "reviewed"),
                            ("signed", "signed"),
                            ("issued", "issued"),
                            ("closed", "closed"),
                        ],
                        default=mingtian.documents.rules.State["DRAFT"],
                        max_length=8,
                    ),
                ),
                ("symbol", models.CharField(blank=True, default="", max_length=24)),
                ("year", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("number", models.PositiveIntegerField(blank=True, null=True)),
                ("reference", models.CharField(blank=True, default="", max_length=60)),
                ("mark", models.CharField(blank=True, default="", max_length=60)),
                ("title", models.CharField(max_length=160)),
                ("addressee", models.CharField(blank=True, default="", max_length=200)),
                ("copies_to", models.CharField(blank=True, default="", max_length=200)),
                (
                    "urgency",
                    models.CharField(
                        blank=True,
                        choices=[("", ""), ("加急", "加急"), ("特急", "特急")],
                        default="",
                        max_length=2,
                    ),
                ),
                ("body", models.JSONField(default=list)),
                (
                    "indicators",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("parent_issuer", models.CharField(blank=True, default="", max_length=120)),
                ("parent_number", models.CharField(blank=True, default="", max_length=60)),
                ("parent_on", models.DateField(blank=True, null=True)),
                ("version", models.PositiveSmallIntegerField(default=1)),
                ("source", models.CharField(blank=True, max_length=80, null=True, unique=True)),
                (
                    "to_lists",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=24),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "to_units",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), blank=True, default=list, size=None
                    ),
                ),
                ("relay_by", models.DateField(blank=True, null=True)),
                ("drafted_at", models.DateTimeField()),
                ("reviewed_at", models.DateTimeField(blank=True, null=True)),
                ("signed_at", models.DateTimeField(blank=True, null=True)),
                ("one_person", models.BooleanField(default=False)),
                ("issued_at", models.DateTimeField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "campaign",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="campaigns.campaign",
                    ),
                ),
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
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lower",
                        to="documents.document",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="next",
                        to="documents.document",
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
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
                "db_table": "documents_document",
                "indexes": [
                    models.Index(fields=["unit", "state"], name="documents_of_unit"),
                    models.Index(fields=["campaign"], name="documents_of_campaign"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("unit", "year", "number"), name="documents_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ["closed", "issued"]),
                                ("issued_at__isnull", False),
                                ("number__isnull", False),
                                ("year__isnull", False),
                                models.Q(("symbol", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state__in", ["closed", "issued"]), _negated=True),
                                ("issued_at__isnull", True),
                                ("number__isnull", True),
                                ("year__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="documents_number_when_issued",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
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
                ("name", models.CharField(max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("pdf", "pdf"),
                            ("docx", "docx"),
                            ("xlsx", "xlsx"),
                            ("jpg", "jpg"),
                            ("png", "png"),
                            ("webp", "webp"),
                        ],
                        max_length=4,
                    ),
                ),
                ("size", models.PositiveIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("content_sealed", models.BinaryField()),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="documents.document",
                    ),
                ),
            ],
            options={
                "db_table": "documents_attachment",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("document", "digest"), name="documents_attachment_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Partner",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("agreed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "agreed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="partners",
                        to="documents.document",
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
                "db_table": "documents_partner",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("document", "unit"), name="documents_partner_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "line",
                    models.CharField(
                        choices=[("leads", "leads"), ("guides", "guides")], max_length=6
                    ),
                ),
                ("sent_at", models.DateTimeField()),
                ("received_at", models.DateTimeField(blank=True, null=True)),
                ("relayed_at", models.DateTimeField(blank=True, null=True)),
                ("relayed_to", models.CharField(blank=True, default="", max_length=200)),
                ("meeting_at", models.DateTimeField(blank=True, null=True)),
                ("meeting_note", models.CharField(blank=True, default="", max_length=200)),
                ("requirements_at", models.DateTimeField(blank=True, null=True)),
                ("requirements_note", models.CharField(blank=True, default="", max_length=200)),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipts",
                        to="documents.document",
                    ),
                ),
                (
                    "received_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "requirements",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.document",
                    ),
                ),
                (
                    "through",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit"
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
                "db_table": "documents_receipt",
                "indexes": [
                    models.Index(fields=["unit", "document"], name="documents_received"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("document", "unit"), name="documents_receipt_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Register",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.PositiveIntegerField()),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit"
                    ),
                ),
            ],
            options={
                "db_table": "documents_register",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("unit", "year"), name="documents_register_once"
                    ),
                ],
            },
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), migrations.RunSQL.noop),
    ]
