"""Before the new code: tickets that were passed up, and on which way."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("org", "0004_posts_of_care"),
        ("supervision", "0002_visits"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="ticket",
            name="passed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name="Passing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("words", models.CharField(max_length=300)),
                ("passed_at", models.DateTimeField()),
                ("answer", models.CharField(blank=True, default="", max_length=300)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "above",
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
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit"
                    ),
                ),
                (
                    "passed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="passings",
                        to="supervision.ticket",
                    ),
                ),
            ],
            options={
                "db_table": "supervision_passing",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("ticket", "office"), name="supervision_passing_once"
                    )
                ],
            },
        ),
    ]
