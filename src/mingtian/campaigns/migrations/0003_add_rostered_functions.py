"""Before the new code: the functions of ``sql/functions.sql``."""

from pathlib import Path

from django.db import migrations

FUNCTIONS = Path(__file__).parents[1] / "sql" / "functions.sql"


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0002_mandate_symbol_and_renumbering"),
        ("org", "0002_codes_are_dated_and_unique"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(
            FUNCTIONS.read_text(encoding="utf-8"),
            "DROP FUNCTION campaigns_rostered(integer, date, smallint[]);"
            "DROP FUNCTION campaigns_units_below(integer, date)",
        ),
    ]
