"""A planned campaign with its cast, made through the module's own actions."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

import pytest

from mingtian.campaigns import actions
from mingtian.campaigns.models import Campaign
from mingtian.campaigns.rules import Mandate
from mingtian.org.models import Unit
from mingtian.testing.cast import Cast, make_cast
from mingtian.testing.make import (
    ACTOR,
    DAY,
    NOW,
    OPENED_ON,
    Tree,
    make_pupils,
    make_teachers,
    make_tree,
)

MANDATE = Mandate(
    issuer="岚山市关工委",
    issuer_en="Lanshan Care Committee",
    symbol="岚关工委",
    number=20,
    year=DAY.year,
    issued_on=OPENED_ON,
)
TITLES = [
    ("认识未成年人保护法", "The law that protects minors"),
    ("校园里的规矩", "Rules at school"),
    ("网络不是法外之地", "The net has its law too"),
    ("家庭里的爱和边界", "Love and limits at home"),
    ("远离毒品", "Away from drugs"),
    ("防溺水与防火", "Water and fire"),
    ("财物与诚信", "Belongings and honesty"),
    ("法律陪我长大", "The law grows up with me"),
]


@dataclass(frozen=True, kw_only=True)
class Ground:
    """The small world with rosters, and a campaign of the city with eight evenings."""

    tree: Tree
    cast: Cast
    campaign: Campaign

    def act(self, name: str, /, now: datetime = NOW, **arguments: Any) -> Any:
        """Run an action on the campaign."""
        verb = getattr(actions, name)
        return verb(campaign_id=self.campaign.pk, actor=ACTOR, now=now, **arguments)

    def open(self) -> Campaign:
        opened = self.act("open_campaign")
        assert isinstance(opened, Campaign)
        self.campaign.refresh_from_db()
        return opened

    def code_of(self, unit: Unit) -> str:
        return self.campaign.codes.get(unit=unit, closed_at=None).code


def spec(tree: Tree, **changes: Any) -> actions.CampaignSpec:
    """Return what the campaign of these tests is to be."""
    values: dict[str, Any] = {
        "name": "关爱明天、普法先行",
        "name_en": "Care for tomorrow, law first",
        "scope_id": tree.city.pk,
        "first_on": DAY,
        "last_on": DAY + timedelta(days=7),
    }
    return actions.CampaignSpec(**values | changes)


@pytest.fixture
def bare(db: None) -> Ground:
    """A draft without anything."""
    tree = make_tree()
    campaign = actions.create_campaign(spec=spec(tree), actor=ACTOR, now=NOW)
    return Ground(tree=tree, cast=make_cast(tree), campaign=campaign)


@pytest.fixture
def planned(bare: Ground) -> Ground:
    """A draft that can be opened: five pupils, two teachers, mandate, eight evenings."""
    make_pupils(bare.tree.class_one, 3)
    make_pupils(bare.tree.far_class, 2)
    make_teachers(bare.tree.teachers, 2)
    bare.act("set_mandate", mandate=MANDATE)
    bare.act("plan_lectures", start=time(20), length=timedelta(hours=1), titles=TITLES)
    return bare


@pytest.fixture
def running(planned: Ground) -> Ground:
    """An open campaign with its codes."""
    planned.open()
    planned.act("issue_codes")
    return planned


@pytest.fixture
def at_seven(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """Let the edges read 19:00 on the first evening."""
    monkeypatch.setattr("mingtian.core.clock.now", lambda: NOW)
    return NOW
