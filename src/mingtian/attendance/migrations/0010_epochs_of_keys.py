"""Never give a key twice after a restore: phones hold tokens with the old ones. Before the new code."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parents[1] / "sql"


class Migration(migrations.Migration):
    dependencies = [("attendance", "0009_enter_guests_once")]
    operations = [
        migrations.RunSQL((SQL / name).read_text(encoding="utf-8"), migrations.RunSQL.noop)
        for name in ("epoch.sql", "enter.sql")
    ]
