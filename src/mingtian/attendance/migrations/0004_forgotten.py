"""Add what is kept of persons who took their leave, and the mark of helped seats. Before the new code."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parents[1] / "sql"


class Migration(migrations.Migration):
    dependencies = [("attendance", "0003_enter")]
    operations = [
        migrations.RunSQL(
            (SQL / "forgotten.sql").read_text(encoding="utf-8"), migrations.RunSQL.noop
        )
    ]
