"""Before the new code: tables of visits to schools and of what they leave to be done."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mingtian.core.ids


class Migration(migrations.Migration):
    dependencies = [
        ("supervision", "0001_initial"),
        ("org", "0003_more_posts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Visit",
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
                ("role", models.CharField(max_length=13)),
                (
                    "kind",
                    models.CharField(
                        choices=[("comprehensive", "comprehensive"), ("helping", "helping")],
                        max_length=13,
                    ),
                ),
                ("visits_at", models.DateTimeField()),
                ("year", models.PositiveSmallIntegerField()),
                ("announced_on", models.DateField(null=True)),
                ("purpose", models.CharField(blank=True, default="", max_length=300)),
                ("planned_at", models.DateTimeField()),
                ("findings", models.CharField(blank=True, default="", max_length=300)),
                ("found_at", models.DateTimeField(null=True)),
                ("called_off_at", models.DateTimeField(null=True)),
                (
                    "found_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "planned_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit"
                    ),
                ),
                (
                    "visitor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit"
                    ),
                ),
            ],
            options={
                "db_table": "supervision_visit",
                "indexes": [
                    models.Index(fields=["school", "visits_at"], name="supervision_visit_of"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("called_off_at__isnull", True), ("kind", "comprehensive")
                        ),
                        fields=("school", "year"),
                        name="supervision_visit_yearly_cap",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("called_off_at__isnull", True)),
                        fields=("school", "visitor", "visits_at"),
                        name="supervision_visit_once",
                    ),
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
                ("words", models.CharField(max_length=300)),
                ("due_on", models.DateField()),
                ("done_at", models.DateTimeField(null=True)),
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
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit"
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="follow_ups",
                        to="supervision.visit",
                    ),
                ),
            ],
            options={
                "db_table": "supervision_follow_up",
                "indexes": [
                    models.Index(fields=["owner", "done_at"], name="supervision_follow_up_of"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("visit", "owner", "words"), name="supervision_follow_up_once"
                    ),
                ],
            },
        ),
    ]
