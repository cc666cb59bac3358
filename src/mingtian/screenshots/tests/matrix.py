"""Who may open the addresses of screenshots (STA-2): the class teacher, and nobody above."""

from mingtian.campaigns.queries import find_campaign
from mingtian.people.rules import Kin
from mingtian.screenshots import actions
from mingtian.screenshots.models import Picture
from mingtian.screenshots.tests.conftest import drawn, encoded
from mingtian.testing.make import ACTOR, NOW, make_household
from mingtian.testing.matrix import DURING, HOLDERS, Row, Rows, Who, World

OWN_TEACHER = {Who.TEACHER}


def campaign(world: World) -> dict[str, object]:
    return {"campaign": world.evening.campaign.public_id}


def class_one(world: World) -> dict[str, object]:
    return {"unit": world.tree.class_one.public_id}


def evening(world: World) -> dict[str, object]:
    return class_one(world) | campaign(world) | {"number": 1}


def _sent(world: World) -> str:
    found = find_campaign(world.evening.campaign.public_id)
    assert found is not None
    actions.switch_on(campaign=found, rule_read=True, actor=ACTOR, now=NOW)
    home = make_household(*world.evening.pupils[:1], kin=[Kin.MOTHER])
    actions.send_picture(
        sender=actions.Sender(campaign_id=found.id, household_id=home.pk),
        lecture_number=1, upload=encoded(drawn()), now=DURING,
    )  # fmt: skip
    return Picture.objects.get().public_id


def picture(world: World) -> dict[str, object]:
    return class_one(world) | {"picture": _sent(world)}


def picture_through_class_two(world: World) -> dict[str, object]:
    return {"unit": world.tree.class_two.public_id, "picture": _sent(world)}


ROWS: Rows = {
    # Why they are off is part of the plan; the office of the scope decides otherwise.
    "screenshots:switch-detail": Row(get=HOLDERS, post={Who.CITY}, key=campaign),
    "screenshots:picture-list": Row(get=OWN_TEACHER, key=class_one),
    "screenshots:tally-finish": Row(post=OWN_TEACHER, key=evening),
    "screenshots:picture-show": [
        Row(get=OWN_TEACHER, key=picture),
        Row(get=(), key=picture_through_class_two),
    ],
}
