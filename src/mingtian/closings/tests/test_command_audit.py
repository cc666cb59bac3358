"""``mingtian audit verify`` finds a frozen figure that was changed."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from mingtian.closings.tests.conftest import Night
from mingtian.closings.tests.test_freeze import tamper


def test_all_is_as_it_was(night: Night) -> None:
    night.freeze()
    told = StringIO()

    call_command("audit", "verify", stdout=told)

    assert "frozen days: as they were\n" in told.getvalue()


def test_a_tampered_figure_ends_the_command_with_its_name(night: Night) -> None:
    night.freeze()
    tamper("UPDATE closings_line SET arrived = 9 WHERE kind = 1 AND arrived = 8")
    told = StringIO()

    with pytest.raises(CommandError, match="2 findings"):
        call_command("audit", "verify", stdout=told)

    unit = night.evening.tree.class_one.public_id
    assert "its lines are not those that were frozen" in told.getvalue()
    assert f"unit {unit} kind 1: frozen 9/6, counted now 8/6" in told.getvalue()


def test_where_no_database_answers_it_is_said_what_to_do(tmp_path: Path) -> None:
    nowhere = override_settings(DATABASE_URL=f"postgresql://mingtian@/mingtian?host={tmp_path}")

    with nowhere, pytest.raises(CommandError, match="Name yours in DATABASE_URL"):
        call_command("audit", "verify", stdout=StringIO())
