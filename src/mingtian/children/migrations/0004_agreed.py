"""Before the new code: what was agreed for a child, and that somebody works for it, is told in sight alone."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parents[1] / "sql" / "agreed.sql"


class Migration(migrations.Migration):
    dependencies = [("children", "0003_waiting"), ("vault", "0003_asking_and_seeing")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"), migrations.RunSQL.noop)]
