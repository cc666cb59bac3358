"""An evening with screenshots switched on, a home with a seat, and pictures to send."""

import io
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from PIL import Image, ImageDraw

from mingtian.campaigns.queries import CampaignRow, find_campaign
from mingtian.people.models import Household
from mingtian.people.rules import Kin
from mingtian.screenshots import actions
from mingtian.testing.cast import Cast, make_cast
from mingtian.testing.evening import STARTS, Evening, make_evening
from mingtian.testing.make import ACTOR, NOW, make_household

DURING = STARTS + timedelta(minutes=20)


@dataclass(frozen=True, kw_only=True)
class Scene:
    """The evening, its people, and a home with the first two pupils of Class 1."""

    evening: Evening
    cast: Cast
    home: Household

    @property
    def campaign(self) -> CampaignRow:
        found = find_campaign(self.evening.campaign.public_id)
        assert found is not None
        return found

    @property
    def sender(self) -> actions.Sender:
        return actions.Sender(campaign_id=self.evening.campaign.pk, household_id=self.home.pk)

    def switch_on(self) -> None:
        actions.switch_on(campaign=self.campaign, rule_read=True, actor=ACTOR, now=NOW)

    def send(self, upload: bytes, *, now: datetime = DURING, lecture: int = 1) -> int:
        return actions.send_picture(
            sender=self.sender, lecture_number=lecture, upload=upload, now=now
        )


@pytest.fixture
def scene(db: None) -> Scene:
    """Screenshots are off, as in every campaign."""
    evening = make_evening()
    home = make_household(*evening.pupils[:2], kin=[Kin.MOTHER])
    return Scene(evening=evening, cast=make_cast(evening.tree), home=home)


@pytest.fixture
def on(scene: Scene) -> Scene:
    """The same with screenshots switched on."""
    scene.switch_on()
    return scene


def drawn(size: tuple[int, int] = (540, 1200), *, mark: int = 0) -> Image.Image:
    """Draw something like the page of a phone; another ``mark`` looks different."""
    picture = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(picture)
    for line in range(12):
        left = (line * 37 + mark * 101) % size[0]
        pen.rectangle((left, line * 90, left + 150, line * 90 + 60), fill=(20 * line, 60, 90))
    return picture


def encoded(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    """Return the picture as a file."""
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()
