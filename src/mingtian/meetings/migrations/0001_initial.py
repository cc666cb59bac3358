"""Before the new code: tables of meetings, what they resolved, and talks with other offices."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mingtian.core.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("campaigns", "0004_english_for_issuers_and_recordings"),
        ("documents", "0001_initial"),
        ("org", "0003_more_posts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Meeting",
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
                ("once", models.CharField(max_length=12)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("launch", "launch"),
                            ("emergency", "emergency"),
                            ("joint", "joint"),
                            ("leaders", "leaders"),
                            ("principals", "principals"),
                            ("staff", "staff"),
                            ("parents", "parents"),
                            ("seminar", "seminar"),
                            ("study", "study"),
                        ],
                        max_length=10,
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("held_at", models.DateTimeField()),
                ("place", models.CharField(blank=True, default="", max_length=120)),
                ("chair", models.CharField(blank=True, default="", max_length=120)),
                ("partners", models.CharField(blank=True, default="", max_length=120)),
                ("attended", models.JSONField(default=dict)),
                ("people", models.PositiveIntegerField(default=0)),
                ("agenda", models.TextField(blank=True, default="")),
                ("minutes", models.TextField(blank=True, default="")),
                ("minutes_at", models.DateTimeField(blank=True, null=True)),
                ("document_words", models.CharField(blank=True, default="", max_length=120)),
                ("recorded_at", models.DateTimeField()),
                ("revision", models.PositiveIntegerField(default=1)),
                ("called_off_at", models.DateTimeField(blank=True, null=True)),
                ("called_off_why", models.CharField(blank=True, default="", max_length=500)),
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
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.document",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "staff",
                    models.ManyToManyField(
                        blank=True, related_name="+", to=settings.AUTH_USER_MODEL
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
                "db_table": "meetings_meeting",
                "indexes": [
                    models.Index(fields=["unit", "-held_at"], name="meetings_of_unit"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "once"), name="meetings_meeting_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Resolution",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("once", models.CharField(max_length=12)),
                ("text", models.CharField(max_length=500)),
                ("recorded_at", models.DateTimeField()),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="resolutions",
                        to="meetings.meeting",
                    ),
                ),
                (
                    "recorded_by",
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
                "db_table": "meetings_resolution",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("meeting", "number"), name="meetings_resolution_number"
                    ),
                    models.UniqueConstraint(
                        fields=("meeting", "once"), name="meetings_resolution_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Talk",
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
                ("once", models.CharField(max_length=12)),
                ("post", models.CharField(max_length=120)),
                ("with_whom", models.CharField(max_length=120)),
                ("with_role", models.CharField(blank=True, default="", max_length=120)),
                ("held_at", models.DateTimeField()),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("visit", "visit"),
                            ("telephone", "telephone"),
                            ("letter", "letter"),
                        ],
                        max_length=9,
                    ),
                ),
                ("agreed", models.TextField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "recorded_by",
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
                "db_table": "meetings_talk",
                "indexes": [
                    models.Index(fields=["unit", "-held_at"], name="meetings_talks_of_unit"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "once"), name="meetings_talk_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="FollowUp",
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
                ("once", models.CharField(max_length=12)),
                ("what", models.CharField(max_length=500)),
                ("due_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "open"), ("done", "done"), ("withdrawn", "withdrawn")],
                        default="open",
                        max_length=9,
                    ),
                ),
                ("said", models.CharField(blank=True, default="", max_length=500)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField()),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "settled_by",
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
                (
                    "resolution",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follow_ups",
                        to="meetings.resolution",
                    ),
                ),
                (
                    "talk",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follow_ups",
                        to="meetings.talk",
                    ),
                ),
            ],
            options={
                "db_table": "meetings_follow_up",
                "indexes": [
                    models.Index(fields=["owner", "due_on"], name="meetings_follow_ups_owned"),
                    models.Index(fields=["unit", "due_on"], name="meetings_follow_ups_set"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("unit", "once"), name="meetings_follow_up_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("resolution__isnull", False), ("talk__isnull", True)),
                            models.Q(("resolution__isnull", True), ("talk__isnull", False)),
                            _connector="OR",
                        ),
                        name="meetings_follow_up_of_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at__isnull", True), ("state", "open")),
                            models.Q(
                                ("state__in", ["done", "withdrawn"]),
                                ("settled_at__isnull", False),
                                models.Q(("said", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="meetings_follow_up_settled",
                    ),
                ],
            },
        ),
    ]
