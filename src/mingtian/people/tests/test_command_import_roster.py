"""The command imports, previews, writes refused rows, and says in words what is wrong."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from mingtian.core.models import AuditEntry
from mingtian.people.models import Person
from mingtian.testing.make import make_tree
from mingtian.testing.roster_files import workbook

pytestmark = pytest.mark.django_db

ROWS: list[list[object]] = [
    ["第一小学", "三年级", "一班", 1, "𬱖䶮"],
    ["第一小学", "三年级", "二班", "13912345678", "许一诺"],
]


def run(file: Path, under: str, *options: str) -> str:
    told = io.StringIO()
    with translation.override("en"):
        call_command("import_roster", str(file), f"--under={under}", *options, stdout=told)
    return told.getvalue()


def test_a_file_is_previewed_and_then_imported(tmp_path: Path) -> None:
    under = make_tree().county.public_id
    file, refused = tmp_path / "roster.xlsx", tmp_path / "refused.xlsx"
    file.write_bytes(workbook(ROWS))

    seen = run(file, under, "--dry-run")
    assert not Person.objects.exists()
    done = run(file, under, f"--rejected={refused}")

    assert seen.startswith("3: This is a telephone number.")
    assert "2 rows: 1 new, 0 changed, 0 unchanged, 0 back again, 1 refused" in seen
    assert done.startswith("1 new, 0 changed, 0 unchanged")
    assert Person.objects.count() == 1
    assert refused.read_bytes().startswith(b"PK")
    entry = AuditEntry.objects.get(action="people.roster_imported")
    assert entry.actor == "system:import_roster"


def test_what_is_wrong_is_told_in_words(tmp_path: Path) -> None:
    under = make_tree().county.public_id
    file = tmp_path / "roster.xlsx"
    file.write_bytes(b"%PDF-1.7\n\x00\x01")

    with pytest.raises(CommandError, match="This file is no table"):
        run(file, under)
    with pytest.raises(CommandError, match="There is no open unit"):
        run(file, "nowhere00000")
    with pytest.raises(CommandError, match="The file cannot be read"):
        run(tmp_path / "missing.xlsx", under)
