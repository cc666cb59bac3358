"""Before the new code: named lists of receivers."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import mingtian.core.ids


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0001_initial"),
        ("org", "0003_more_posts"),
    ]

    operations = [
        migrations.CreateModel(
            name="SendingList",
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
                (
                    "addresses",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=24), size=None
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="org.unit"
                    ),
                ),
            ],
            options={
                "db_table": "documents_sending_list",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("unit", "name"), name="documents_sending_list_once"
                    ),
                ],
            },
        ),
    ]
