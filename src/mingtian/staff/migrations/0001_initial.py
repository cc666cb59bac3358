"""Before the new code: tables of invitations, hand-overs and failed tries; the cache's table."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mingtian.core.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("org", "0003_more_posts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Attempt",
            fields=[
                ("key", models.BinaryField(max_length=16, primary_key=True, serialize=False)),
                ("failures", models.IntegerField()),
                ("since", models.DateTimeField()),
                ("locked_until", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "db_table": "staff_attempt",
            },
        ),
        migrations.CreateModel(
            name="Invitation",
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
                    "role",
                    models.CharField(
                        choices=[
                            ("director", "director"),
                            ("office", "office"),
                            ("clerk", "clerk"),
                            ("auditor", "auditor"),
                            ("principal", "principal"),
                            ("duty_teacher", "duty_teacher"),
                            ("class_teacher", "class_teacher"),
                        ],
                        max_length=24,
                    ),
                ),
                (
                    "line",
                    models.CharField(
                        choices=[("leads", "leads"), ("guides", "guides")], max_length=6
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("name", models.CharField(max_length=60)),
                ("secret_hash", models.BinaryField(max_length=32, unique=True)),
                ("word_hash", models.BinaryField(max_length=32)),
                ("wrong_words", models.SmallIntegerField(default=0)),
                ("once", models.CharField(max_length=32, unique=True)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
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
                    "used_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "staff_invitation",
                "indexes": [
                    models.Index(fields=["unit", "expires_at"], name="staff_invitation_unit"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Handover",
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
                ("on", models.DateField()),
                ("note", models.TextField(blank=True, default="")),
                ("todos", models.JSONField(default=list)),
                ("made_at", models.DateTimeField()),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "post",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.post"
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "invitation",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handover",
                        to="staff.invitation",
                    ),
                ),
            ],
            options={
                "db_table": "staff_handover",
                "indexes": [
                    models.Index(fields=["successor", "on"], name="staff_handover_successor"),
                ],
            },
        ),
        # Where allauth counts wrong codes and marks used ones; as Django's createcachetable makes it.
        migrations.RunSQL(
            sql="""
                CREATE TABLE staff_cache (
                    cache_key varchar(255) PRIMARY KEY,
                    value text NOT NULL,
                    expires timestamptz NOT NULL
                );
                CREATE INDEX staff_cache_expires ON staff_cache (expires);
            """,
            reverse_sql="DROP TABLE staff_cache;",
        ),
    ]
