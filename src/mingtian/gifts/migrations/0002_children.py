"""Before the new code: rounds, hand-overs and need codes, with the guards of all tables of gifts."""

from pathlib import Path
from typing import Any

import django.contrib.postgres.fields
from django.conf import settings
from django.db import migrations, models

import mingtian.core.ids
import mingtian.gifts.models

SQL = Path(__file__).resolve().parents[1] / "sql"


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
    dependencies = [("gifts", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="HandOver",
            fields=[
                ("id", key()),
                (
                    "public_id",
                    public(),
                ),
                (
                    "state",
                    word("planned handed confirmed not_given", 9, default="planned"),
                ),
                ("planned_at", models.DateTimeField()),
                (
                    "way",
                    word("signed second", 6, blank=True, default=""),
                ),
                ("handed_at", models.DateTimeField(null=True)),
                ("signer", models.BinaryField(help_text="Sealed, class helping.", null=True)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, default="", max_length=12)),
                (
                    "child",
                    to("vault.child"),
                ),
                (
                    "confirmed_by",
                    person(null=True),
                ),
                (
                    "handed_by",
                    person(null=True),
                ),
                (
                    "planned_by",
                    person(),
                ),
                (
                    "unit",
                    to("org.unit"),
                ),
            ],
            options={
                "db_table": "gifts_handover",
                "indexes": [
                    models.Index(fields=["child"], name="gifts_handover_child"),
                    models.Index(fields=["unit", "state"], name="gifts_handover_unit"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("confirmed_by", models.F("handed_by")), _negated=True),
                        name="gifts_handover_two_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "confirmed"), _negated=True),
                            ("way", "signed"),
                            ("confirmed_by__isnull", False),
                            _connector="OR",
                        ),
                        name="gifts_handover_signed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("handed_by__isnull", True), ("state__in", ["planned", "not_given"])
                            ),
                            models.Q(
                                ("handed_by__isnull", False),
                                ("state__in", ["handed", "confirmed"]),
                                models.Q(("way", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="gifts_handover_handed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HandLine",
            fields=[
                ("id", key()),
                ("quantity", models.PositiveIntegerField()),
                (
                    "handover",
                    models.ForeignKey(
                        on_delete=models.CASCADE,
                        related_name="lines",
                        to="gifts.handover",
                    ),
                ),
                (
                    "item",
                    to("gifts.item"),
                ),
            ],
            options={
                "db_table": "gifts_handline",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("handover", "item"), name="gifts_handline_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gt", 0)), name="gifts_handline_some"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Need",
            fields=[
                ("id", key()),
                (
                    "public_id",
                    public(),
                ),
                (
                    "code",
                    models.CharField(
                        default=mingtian.gifts.models.need_code, max_length=8, unique=True
                    ),
                ),
                (
                    "thing",
                    word(
                        "coat shoes clothes bedding school_bag stationery books desk_lamp desk bicycle sports food",
                        10,
                    ),
                ),
                ("size", models.CharField(blank=True, max_length=5)),
                ("note", models.CharField(blank=True, max_length=40)),
                (
                    "state",
                    word("waiting released withdrawn met", 9, default="waiting"),
                ),
                ("written_at", models.DateTimeField()),
                ("released_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "child",
                    to("vault.child"),
                ),
                (
                    "county",
                    to("org.unit"),
                ),
                (
                    "ended_by",
                    person(null=True),
                ),
                (
                    "released_by",
                    person(null=True),
                ),
                (
                    "unit",
                    to("org.unit"),
                ),
                (
                    "written_by",
                    person(),
                ),
            ],
            options={
                "db_table": "gifts_need",
                "indexes": [
                    models.Index(fields=["county", "thing"], name="gifts_need_alike"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["waiting", "released"])),
                        fields=("child", "thing"),
                        name="gifts_need_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("released_by", models.F("written_by")), _negated=True),
                        name="gifts_need_two_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["released", "met"]), _negated=True),
                            ("released_by__isnull", False),
                            _connector="OR",
                        ),
                        name="gifts_need_released",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HandOut",
            fields=[
                ("id", key()),
                (
                    "public_id",
                    public(),
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
                    person(),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=models.PROTECT,
                        related_name="handouts",
                        to="gifts.partner",
                    ),
                ),
            ],
            options={
                "db_table": "gifts_handout",
            },
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                ("id", key()),
                (
                    "public_id",
                    public(),
                ),
                ("title", models.CharField(max_length=40)),
                (
                    "tag",
                    word("spring_festival childrens_day term_begins mid_autumn winter other", 16),
                ),
                ("goes_on", models.DateField()),
                ("noted_at", models.DateTimeField()),
                (
                    "county",
                    to("org.unit"),
                ),
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
                "db_table": "gifts_round",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("unit", "title", "goes_on"), name="gifts_round_once"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="handover",
            name="round",
            field=models.ForeignKey(
                on_delete=models.PROTECT,
                related_name="handovers",
                to="gifts.round",
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "not_given"), _negated=True),
                fields=("round", "child"),
                name="gifts_handover_once",
            ),
        ),
        migrations.RunSQL((SQL / "schema.sql").read_text(), migrations.RunSQL.noop),
    ]
