"""Before the new code: donors, gifts, stock, hand-overs and need codes, with their guards."""

from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mingtian.core.ids
import mingtian.gifts.models
import mingtian.gifts.rules

SQL = Path(__file__).resolve().parents[1] / "sql"


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
                    "kind",
                    models.CharField(
                        choices=[
                            ("person", "person"),
                            ("company", "company"),
                            ("charity", "charity"),
                        ],
                        max_length=7,
                    ),
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
                    models.ForeignKey(
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
            ],
            options={
                "db_table": "gifts_donor",
            },
        ),
        migrations.CreateModel(
            name="Drive",
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
                ("title", models.CharField(max_length=60)),
                ("plan", models.CharField(max_length=600)),
                (
                    "tag",
                    models.CharField(
                        choices=[
                            ("spring_festival", "spring_festival"),
                            ("childrens_day", "childrens_day"),
                            ("term_begins", "term_begins"),
                            ("mid_autumn", "mid_autumn"),
                            ("winter", "winter"),
                            ("other", "other"),
                        ],
                        max_length=16,
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("noted_at", models.DateTimeField()),
                (
                    "noted_by",
                    models.ForeignKey(
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
            ],
            options={
                "db_table": "gifts_drive",
            },
        ),
        migrations.CreateModel(
            name="Gift",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
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
                    models.CharField(
                        choices=[("money", "money"), ("goods", "goods")], max_length=5
                    ),
                ),
                (
                    "tag",
                    models.CharField(
                        choices=[
                            ("spring_festival", "spring_festival"),
                            ("childrens_day", "childrens_day"),
                            ("term_begins", "term_begins"),
                            ("mid_autumn", "mid_autumn"),
                            ("winter", "winter"),
                            ("other", "other"),
                        ],
                        max_length=16,
                    ),
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
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit"
                    ),
                ),
                (
                    "donor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gifts",
                        to="gifts.donor",
                    ),
                ),
                (
                    "drive",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gifts",
                        to="gifts.drive",
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "undone_by",
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
            ],
            options={
                "db_table": "gifts_gift",
            },
        ),
        migrations.CreateModel(
            name="HandOver",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "planned"),
                            ("handed", "handed"),
                            ("confirmed", "confirmed"),
                            ("not_given", "not_given"),
                        ],
                        default=mingtian.gifts.rules.HandState["PLANNED"],
                        max_length=9,
                    ),
                ),
                ("planned_at", models.DateTimeField()),
                (
                    "way",
                    models.CharField(
                        blank=True,
                        choices=[("signed", "signed"), ("second", "second")],
                        default="",
                        max_length=6,
                    ),
                ),
                ("handed_at", models.DateTimeField(null=True)),
                ("signer", models.BinaryField(help_text="Sealed, class helping.", null=True)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, default="", max_length=12)),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="vault.child",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "handed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "planned_by",
                    models.ForeignKey(
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
            ],
            options={
                "db_table": "gifts_handover",
            },
        ),
        migrations.CreateModel(
            name="Item",
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
                ("name", models.CharField(max_length=30)),
                ("name_en", models.CharField(blank=True, max_length=40)),
                (
                    "measure",
                    models.CharField(
                        choices=[
                            ("piece", "piece"),
                            ("set", "set"),
                            ("pair", "pair"),
                            ("bag", "bag"),
                            ("box", "box"),
                            ("barrel", "barrel"),
                            ("book", "book"),
                            ("half_kilo", "half_kilo"),
                        ],
                        max_length=9,
                    ),
                ),
                ("noted_at", models.DateTimeField()),
                (
                    "county",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit"
                    ),
                ),
            ],
            options={
                "db_table": "gifts_item",
            },
        ),
        migrations.CreateModel(
            name="HandLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("quantity", models.PositiveIntegerField()),
                (
                    "handover",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="gifts.handover",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="gifts.item",
                    ),
                ),
            ],
            options={
                "db_table": "gifts_handline",
            },
        ),
        migrations.CreateModel(
            name="GiftLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("quantity", models.PositiveIntegerField()),
                ("value", models.BigIntegerField(null=True)),
                (
                    "gift",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="gifts.gift",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="gifts.item",
                    ),
                ),
            ],
            options={
                "db_table": "gifts_line",
            },
        ),
        migrations.CreateModel(
            name="Move",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.CharField(max_length=12, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("transfer", "transfer"), ("loss", "loss"), ("count", "count")],
                        max_length=8,
                    ),
                ),
                ("quantity", models.PositiveIntegerField()),
                ("difference", models.IntegerField(default=0)),
                ("reason", models.CharField(blank=True, max_length=16)),
                ("noted_at", models.DateTimeField()),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="gifts.item",
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "to_unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.unit",
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
                "db_table": "gifts_move",
            },
        ),
        migrations.CreateModel(
            name="Need",
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
                    "code",
                    models.CharField(
                        default=mingtian.gifts.models.need_code, max_length=8, unique=True
                    ),
                ),
                (
                    "thing",
                    models.CharField(
                        choices=[
                            ("coat", "coat"),
                            ("shoes", "shoes"),
                            ("clothes", "clothes"),
                            ("bedding", "bedding"),
                            ("school_bag", "school_bag"),
                            ("stationery", "stationery"),
                            ("books", "books"),
                            ("desk_lamp", "desk_lamp"),
                            ("desk", "desk"),
                            ("bicycle", "bicycle"),
                            ("sports", "sports"),
                            ("food", "food"),
                        ],
                        max_length=10,
                    ),
                ),
                ("size", models.CharField(blank=True, max_length=5)),
                ("note", models.CharField(blank=True, max_length=40)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("released", "released"),
                            ("withdrawn", "withdrawn"),
                            ("met", "met"),
                        ],
                        default=mingtian.gifts.rules.NeedState["WAITING"],
                        max_length=9,
                    ),
                ),
                ("written_at", models.DateTimeField()),
                ("released_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="vault.child",
                    ),
                ),
                (
                    "county",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit"
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "released_by",
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
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "gifts_need",
            },
        ),
        migrations.CreateModel(
            name="Partner",
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
                ("licence", models.CharField(blank=True, max_length=40)),
                ("valid_until", models.DateField(blank=True, null=True)),
                ("noted_at", models.DateTimeField()),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit"
                    ),
                ),
            ],
            options={
                "db_table": "gifts_partner",
            },
        ),
        migrations.CreateModel(
            name="HandOut",
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
                ("made_at", models.DateTimeField()),
                (
                    "codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=8), size=None
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handouts",
                        to="gifts.partner",
                    ),
                ),
            ],
            options={
                "db_table": "gifts_handout",
            },
        ),
        migrations.AddField(
            model_name="drive",
            name="partner",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="gifts.partner",
            ),
        ),
        migrations.CreateModel(
            name="Round",
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
                ("title", models.CharField(max_length=40)),
                (
                    "tag",
                    models.CharField(
                        choices=[
                            ("spring_festival", "spring_festival"),
                            ("childrens_day", "childrens_day"),
                            ("term_begins", "term_begins"),
                            ("mid_autumn", "mid_autumn"),
                            ("winter", "winter"),
                            ("other", "other"),
                        ],
                        max_length=16,
                    ),
                ),
                ("goes_on", models.DateField()),
                ("noted_at", models.DateTimeField()),
                (
                    "county",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.unit"
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
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
            ],
            options={
                "db_table": "gifts_round",
            },
        ),
        migrations.AddField(
            model_name="handover",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="handovers",
                to="gifts.round",
            ),
        ),
        migrations.AddIndex(
            model_name="gift",
            index=models.Index(fields=["unit", "received_on"], name="gifts_gift_unit_day"),
        ),
        migrations.AddConstraint(
            model_name="gift",
            constraint=models.UniqueConstraint(
                fields=("county", "year", "number"), name="gifts_gift_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="gift",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("amount__isnull", True), ("kind", "goods"), ("receipt_on__isnull", True)
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
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.UniqueConstraint(fields=("county", "name"), name="gifts_item_once"),
        ),
        migrations.AddConstraint(
            model_name="handline",
            constraint=models.UniqueConstraint(
                fields=("handover", "item"), name="gifts_handline_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="handline",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gt", 0)), name="gifts_handline_some"
            ),
        ),
        migrations.AddConstraint(
            model_name="giftline",
            constraint=models.UniqueConstraint(fields=("gift", "item"), name="gifts_line_once"),
        ),
        migrations.AddConstraint(
            model_name="move",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddIndex(
            model_name="need",
            index=models.Index(fields=["county", "thing"], name="gifts_need_alike"),
        ),
        migrations.AddConstraint(
            model_name="need",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["waiting", "released"])),
                fields=("child", "thing"),
                name="gifts_need_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="need",
            constraint=models.CheckConstraint(
                condition=models.Q(("released_by", models.F("written_by")), _negated=True),
                name="gifts_need_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="need",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["released", "met"]), _negated=True),
                    ("released_by__isnull", False),
                    _connector="OR",
                ),
                name="gifts_need_released",
            ),
        ),
        migrations.AddConstraint(
            model_name="partner",
            constraint=models.UniqueConstraint(fields=("unit", "name"), name="gifts_partner_once"),
        ),
        migrations.AddConstraint(
            model_name="drive",
            constraint=models.UniqueConstraint(fields=("unit", "title"), name="gifts_drive_once"),
        ),
        migrations.AddConstraint(
            model_name="drive",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="gifts_drive_days"
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.UniqueConstraint(
                fields=("unit", "title", "goes_on"), name="gifts_round_once"
            ),
        ),
        migrations.AddIndex(
            model_name="handover",
            index=models.Index(fields=["child"], name="gifts_handover_child"),
        ),
        migrations.AddIndex(
            model_name="handover",
            index=models.Index(fields=["unit", "state"], name="gifts_handover_unit"),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "not_given"), _negated=True),
                fields=("round", "child"),
                name="gifts_handover_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(("confirmed_by", models.F("handed_by")), _negated=True),
                name="gifts_handover_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "confirmed"), _negated=True),
                    ("way", "signed"),
                    ("confirmed_by__isnull", False),
                    _connector="OR",
                ),
                name="gifts_handover_signed",
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("handed_by__isnull", True), ("state__in", ["planned", "not_given"])),
                    models.Q(
                        ("handed_by__isnull", False),
                        ("state__in", ["handed", "confirmed"]),
                        models.Q(("way", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="gifts_handover_handed",
            ),
        ),
        migrations.RunSQL((SQL / "schema.sql").read_text(), migrations.RunSQL.noop),
    ]
