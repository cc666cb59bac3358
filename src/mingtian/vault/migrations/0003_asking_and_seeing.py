"""Before the new code: nobody writes a decision along with what is asked; who sees one child."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parents[1] / "sql"


class Migration(migrations.Migration):
    dependencies = [("vault", "0002_closed_at")]

    operations = [
        migrations.RunSQL((SQL / name).read_text(encoding="utf-8"), migrations.RunSQL.noop)
        for name in ("asking.sql", "seeing.sql")
    ]
