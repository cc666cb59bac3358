"""Before the new code: cases and what belongs to them."""

from typing import Any

import django.contrib.postgres.fields
from django.conf import settings
from django.db import migrations, models

import mingtian.core.ids


def key() -> models.BigAutoField:
    return models.BigAutoField(
        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
    )


def public() -> models.CharField:
    return models.CharField(default=mingtian.core.ids.public_id, max_length=12, unique=True)


def word(among: str, **more: Any) -> models.CharField:
    return models.CharField(choices=[(one, one) for one in among.split()], max_length=18, **more)


def person(**more: Any) -> models.ForeignKey:
    return models.ForeignKey(
        on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, **more
    )


def child() -> models.ForeignKey:
    return models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="vault.child")


def case() -> models.ForeignKey:
    return models.ForeignKey(on_delete=models.CASCADE, related_name="+", to="care.case")


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("org", "0004_posts_of_care"),
        ("vault", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", key()),
                ("public_id", public()),
                ("number", models.CharField(max_length=11, unique=True)),
                ("opened_at", models.DateTimeField()),
                ("reopened_at", models.DateTimeField(null=True)),
                (
                    "contact_from",
                    models.DateField(help_text="Since when parents are away.", null=True),
                ),
                (
                    "version",
                    models.IntegerField(
                        default=1, help_text="Goes up with each change of the case."
                    ),
                ),
                ("risk", word("low medium high urgent", null=True)),
                ("assessed_at", models.DateTimeField(null=True)),
                ("agreed_at", models.DateTimeField(null=True)),
                ("planned_at", models.DateTimeField(null=True)),
                ("served_at", models.DateTimeField(null=True)),
                ("reviewed_at", models.DateTimeField(null=True)),
                (
                    "plan_state",
                    word(
                        "draft submitted returned approved replaced",
                        help_text="Of the newest plan.",
                        null=True,
                    ),
                ),
                (
                    "due_on",
                    models.DateField(
                        help_text="The next service or review that is due.", null=True
                    ),
                ),
                (
                    "contact_on",
                    models.DateField(help_text="When parents were last in touch.", null=True),
                ),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "closed_for",
                    word(
                        "goals_met moved_away of_age withdrawn other erased", blank=True, default=""
                    ),
                ),
                (
                    "state",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(closed_at__isnull=False, then=models.Value("closed")),
                            models.When(reviewed_at__isnull=False, then=models.Value("reviewed")),
                            models.When(served_at__isnull=False, then=models.Value("served")),
                            models.When(planned_at__isnull=False, then=models.Value("planned")),
                            models.When(agreed_at__isnull=False, then=models.Value("consented")),
                            models.When(assessed_at__isnull=False, then=models.Value("assessed")),
                            default=models.Value("found"),
                        ),
                        output_field=models.CharField(max_length=10),
                    ),
                ),
                ("child", child()),
                ("closed_by", person(null=True)),
                ("opened_by", person()),
                (
                    "school",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to="org.unit",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False, on_delete=models.PROTECT, related_name="+", to="org.unit"
                    ),
                ),
                ("worker", person(null=True)),
            ],
            options={
                "db_table": "care_case",
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                ("id", key()),
                ("public_id", public()),
                ("at", models.DateTimeField()),
                ("duty", word("lead second counsellor")),
                ("ends_at", models.DateTimeField(null=True)),
                ("by", person()),
                ("child", child()),
                ("user", person()),
                ("case", case()),
            ],
            options={
                "db_table": "care_assignment",
            },
        ),
        migrations.CreateModel(
            name="Assessment",
            fields=[
                ("id", key()),
                ("public_id", public()),
                ("at", models.DateTimeField()),
                ("scale", models.CharField(max_length=10)),
                ("score", models.SmallIntegerField()),
                ("level", word("low medium high urgent")),
                ("words", models.BinaryField(help_text="SITUATION: points and description.")),
                ("health", models.BinaryField(help_text="HEALTH.", null=True)),
                ("by", person()),
                ("child", child()),
                ("case", case()),
            ],
            options={
                "db_table": "care_assessment",
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", key()),
                ("public_id", public()),
                ("at", models.DateTimeField()),
                ("week_on", models.DateField(help_text="The week's Monday.")),
                ("spoke_on", models.DateField(null=True)),
                ("way", word("call video visit message none")),
                ("by", person()),
                ("case", case()),
                ("child", child()),
            ],
            options={
                "db_table": "care_contact",
            },
        ),
        migrations.CreateModel(
            name="Liaison",
            fields=[
                ("id", key()),
                ("public_id", public()),
                ("at", models.DateTimeField()),
                ("kind", word("home_visit school_visit talk_with_teacher truancy")),
                ("held_on", models.DateField()),
                ("reached", models.BooleanField()),
                ("words", models.BinaryField(help_text="SITUATION.", null=True)),
                ("by", person()),
                ("case", case()),
                ("child", child()),
            ],
            options={
                "db_table": "care_liaison",
            },
        ),
        migrations.CreateModel(
            name="Milestone",
            fields=[
                ("id", key()),
                ("public_id", public()),
                ("at", models.DateTimeField()),
                ("kind", word("applied approved first_payment guardian school_told village_told")),
                ("reached_on", models.DateField()),
                ("by", person()),
                ("case", case()),
                ("child", child()),
            ],
            options={
                "db_table": "care_milestone",
            },
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                ("id", key()),
                ("public_id", public()),
                ("at", models.DateTimeField()),
                ("version", models.SmallIntegerField()),
                ("state", word("draft submitted returned approved replaced", default="draft")),
                (
                    "areas",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10), size=None
                    ),
                ),
                ("goals", models.BinaryField()),
                ("agreed", word("guardian both")),
                ("agreed_on", models.DateField()),
                ("review_on", models.DateField()),
                (
                    "rule",
                    models.CharField(
                        blank=True, default="", help_text="Public id (AID-4).", max_length=12
                    ),
                ),
                ("rule_title", models.CharField(blank=True, default="", max_length=300)),
                ("submitted_at", models.DateTimeField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("by", person()),
                ("case", case()),
                ("child", child()),
                ("decided_by", person(null=True)),
            ],
            options={
                "db_table": "care_plan",
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", key()),
                ("public_id", public()),
                ("at", models.DateTimeField()),
                (
                    "told",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=14), size=None
                    ),
                ),
                ("told_at", models.DateTimeField()),
                ("words", models.BinaryField(null=True)),
                ("sealed_as", models.CharField(blank=True, default="", max_length=10)),
                ("by", person()),
                ("child", child()),
            ],
            options={
                "db_table": "care_report",
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", key()),
                ("public_id", public()),
                ("at", models.DateTimeField()),
                ("held_on", models.DateField()),
                ("next_on", models.DateField(null=True)),
                ("outcome", word("done partly not_possible go_on change_plan close")),
                ("words", models.BinaryField(help_text="SITUATION.")),
                ("by", person()),
                ("case", case()),
                ("child", child()),
            ],
            options={
                "db_table": "care_review",
            },
        ),
        migrations.CreateModel(
            name="Seen",
            fields=[
                ("id", key()),
                ("at", models.DateTimeField()),
                ("by", person()),
                (
                    "report",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="care.report"),
                ),
            ],
            options={
                "db_table": "care_seen",
            },
        ),
        migrations.CreateModel(
            name="Service",
            fields=[
                ("id", key()),
                ("public_id", public()),
                ("at", models.DateTimeField()),
                ("kind", word("schooling living health legal counselling family company other")),
                ("area", word("morals study habits feelings")),
                ("due_on", models.DateField()),
                ("done_on", models.DateField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "outcome",
                    word(
                        "done partly not_possible go_on change_plan close", blank=True, default=""
                    ),
                ),
                ("called_off_at", models.DateTimeField(null=True)),
                (
                    "words",
                    models.BinaryField(help_text="SITUATION: what is to be done.", null=True),
                ),
                ("result", models.BinaryField(help_text="SITUATION: what came of it.", null=True)),
                (
                    "rule",
                    models.CharField(
                        blank=True, default="", help_text="Public id (AID-4).", max_length=12
                    ),
                ),
                ("rule_title", models.CharField(blank=True, default="", max_length=300)),
                ("by", person()),
                ("case", case()),
                ("child", child()),
            ],
            options={
                "db_table": "care_service",
            },
        ),
        migrations.CreateModel(
            name="Talk",
            fields=[
                ("id", key()),
                ("public_id", public()),
                ("at", models.DateTimeField()),
                ("kind", word("one_to_one follow_up family truancy")),
                ("held_on", models.DateField()),
                ("by", person()),
                ("child", child()),
            ],
            options={
                "db_table": "care_talk",
            },
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", key()),
                ("words", models.BinaryField()),
                ("by", person()),
                ("child", child()),
                ("handed_to", person(null=True)),
                (
                    "talk",
                    models.OneToOneField(
                        on_delete=models.CASCADE, related_name="note", to="care.talk"
                    ),
                ),
            ],
            options={
                "db_table": "care_note",
            },
        ),
        migrations.CreateModel(
            name="Ticket",
            fields=[
                ("id", key()),
                ("public_id", public()),
                ("at", models.DateTimeField()),
                ("topic", word("living school health guardianship feelings aid other")),
                ("words", models.CharField(max_length=300)),
                ("answer", models.CharField(blank=True, default="", max_length=300)),
                ("answered_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("answered_by", person(null=True)),
                ("by", person()),
                ("child", child()),
            ],
            options={
                "db_table": "care_ticket",
            },
        ),
        migrations.CreateModel(
            name="Transfer",
            fields=[
                ("id", key()),
                ("public_id", public()),
                ("at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(help_text="Declined, or taken back.", null=True)),
                ("by", person()),
                ("case", case()),
                ("child", child()),
                ("to", person()),
            ],
            options={
                "db_table": "care_transfer",
            },
        ),
    ]
