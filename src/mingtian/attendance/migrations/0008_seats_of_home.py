"""Find the phones of a household by index. Run before the new code."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parents[1] / "sql"


class Migration(migrations.Migration):
    dependencies = [("attendance", "0007_helped_seats")]
    operations = [
        migrations.RunSQL(
            (SQL / "seats_of_home.sql").read_text(encoding="utf-8"),
            "DROP INDEX attendance_seat_household",
        )
    ]
