"""Before the new code: what cases must keep to, what is derived, and the second wall around them."""

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).resolve().parents[1] / "sql" / "schema.sql"


class Migration(migrations.Migration):
    dependencies = [("care", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["unit", "opened_at"], name="care_case_unit"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["school", "opened_at"], name="care_case_school"),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at", None)),
                fields=("child",),
                name="care_case_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", True), ("closed_for", "")),
                    models.Q(
                        ("closed_at__isnull", False), models.Q(("closed_for", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="care_case_closed",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("duty", "lead"), ("ends_at", None)),
                fields=("case",),
                name="care_one_lead",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ends_at", None)),
                fields=("case", "user", "duty"),
                name="care_duty_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.UniqueConstraint(
                fields=("case", "week_on"), name="care_contact_week"
            ),
        ),
        migrations.AddConstraint(
            model_name="milestone",
            constraint=models.UniqueConstraint(fields=("case", "kind"), name="care_milestone_once"),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.UniqueConstraint(
                fields=("case", "version"), name="care_plan_version"
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "approved")),
                fields=("case",),
                name="care_plan_in_force",
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["draft", "submitted", "returned"])),
                fields=("case",),
                name="care_plan_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by", None),
                    models.Q(("decided_by", models.F("by")), _negated=True),
                    _connector="OR",
                ),
                name="care_plan_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(("told__len__gt", 0)), name="care_report_told"
            ),
        ),
        migrations.AddConstraint(
            model_name="seen",
            constraint=models.UniqueConstraint(fields=("report", "by"), name="care_seen_once"),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("closed_at", None)), fields=["child"], name="care_ticket_open"
            ),
        ),
        migrations.AddIndex(
            model_name="transfer",
            index=models.Index(
                condition=models.Q(("accepted_at", None), ("ended_at", None)),
                fields=["to"],
                name="care_transfer_to",
            ),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("accepted_at", None), ("ended_at", None)),
                fields=("case",),
                name="care_one_transfer",
            ),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), migrations.RunSQL.noop),
    ]
