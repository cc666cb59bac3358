"""Groups in the small world: the city's two named ones, a school's, a class's of families."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.conf import LazySettings

from mingtian.core.actor import Actor
from mingtian.groups.actions import Sender, To, register_group, send, set_robot
from mingtian.groups.models import Group
from mingtian.groups.queries import GroupRow, PostRow, find_group
from mingtian.groups.rules import Audience, GroupFacts, Platform, Words
from mingtian.groups.tests.vendors import Vendors, running
from mingtian.org.models import Unit
from mingtian.org.queries import unit_rows
from mingtian.org.rules import Line, Role
from mingtian.testing.evening import Evening, make_evening
from mingtian.testing.make import DAY, NOW

BY = Actor(username="system:test")
LAST_DAY = DAY + timedelta(days=7)
LATE = datetime(2023, 9, 18, 13, 0, tzinfo=NOW.tzinfo)
"""21:00 in Shanghai."""


def facts(**changes: Any) -> GroupFacts:
    """Return a group's facts as somebody would type them."""
    typed = GroupFacts(
        name="岚山市·关爱明天·中小学联系群", purpose="大讲堂期间联系各校", platform=Platform.WECHAT,
        audience=Audience.SCHOOLS, size=34, closes_on=LAST_DAY, code_expires_on=DAY,
        in_charge_role=Role.OFFICE,
    )  # fmt: skip
    return replace(typed, **changes)


@dataclass
class Ground:
    """The evening's tree and what tests of groups ask again and again."""

    evening: Evening

    def register(
        self, unit: Unit, *, line: Line = Line.LEADS, now: datetime = NOW, **changes: Any
    ) -> GroupRow:
        row = unit_rows([unit.pk], DAY)[unit.pk]
        made = register_group(unit=row, line=line, facts=facts(**changes), by=BY, now=now)
        return self.group(made)

    def group(self, public_id: str, day: date = DAY) -> GroupRow:
        found = find_group(public_id, day)
        assert found is not None
        return found

    def kept(self, group: GroupRow) -> Group:
        return Group.objects.get(pk=group.id)

    def send(
        self, unit: Unit, *groups: GroupRow, text: str | Words = "今晚八点开讲", now: datetime = NOW,
        source: str = "test:1", lists: tuple[str, ...] = (),
    ) -> PostRow:  # fmt: skip
        to = To(groups=[group.public_id for group in groups], lists=lists)
        return send(text=text, to=to, source=source, by=self.sender(unit), now=now)

    def sender(self, unit: Unit) -> Sender:
        return Sender(username="system:test", unit_id=unit.pk)

    def with_robot(
        self, vendors: Vendors, platform: Platform, *, secret: str = "", **changes: Any
    ) -> GroupRow:
        group = self.register(
            self.evening.tree.city, platform=platform, name=f"机器人{platform}", **changes
        )
        address = vendors.address(platform)
        set_robot(group=group, address=address, secret=secret, by=BY, now=NOW)
        return self.group(group.public_id)


@pytest.fixture
def ground(db: None) -> Ground:
    return Ground(make_evening())


@pytest.fixture
def vendors(settings: LazySettings) -> Any:
    """Robots on this machine that follow what the vendors publish."""
    with running() as there:
        settings.ROBOT_HOSTS = [there.host]
        yield there
