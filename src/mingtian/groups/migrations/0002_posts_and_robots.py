"""Before the new code: tables of posts, acknowledgements and robots."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mingtian.core.ids


class Migration(migrations.Migration):
    dependencies = [
        ("groups", "0001_initial"),
        ("org", "0003_more_posts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Post",
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
                ("source", models.CharField(max_length=80, unique=True)),
                ("title", models.CharField(blank=True, default="", max_length=60)),
                ("text", models.CharField(max_length=300)),
                ("link", models.CharField(blank=True, default="", max_length=300)),
                ("image", models.CharField(blank=True, default="", max_length=200)),
                ("asks", models.BooleanField(default=False)),
                ("posted_at", models.DateTimeField()),
                (
                    "posted_by",
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
                "db_table": "groups_post",
                "indexes": [
                    models.Index(fields=["unit", "-posted_at"], name="groups_post_of_unit"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("added_at", models.DateTimeField()),
                ("pasted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "robot",
                    models.CharField(
                        choices=[
                            ("none", "none"),
                            ("due", "due"),
                            ("sent", "sent"),
                            ("refused", "refused"),
                            ("silent", "silent"),
                            ("late", "late"),
                        ],
                        default="none",
                        max_length=8,
                    ),
                ),
                ("robot_calls", models.PositiveSmallIntegerField(default=0)),
                ("robot_next_at", models.DateTimeField(blank=True, null=True)),
                ("robot_code", models.CharField(blank=True, default="", max_length=24)),
                ("robot_done_at", models.DateTimeField(blank=True, null=True)),
                (
                    "forwarded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.unit",
                    ),
                ),
                (
                    "pasted_by",
                    models.ForeignKey(
                        blank=True,
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
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="groups.post",
                    ),
                ),
            ],
            options={
                "db_table": "groups_delivery",
                "indexes": [
                    models.Index(
                        condition=models.Q(("robot", "due")),
                        fields=["robot_next_at"],
                        name="groups_delivery_due",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("post", "group"), name="groups_delivery_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Acknowledgement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("acknowledged_at", models.DateTimeField()),
                (
                    "acknowledged_by",
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
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="groups.post",
                    ),
                ),
            ],
            options={
                "db_table": "groups_acknowledgement",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("post", "unit"), name="groups_acknowledgement_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RobotCall",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("called_at", models.DateTimeField()),
                ("outcome", models.CharField(blank=True, default="", max_length=8)),
                ("code", models.CharField(blank=True, default="", max_length=24)),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="groups.delivery",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="groups.group",
                    ),
                ),
            ],
            options={
                "db_table": "groups_robot_call",
                "indexes": [
                    models.Index(fields=["group", "called_at"], name="groups_robot_call_of"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("delivery", "number"), name="groups_robot_call_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Robot",
            fields=[
                (
                    "group",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="groups.group",
                    ),
                ),
                (
                    "vendor",
                    models.CharField(
                        choices=[
                            ("wecom", "wecom"),
                            ("dingtalk", "dingtalk"),
                            ("feishu", "feishu"),
                        ],
                        max_length=8,
                    ),
                ),
                ("address_sealed", models.BinaryField()),
                ("secret_sealed", models.BinaryField(null=True)),
                ("set_at", models.DateTimeField()),
                (
                    "set_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "groups_robot",
            },
        ),
    ]
