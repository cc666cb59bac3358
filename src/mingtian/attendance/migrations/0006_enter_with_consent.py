"""Put the functions of sql/enter.sql in again: entries bring consent now. Run before the new code."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parents[1] / "sql"


class Migration(migrations.Migration):
    dependencies = [("attendance", "0005_by_hand"), ("people", "0004_consent_and_standing")]
    operations = [
        migrations.RunSQL((SQL / "enter.sql").read_text(encoding="utf-8"), migrations.RunSQL.noop)
    ]
