"""An education bureau's lists follow its own line: the bureaus and schools that it guides (RNK-1)."""

import pytest
from django.test import Client

from mingtian.bulletins.access import get_place_to_compare
from mingtian.bulletins.lists import Indicator
from mingtian.bulletins.queries import list_units
from mingtian.bulletins.tests.conftest import Desk
from mingtian.org.models import Unit
from mingtian.org.rules import Line, Role
from mingtian.testing.cast import make_staff

ENGLISH = {"accept-language": "en"}


def entries(desk: Desk, unit: Unit, *, of_campaign: bool) -> dict[str, int]:
    bureau = make_staff(f"bureau-{of_campaign}", unit, Role.OFFICE, line=Line.GUIDES)
    place = get_place_to_compare(bureau, desk.night.day.lecture_id, unit.public_id, desk.closed)
    found = list_units(
        place.day, place.unit, place.path, Indicator.PERSONS, desk.closed, of_campaign=of_campaign
    )
    listed = {each.title: each.value for _kind, group in found.groups for each in group}
    assert sum(listed.values()) == found.total.value
    return listed


@pytest.mark.parametrize("of_campaign", [False, True])
def test_a_bureau_lists_what_stands_below_it_on_its_own_line(desk: Desk, of_campaign: bool) -> None:
    tree, night = desk.night.evening.tree, desk.night
    desk.switch_on()
    night.expect(tree.other_class, 20)
    night.count(tree.other_class, 6)
    night.freeze()

    county = entries(desk, tree.county_education, of_campaign=of_campaign)

    assert county == {"No. 1 Primary School": 13, "No. 2 Primary School": 6}


@pytest.mark.parametrize(
    ("unit", "role", "line"),
    [
        ("city_education", Role.OFFICE, Line.GUIDES),
        ("county_education", Role.CLERK, Line.GUIDES),
        ("city", Role.AUDITOR, Line.LEADS),
        ("town", Role.OFFICE, Line.LEADS),
    ],
)
def test_who_writes_no_bulletin_finds_the_own_lists_in_its_place(
    client: Client, desk: Desk, unit: str, role: Role, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mingtian.core.clock.now", lambda: desk.over)
    desk.switch_on()
    issued = desk.issued()
    found = getattr(desk.night.evening.tree, unit)
    client.force_login(make_staff("reader", found, role, line=line))

    text = client.get("/desk/bulletins/", follow=True, headers=ENGLISH).content.decode()

    listed = f"/desk/bulletins/{desk.night.day.lecture_id}/{found.public_id}/units"
    assert f'href="{listed}"' in text
    assert client.get(listed).status_code == 200
    assert issued.reference not in text
    assert "Supervision note" not in text
    archive = f"/desk/bulletins/unit/{found.public_id}/archive.csv"
    assert client.get(archive).status_code == 404
