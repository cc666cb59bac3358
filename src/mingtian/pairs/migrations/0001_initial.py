"""Before the new code: pairs of helpers and children, visits, and who sees which row."""

from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mingtian.core.ids

SQL = Path(__file__).resolve().parents[1] / "sql"


def _key() -> models.BigAutoField:  # type: ignore[type-arg]
    return models.BigAutoField(
        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
    )


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("org", "0004_posts_of_care"),
        ("vault", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Pair",
            fields=[
                ("id", _key()),
                (
                    "public_id",
                    models.CharField(
                        default=mingtian.core.ids.public_id, max_length=12, unique=True
                    ),
                ),
                ("starts_on", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                ("rhythm", models.PositiveSmallIntegerField(help_text="Days.")),
                ("at", models.DateTimeField()),
                ("made_on", models.DateField(blank=True, null=True)),
                ("paused_at", models.DateTimeField(blank=True, null=True)),
                ("resumed_on", models.DateField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ended_for",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("reached", "reached"),
                            ("term", "term"),
                            ("child_gone", "child_gone"),
                            ("wish", "wish"),
                            ("handed_over", "handed_over"),
                            ("helper_gone", "helper_gone"),
                            ("consent", "consent"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                "db_table": "pairs_pair",
                "indexes": [
                    models.Index(fields=["child"], name="pairs_pair_child"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True),
                            models.Q(("ended_for", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="pairs_pair_ended",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True),
                            ("until__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="pairs_pair_days",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Goal",
            fields=[
                ("id", _key()),
                (
                    "public_id",
                    models.CharField(
                        default=mingtian.core.ids.public_id, max_length=12, unique=True
                    ),
                ),
                (
                    "area",
                    models.CharField(
                        choices=[
                            ("morals", "morals"),
                            ("study", "study"),
                            ("habits", "habits"),
                            ("feelings", "feelings"),
                        ],
                        max_length=8,
                    ),
                ),
                ("text", models.BinaryField(help_text="Sealed, class helping.")),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="vault.child",
                    ),
                ),
                (
                    "pair",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="goals",
                        to="pairs.pair",
                    ),
                ),
            ],
            options={
                "db_table": "pairs_goal",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("pair", "area"),
                        name="pairs_goal_one_of_each",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Duty",
            fields=[
                ("id", _key()),
                (
                    "public_id",
                    models.CharField(
                        default=mingtian.core.ids.public_id, max_length=12, unique=True
                    ),
                ),
                ("is_lead", models.BooleanField()),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ended_for",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("reached", "reached"),
                            ("term", "term"),
                            ("child_gone", "child_gone"),
                            ("wish", "wish"),
                            ("handed_over", "handed_over"),
                            ("helper_gone", "helper_gone"),
                            ("consent", "consent"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                (
                    "note",
                    models.BinaryField(help_text="At hand-over. Sealed, class helping.", null=True),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="vault.child",
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
                (
                    "pair",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="duties",
                        to="pairs.pair",
                    ),
                ),
            ],
            options={
                "db_table": "pairs_duty",
                "indexes": [
                    models.Index(fields=["user"], name="pairs_duty_user"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_at__isnull", True),
                            ("ends_at__gte", models.F("starts_at")),
                            _connector="OR",
                        ),
                        name="pairs_duty_instants",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ends_at__isnull", True)),
                        fields=("child", "user"),
                        name="pairs_duty_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ends_at__isnull", True)),
                        fields=("pair", "is_lead"),
                        name="pairs_duty_one_of_each",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Vetting",
            fields=[
                ("id", _key()),
                (
                    "public_id",
                    models.CharField(
                        default=mingtian.core.ids.public_id, max_length=12, unique=True
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("five_old", "five_old"), ("teacher", "teacher")], max_length=8
                    ),
                ),
                ("checked_on", models.DateField()),
                ("holds_until", models.DateField(help_text="The last day on which it holds.")),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
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
                "db_table": "pairs_vetting",
                "indexes": [
                    models.Index(fields=["unit"], name="pairs_vetting_unit"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("by", models.F("user")), _negated=True),
                        name="pairs_vetting_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("holds_until__gte", models.F("checked_on"))),
                        name="pairs_vetting_days",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("user", "checked_on"),
                        name="pairs_vetting_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                ("id", _key()),
                ("own", models.UUIDField(unique=True)),
                ("began_at", models.DateTimeField()),
                ("minutes", models.PositiveSmallIntegerField()),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("home", "home"),
                            ("school", "school"),
                            ("telephone", "telephone"),
                            ("outing", "outing"),
                        ],
                        max_length=9,
                    ),
                ),
                ("made", models.BooleanField()),
                (
                    "areas",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("morals", "morals"),
                                ("study", "study"),
                                ("habits", "habits"),
                                ("feelings", "feelings"),
                            ],
                            max_length=8,
                        ),
                        default=list,
                        size=None,
                    ),
                ),
                ("note", models.BinaryField(help_text="Sealed, class helping.", null=True)),
                ("words", models.BinaryField(null=True)),
                (
                    "wrong",
                    models.BooleanField(
                        default=False, help_text="Something is wrong, the helper says."
                    ),
                ),
                ("received_at", models.DateTimeField()),
                (
                    "questions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10), default=list, size=None
                    ),
                ),
                ("looked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="vault.child",
                    ),
                ),
                (
                    "handed_to",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "looked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pair",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="visits",
                        to="pairs.pair",
                    ),
                ),
            ],
            options={
                "db_table": "pairs_visit",
                "indexes": [
                    models.Index(fields=["pair", "-began_at"], name="pairs_visit_pair"),
                    models.Index(fields=["by", "began_at"], name="pairs_visit_by"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("made", False), ("minutes", 0)),
                            models.Q(("made", True), ("minutes__gte", 1), ("minutes__lte", 600)),
                            _connector="OR",
                        ),
                        name="pairs_visit_minutes",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Kept",
            fields=[
                ("id", _key()),
                ("year", models.PositiveSmallIntegerField()),
                ("visits", models.PositiveIntegerField()),
                ("minutes", models.PositiveIntegerField()),
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
                "db_table": "pairs_kept",
                "constraints": [
                    models.UniqueConstraint(fields=("user", "year"), name="pairs_kept_year")
                ],
            },
        ),
        migrations.RunSQL((SQL / "schema.sql").read_text(), migrations.RunSQL.noop),
    ]
