"""Before the new code: tables of liaison groups."""

import django.contrib.postgres.fields
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
            name="Group",
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
                    "line",
                    models.CharField(
                        choices=[("leads", "leads"), ("guides", "guides")], max_length=6
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("purpose", models.CharField(max_length=200)),
                (
                    "platform",
                    models.CharField(
                        choices=[
                            ("wechat", "wechat"),
                            ("wecom", "wecom"),
                            ("dingtalk", "dingtalk"),
                            ("feishu", "feishu"),
                            ("qq", "qq"),
                            ("other", "other"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("committees", "committees"),
                            ("schools", "schools"),
                            ("teachers", "teachers"),
                            ("families", "families"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=16), size=None
                    ),
                ),
                ("size", models.PositiveSmallIntegerField()),
                (
                    "in_charge_role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("director", "director"),
                            ("office", "office"),
                            ("clerk", "clerk"),
                            ("auditor", "auditor"),
                            ("principal", "principal"),
                            ("duty_teacher", "duty_teacher"),
                            ("class_teacher", "class_teacher"),
                        ],
                        default="",
                        max_length=24,
                    ),
                ),
                ("code_expires_on", models.DateField(blank=True, null=True)),
                ("closes_on", models.DateField()),
                ("closed_on", models.DateField(blank=True, null=True)),
                ("created_at", models.DateTimeField()),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "in_charge",
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
                "db_table": "groups_group",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_on__isnull", True)),
                        fields=("unit", "name"),
                        name="groups_group_name_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Entry",
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
                    "board",
                    models.CharField(
                        choices=[("enter", "enter"), ("learned", "learned")], max_length=7
                    ),
                ),
                ("text", models.CharField(max_length=500)),
                ("version", models.PositiveSmallIntegerField(default=1)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("shown", "shown"),
                            ("declined", "declined"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="waiting",
                        max_length=9,
                    ),
                ),
                ("written_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("tip_at", models.DateTimeField(blank=True, null=True)),
                (
                    "decided_by",
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
                    "written_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="groups.group",
                    ),
                ),
            ],
            options={
                "db_table": "groups_entry",
                "indexes": [
                    models.Index(fields=["group", "board", "-written_at"], name="groups_entry_of"),
                ],
            },
        ),
        migrations.CreateModel(
            name="DistributionList",
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
                ("name", models.CharField(max_length=60)),
                ("created_at", models.DateTimeField()),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit"
                    ),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        db_table="groups_list_group", related_name="+", to="groups.group"
                    ),
                ),
            ],
            options={
                "db_table": "groups_list",
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "name"), name="groups_list_name_once"),
                ],
            },
        ),
    ]
