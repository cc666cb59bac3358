"""Before the new code: referrals to other bodies, talks before a consent, words at a hand-over."""

from pathlib import Path
from typing import Any

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mingtian.core.ids

SQL = Path(__file__).resolve().parents[1] / "sql"


def word(among: str, **more: Any) -> models.CharField:
    return models.CharField(choices=[(one, one) for one in among.split()], max_length=18, **more)


def to(model: str, **more: Any) -> models.ForeignKey:
    return models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=model, **more)


class Migration(migrations.Migration):
    dependencies = [("care", "0002_walls")]

    operations = [
        migrations.AddField("case", "answer_on", models.DateField(
            help_text="Until when a body is to answer, the first.", null=True)),
        migrations.AddField("transfer", "words", models.BinaryField(
            help_text="SITUATION.", null=True)),
        migrations.AddField("talk", "urgency", word(
            "danger asked unreached", blank=True, default="",
            help_text="Held before anybody agreed.")),
        migrations.CreateModel(
            name="Referral",
            fields=[
                ("id", models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.CharField(
                    default=mingtian.core.ids.public_id, max_length=12, unique=True)),
                ("at", models.DateTimeField()),
                ("body", word(
                    "civil_affairs school hospital legal_aid womens_federation procuratorate")),
                ("kind", word(
                    "schooling living health legal counselling family company other")),
                ("referred_on", models.DateField()),
                ("words", models.BinaryField(help_text="SITUATION: the reason.", null=True)),
                ("passed", django.contrib.postgres.fields.ArrayField(
                    base_field=models.CharField(max_length=10), default=list, size=None)),
                ("leave", word("guardian both danger", blank=True, default="")),
                ("agreed_on", models.DateField(null=True)),
                ("answer_by", models.DateField(help_text="Until when an answer was agreed on.")),
                ("answer", word("taken_up helped refused", blank=True, default="")),
                ("answered_on", models.DateField(null=True)),
                ("result", models.BinaryField(
                    help_text="SITUATION: what came of it.", null=True)),
                ("ended_at", models.DateTimeField(
                    help_text="Answered for good, or taken back.", null=True)),
                ("by", to(settings.AUTH_USER_MODEL)),
                ("case", models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="+", to="care.case")),
                ("child", to("vault.child")),
            ],
            options={"db_table": "care_referral",
"constraints": [
models.CheckConstraint(
            condition=models.Q(passed__len=0, leave="")
            | models.Q(passed__len__gt=0, leave="danger", agreed_on=None)
            | models.Q(passed__len__gt=0, leave__in=["guardian", "both"],
                       agreed_on__isnull=False),
            name="care_referral_leave"),
]},
        ),
        migrations.CreateModel(
            name="Look",
            fields=[
                ("id", models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("by", to(settings.AUTH_USER_MODEL)),
                ("child", to("vault.child")),
                ("referral", models.OneToOneField(
                    null=True, on_delete=django.db.models.deletion.CASCADE, related_name="look",
                    to="care.referral")),
                ("talk", models.OneToOneField(
                    null=True, on_delete=django.db.models.deletion.CASCADE, related_name="look",
                    to="care.talk")),
            ],
            options={"db_table": "care_look",
"constraints": [
models.CheckConstraint(
            condition=models.Q(talk=None, referral__isnull=False)
            | models.Q(talk__isnull=False, referral=None),
            name="care_look_at_one"),
]},
        ),
        migrations.AddIndex("talk", models.Index(
            condition=models.Q(("urgency", ""), _negated=True), fields=["child"],
            name="care_talk_urgent")),
        migrations.RunSQL((SQL / "referrals.sql").read_text(), migrations.RunSQL.noop),
        migrations.RunSQL((SQL / "derived.sql").read_text(), migrations.RunSQL.noop),
    ]  # fmt: skip
