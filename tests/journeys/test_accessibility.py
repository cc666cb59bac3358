"""The rules of axe on the boards; families' pages are held against more in a file of their own."""

import pytest
from playwright.sync_api import BrowserContext

from tests.journeys.conftest import Stage
from tests.journeys.looking import faults

pytestmark = [pytest.mark.journey, pytest.mark.slow]


@pytest.mark.parametrize("path", ["", "/evenings", "/wall"])
def test_boards_break_no_rule(desk: BrowserContext, stage: Stage, path: str) -> None:
    page = desk.new_page()
    unit = stage.evening.tree.school.public_id

    page.goto(f"/boards/{stage.evening.lecture.pk}/{unit}{path}")

    assert faults(page) == []
