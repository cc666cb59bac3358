"""Before the new code: the register of children in difficulty, sealed, and who sees which row."""

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mingtian.children.rules
import mingtian.core.ids

SQL = Path(__file__).resolve().parents[1] / "sql"


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("vault", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Identity",
            fields=[
                (
                    "child",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="vault.child",
                    ),
                ),
                ("name", models.BinaryField(help_text="Sealed, class name.")),
                ("facts", models.BinaryField(help_text="Sealed, class identity.", null=True)),
                ("home", models.BinaryField(help_text="Sealed, class home.", null=True)),
                ("birth_year", models.PositiveSmallIntegerField()),
                (
                    "despite",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("sibling", "sibling"),
                            ("namesake", "namesake"),
                            ("other_child", "other_child"),
                        ],
                        help_text="Why it was registered although another like it was.",
                        max_length=12,
                    ),
                ),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "db_table": "children_identity",
            },
        ),
        migrations.CreateModel(
            name="CategoryNote",
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
                    "category",
                    models.CharField(
                        choices=[
                            ("left_behind", "left_behind"),
                            ("poverty", "poverty"),
                            ("own_disability", "own_disability"),
                            ("guardianship", "guardianship"),
                            ("orphan", "orphan"),
                            ("unattended", "unattended"),
                            ("single_parent", "single_parent"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("both_away", "both_away"),
                            ("one_away_other_unable", "one_away_other_unable"),
                            ("minimum_living", "minimum_living"),
                            ("low_income", "low_income"),
                            ("other_hardship", "other_hardship"),
                            ("disabled", "disabled"),
                            ("gravely_ill", "gravely_ill"),
                            ("no_guardian", "no_guardian"),
                            ("improper_guardian", "improper_guardian"),
                            ("parents_dead", "parents_dead"),
                            ("parents_unfound", "parents_unfound"),
                            ("both_unable", "both_unable"),
                            ("one_lost_other_unable", "one_lost_other_unable"),
                            ("parent_dead", "parent_dead"),
                            ("parents_apart", "parents_apart"),
                        ],
                        max_length=24,
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("noted_at", models.DateTimeField()),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="vault.child",
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "children_category",
                "indexes": [
                    models.Index(fields=["category", "child"], name="children_category_counted")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="children_category_days",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ends_on__isnull", True)),
                        fields=("child", "category"),
                        name="children_category_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Consent",
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
                    "purpose",
                    models.CharField(
                        choices=[
                            ("case_work", "case_work"),
                            ("helping", "helping"),
                            ("counselling", "counselling"),
                            ("aid", "aid"),
                            ("sharing", "sharing"),
                            ("publishing", "publishing"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "party",
                    models.CharField(
                        choices=[("guardian", "guardian"), ("child", "child")], max_length=8
                    ),
                ),
                ("version", models.PositiveSmallIntegerField()),
                (
                    "way",
                    models.CharField(
                        choices=[("paper", "paper"), ("visit", "visit"), ("spoken", "spoken")],
                        max_length=8,
                    ),
                ),
                ("given_on", models.DateField()),
                (
                    "told_on",
                    models.DateField(
                        blank=True,
                        help_text="When the guardian was told of the child's own.",
                        null=True,
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("noted_at", models.DateTimeField()),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="vault.child",
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "children_consent",
                "indexes": [
                    models.Index(fields=["child", "purpose"], name="children_consent_child")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("child", "purpose", "party", "version"),
                        name="children_consent_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("party", mingtian.children.rules.Party["GUARDIAN"]),
                            ("told_on__isnull", False),
                            _connector="OR",
                        ),
                        name="children_consent_told",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Guardian",
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
                ("sealed", models.BinaryField(help_text="Sealed JSON, class home.")),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="vault.child",
                    ),
                ),
            ],
            options={
                "db_table": "children_guardian",
                "indexes": [models.Index(fields=["child"], name="children_guardian_child")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="children_guardian_days",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Token",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=8)),
                ("token", models.BinaryField()),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="vault.child",
                    ),
                ),
            ],
            options={
                "db_table": "children_token",
                "indexes": [
                    models.Index(fields=["token"], name="children_token_token"),
                    models.Index(fields=["child"], name="children_token_child"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "whole")),
                        fields=("token",),
                        name="children_token_whole",
                    )
                ],
            },
        ),
        migrations.RunSQL((SQL / "schema.sql").read_text(), migrations.RunSQL.noop),
    ]
