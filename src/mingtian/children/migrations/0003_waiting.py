"""Before the new code: what waits at the register can be listed, and a worker counts near the child alone."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parents[1] / "sql" / "waiting.sql"


class Migration(migrations.Migration):
    dependencies = [("children", "0002_sensitive")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"), migrations.RunSQL.noop)]
