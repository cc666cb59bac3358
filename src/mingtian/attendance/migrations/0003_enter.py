"""Put the functions of sql/enter.sql in again, as they are now. Run before the new code."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parents[1] / "sql"


class Migration(migrations.Migration):
    dependencies = [("attendance", "0002_models")]
    operations = [
        migrations.RunSQL((SQL / "enter.sql").read_text(encoding="utf-8"), migrations.RunSQL.noop)
    ]
