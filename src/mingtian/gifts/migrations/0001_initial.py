"""Before the new code: donors, partners, drives, items, gifts and moves of stock."""

from typing import Any

from django.conf import settings
from django.db import migrations, models

import mingtian.core.ids


def key() -> models.BigAutoField:
    return models.BigAutoField(
        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
    )


def public() -> models.CharField:
    return models.CharField(default=mingtian.core.ids.public_id, max_length=12, unique=True)


def word(among: str, longest: int, **more: Any) -> models.CharField:
    return models.CharField(
        choices=[(one, one) for one in among.split()], max_length=longest, **more
    )


def to(model: str, **more: Any) -> models.ForeignKey:
    return models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=model, **more)


def person(**more: Any) -> models.ForeignKey:
    return to(settings.AUTH_USER_MODEL, **more)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("org", "0004_posts_of_care"),
        ("vault", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Donor",
            fields=[
                ("id", key()),
                (
                    "public_id",
                    public(),
                ),
                (
                    "kind",
                    word("person company charity", 7),
                ),
                ("name", models.BinaryField()),
                ("contact", models.BinaryField()),
                (
                    "unnamed",
                    models.BooleanField(help_text="Is not named on lists and receipts for others."),
                ),
                ("noted_at", models.DateTimeField()),
                (
                    "noted_by",
                    person(),
                ),
                (
                    "unit",
                    to("org.unit"),
                ),
            ],
            options={
                "db_table": "gifts_donor",
            },
        ),
        migrations.CreateModel(
            name="Item",
            fields=[
                ("id", key()),
                (
                    "public_id",
                    public(),
                ),
                ("name", models.CharField(max_length=30)),
                ("name_en", models.CharField(blank=True, max_length=40)),
                (
                    "measure",
                    word("piece set pair bag box barrel book half_kilo", 9),
                ),
                ("noted_at", models.DateTimeField()),
                (
                    "county",
                    to("org.unit"),
                ),
            ],
            options={
                "db_table": "gifts_item",
                "constraints": [
                    models.UniqueConstraint(fields=("county", "name"), name="gifts_item_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Partner",
            fields=[
                ("id", key()),
                (
                    "public_id",
                    public(),
                ),
                ("name", models.CharField(max_length=60)),
                ("licence", models.CharField(blank=True, max_length=40)),
                ("valid_until", models.DateField(blank=True, null=True)),
                ("noted_at", models.DateTimeField()),
                (
                    "unit",
                    to("org.unit"),
                ),
            ],
            options={
                "db_table": "gifts_partner",
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "name"), name="gifts_partner_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Drive",
            fields=[
                ("id", key()),
                (
                    "public_id",
                    public(),
                ),
                ("title", models.CharField(max_length=60)),
                ("plan", models.CharField(max_length=600)),
                (
                    "tag",
                    word("spring_festival childrens_day term_begins mid_autumn winter other", 16),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("noted_at", models.DateTimeField()),
                (
                    "noted_by",
                    person(),
                ),
                (
                    "unit",
                    to("org.unit"),
                ),
            ],
            options={
                "db_table": "gifts_drive",
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "title"), name="gifts_drive_once"),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="gifts_drive_days",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Gift",
            fields=[
                ("id", key()),
                ("public_id", models.CharField(max_length=12, unique=True)),
                ("year", models.PositiveSmallIntegerField()),
                (
                    "number",
                    models.PositiveIntegerField(
                        help_text="Of the county and year; stands on the receipt."
                    ),
                ),
                (
                    "kind",
                    word("money goods", 5),
                ),
                (
                    "tag",
                    word("spring_festival childrens_day term_begins mid_autumn winter other", 16),
                ),
                ("received_on", models.DateField()),
                ("amount", models.BigIntegerField(help_text="Whole fen, for money.", null=True)),
                ("receiver", models.CharField(blank=True, max_length=60)),
                ("receipt", models.CharField(blank=True, max_length=40)),
                ("receipt_on", models.DateField(null=True)),
                ("noted_at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(null=True)),
                ("undone_for", models.CharField(blank=True, default="", max_length=16)),
                (
                    "county",
                    to("org.unit"),
                ),
                (
                    "donor",
                    models.ForeignKey(
                        on_delete=models.PROTECT,
                        related_name="gifts",
                        to="gifts.donor",
                    ),
                ),
                (
                    "drive",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="gifts",
                        to="gifts.drive",
                    ),
                ),
                (
                    "noted_by",
                    person(),
                ),
                (
                    "undone_by",
                    person(null=True),
                ),
                (
                    "unit",
                    to("org.unit"),
                ),
            ],
            options={
                "db_table": "gifts_gift",
                "indexes": [
                    models.Index(fields=["unit", "received_on"], name="gifts_gift_unit_day"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("county", "year", "number"), name="gifts_gift_number"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("amount__isnull", True),
                                ("kind", "goods"),
                                ("receipt_on__isnull", True),
                            ),
                            models.Q(
                                ("amount__gt", 0),
                                ("kind", "money"),
                                ("receipt_on__isnull", False),
                                models.Q(("receiver", ""), _negated=True),
                                models.Q(("receipt", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="gifts_gift_money",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GiftLine",
            fields=[
                ("id", key()),
                ("quantity", models.PositiveIntegerField()),
                ("value", models.BigIntegerField(null=True)),
                (
                    "gift",
                    models.ForeignKey(
                        on_delete=models.PROTECT,
                        related_name="lines",
                        to="gifts.gift",
                    ),
                ),
                (
                    "item",
                    to("gifts.item"),
                ),
            ],
            options={
                "db_table": "gifts_line",
                "constraints": [
                    models.UniqueConstraint(fields=("gift", "item"), name="gifts_line_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Move",
            fields=[
                ("id", key()),
                ("public_id", models.CharField(max_length=12, unique=True)),
                (
                    "kind",
                    word("transfer loss count", 8),
                ),
                ("quantity", models.PositiveIntegerField()),
                ("difference", models.IntegerField(default=0)),
                ("reason", models.CharField(blank=True, max_length=16)),
                ("noted_at", models.DateTimeField()),
                (
                    "item",
                    to("gifts.item"),
                ),
                (
                    "noted_by",
                    person(),
                ),
                (
                    "to_unit",
                    to("org.unit", null=True),
                ),
                (
                    "unit",
                    to("org.unit"),
                ),
            ],
            options={
                "db_table": "gifts_move",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "transfer"), ("to_unit__isnull", False)),
                            models.Q(
                                ("kind", "loss"),
                                ("to_unit__isnull", True),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            models.Q(("kind", "count"), ("to_unit__isnull", True)),
                            _connector="OR",
                        ),
                        name="gifts_move_whole",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="drive",
            name="partner",
            field=to("gifts.partner", null=True, blank=True),
        ),
    ]
