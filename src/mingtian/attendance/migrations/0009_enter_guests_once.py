"""Put the functions of sql/enter.sql in again: a phone of guests enters one request at a time. Before the new code."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parents[1] / "sql"


class Migration(migrations.Migration):
    dependencies = [("attendance", "0008_seats_of_home")]
    operations = [
        migrations.RunSQL((SQL / "enter.sql").read_text(encoding="utf-8"), migrations.RunSQL.noop)
    ]
