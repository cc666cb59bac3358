"""Before the new code: duties of the five-old, the log of levers, pilots."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mingtian.core.ids


class Migration(migrations.Migration):
    dependencies = [
        ("readiness", "0001_initial"),
        ("people", "0005_departed_household"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Pilot",
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
                ("reason", models.CharField(max_length=200)),
                ("consent_on", models.DateField()),
                ("chosen_at", models.DateTimeField()),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("families_given", models.PositiveSmallIntegerField(default=0)),
                ("finding", models.TextField(blank=True, default="")),
                ("told_at", models.DateTimeField(blank=True, null=True)),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="campaigns.campaign",
                    ),
                ),
                (
                    "chosen_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "coordinator",
                    models.ForeignKey(
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
                "db_table": "readiness_pilot",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign", "unit"), name="readiness_pilot_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PilotFamily",
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
                ("number", models.PositiveSmallIntegerField()),
                ("reason", models.CharField(max_length=200)),
                ("consent_on", models.DateField()),
                ("chosen_at", models.DateTimeField()),
                (
                    "household",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.household",
                    ),
                ),
                (
                    "pilot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="families",
                        to="readiness.pilot",
                    ),
                ),
            ],
            options={
                "db_table": "readiness_pilot_family",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("pilot", "number"), name="readiness_family_number"
                    ),
                    models.UniqueConstraint(
                        fields=("pilot", "household"), name="readiness_family_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Activity",
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
                    "lever",
                    models.CharField(
                        choices=[
                            ("school", "school"),
                            ("vice_principal", "vice_principal"),
                            ("five_old", "five_old"),
                            ("family_station", "family_station"),
                            ("class_group", "class_group"),
                        ],
                        max_length=14,
                    ),
                ),
                ("done_on", models.DateField()),
                ("what", models.CharField(max_length=200)),
                ("served", models.PositiveIntegerField()),
                ("written_at", models.DateTimeField()),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="campaigns.campaign",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit"
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "readiness_activity",
                "indexes": [
                    models.Index(fields=["campaign", "unit"], name="readiness_activity_of")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign", "unit", "lever", "done_on", "what"),
                        name="readiness_activity_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Duty",
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
                    "task",
                    models.CharField(
                        choices=[
                            ("watch", "watch"),
                            ("mobilise", "mobilise"),
                            ("help", "help"),
                            ("comment", "comment"),
                        ],
                        max_length=8,
                    ),
                ),
                ("block", models.CharField(max_length=60)),
                ("volunteers", models.PositiveSmallIntegerField()),
                ("written_at", models.DateTimeField()),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="campaigns.campaign",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit"
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "readiness_duty",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign", "unit", "task", "block"), name="readiness_duty_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("volunteers__gte", 1)), name="readiness_duty_some"
                    ),
                ],
            },
        ),
    ]
