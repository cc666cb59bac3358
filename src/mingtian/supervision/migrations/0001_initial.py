"""Before the new code: tables of supervision (what was looked at, calls, tickets)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mingtian.core.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("campaigns", "0004_english_for_issuers_and_recordings"),
        ("org", "0003_more_posts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ContactTask",
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
                    "why",
                    models.CharField(
                        choices=[("fall", "fall"), ("silent", "silent")], max_length=6
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("taken_at", models.DateTimeField(null=True)),
                ("given_below", models.BooleanField(default=False)),
                (
                    "cause",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("access", "access"),
                            ("code", "code"),
                            ("sound", "sound"),
                            ("school_closed", "school_closed"),
                            ("network", "network"),
                            ("other", "other"),
                        ],
                        default="",
                        max_length=13,
                    ),
                ),
                ("words", models.CharField(blank=True, default="", max_length=300)),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "about",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit"
                    ),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "given_to",
                    models.ForeignKey(
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
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit"
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "supervision_contact_task",
                "indexes": [
                    models.Index(fields=["owner", "done_at"], name="supervision_task_of_owner"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("lecture", "about", "why"), name="supervision_task_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Alert",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[("early", "early"), ("middle", "middle"), ("final", "final")],
                        max_length=6,
                    ),
                ),
                ("value", models.PositiveIntegerField()),
                ("before", models.PositiveIntegerField()),
                ("usual", models.PositiveIntegerField()),
                ("low", models.PositiveIntegerField()),
                ("raised_at", models.DateTimeField()),
                (
                    "lecture",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="campaigns.lecture",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit"
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="alerts",
                        to="supervision.contacttask",
                    ),
                ),
            ],
            options={
                "db_table": "supervision_alert",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("lecture", "unit", "stage"), name="supervision_alert_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Look",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("early", "early"),
                            ("middle", "middle"),
                            ("final", "final"),
                            ("due", "due"),
                        ],
                        max_length=6,
                    ),
                ),
                ("looked_at", models.DateTimeField()),
                (
                    "lecture",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="campaigns.lecture",
                    ),
                ),
            ],
            options={
                "db_table": "supervision_look",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("lecture", "stage"), name="supervision_look_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[("early", "early"), ("middle", "middle"), ("final", "final")],
                        max_length=6,
                    ),
                ),
                ("value", models.PositiveIntegerField()),
                ("before", models.PositiveIntegerField(null=True)),
                ("usual", models.PositiveIntegerField(null=True)),
                ("low", models.PositiveIntegerField(null=True)),
                ("high", models.PositiveIntegerField(null=True)),
                (
                    "lecture",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="campaigns.lecture",
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
                "db_table": "supervision_mark",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("lecture", "unit", "stage"), name="supervision_mark_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Ticket",
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
                    "cause",
                    models.CharField(
                        choices=[
                            ("access", "access"),
                            ("code", "code"),
                            ("sound", "sound"),
                            ("school_closed", "school_closed"),
                            ("network", "network"),
                            ("other", "other"),
                        ],
                        max_length=13,
                    ),
                ),
                ("words", models.CharField(max_length=300)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("answered", "answered"),
                            ("solved", "solved"),
                            ("closed", "closed"),
                        ],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("given_below", models.BooleanField(default=False)),
                ("answer", models.CharField(blank=True, default="", max_length=300)),
                ("answered_at", models.DateTimeField(null=True)),
                ("outcome", models.CharField(blank=True, default="", max_length=300)),
                ("solved_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "about",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit"
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "given_to",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "lecture",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="campaigns.lecture",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit"
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "solved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "task",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ticket",
                        to="supervision.contacttask",
                    ),
                ),
            ],
            options={
                "db_table": "supervision_ticket",
                "indexes": [
                    models.Index(fields=["office", "state"], name="supervision_ticket_of_office"),
                    models.Index(fields=["about", "opened_at"], name="supervision_ticket_about"),
                ],
            },
        ),
    ]
