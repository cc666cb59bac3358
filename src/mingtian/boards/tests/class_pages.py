"""What the tests of the class teacher's pages share: addresses, sending, reading."""

from typing import Any

from django.contrib.auth.models import User

from mingtian.attendance.models import Appeal
from mingtian.boards.tests.conftest import World
from mingtian.boards.tests.test_pages import signed_in

REVIEW = "2023-12-01"
FORMS: dict[str, dict[str, str]] = {
    "/pupils/{pupil}/note": {"how": "telephone"},
    "/pupils/{pupil}/note/undo": {},
    "/pupils/{pupil}/exempt": {"reason": "no_smartphone", "review_on": REVIEW},
    "/pupils/{pupil}/unwilling": {},
    "/pupils/{pupil}/expected": {},
    "/in-class/open": {},
    "/in-class/count": {"heads": "43"},
    "/in-class/ticks": {"present": "{pupil}"},
    "/in-class/drop": {},
    "/questions/{appeal}": {"decision": "declined", "answer": "请看回看。"},
}
PAGES = ("/pupils/{pupil}", "/in-class", "/questions")


def address(world: World, page: str, appeal: Appeal | None = None) -> str:
    pupil = world.evening.pupils[0].public_id
    filled = page.format(pupil=pupil, appeal=appeal.public_id if appeal else "000000000000")
    return world.address(world.evening.tree.class_one, filled)


def send(world: World, page: str, user: User | None = None, **sent: str) -> Any:
    client = signed_in(user or world.cast.teacher)
    return client.post(address(world, page), sent)


def text_of_class(world: World, language: str = "en") -> str:
    reply = signed_in(world.cast.teacher, language).get(address(world, ""))
    return str(reply.content.decode())


def list_of(text: str, state: str) -> str:
    return text.split(f'data-state-list="{state}"')[1].split("</ul>")[0]
