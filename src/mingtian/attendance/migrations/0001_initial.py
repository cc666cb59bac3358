"""Tables of attendance from sql/schema.sql. Run before the new code."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parents[1] / "sql"


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("campaigns", "0001_initial"),
        ("people", "0001_initial"),
        ("org", "0001_initial"),
    ]
    operations = [
        migrations.RunSQL((SQL / name).read_text(encoding="utf-8"), migrations.RunSQL.noop)
        for name in ("schema.sql", "enter.sql")
    ]
