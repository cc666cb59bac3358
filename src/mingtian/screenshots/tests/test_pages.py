"""The pages of screenshots: for the class teacher, for the office, for nobody else."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from mingtian.core.models import AuditEntry
from mingtian.screenshots.models import Picture
from mingtian.screenshots.tests.conftest import DURING, Scene, drawn, encoded

UPLOAD = encoded(drawn())


@pytest.fixture(autouse=True)
def _during(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mingtian.core.clock.now", lambda: DURING)


def list_of(scene: Scene) -> str:
    return reverse("screenshots:picture-list", args=[scene.evening.tree.class_one.public_id])


def switch_of(scene: Scene) -> str:
    return reverse("screenshots:switch-detail", args=[scene.evening.campaign.public_id])


def test_the_class_teacher_sees_the_pictures_with_the_childrens_names(
    on: Scene, client: Client
) -> None:
    on.send(UPLOAD)
    client.force_login(on.cast.teacher)

    page = client.get(list_of(on))

    assert page.headers["Cache-Control"] == "no-store"
    assert "林小满" in page.content.decode()
    assert AuditEntry.objects.filter(action="screenshots.seen").count() == 1
    address = reverse(
        "screenshots:picture-show",
        args=[on.evening.tree.class_one.public_id, Picture.objects.get().public_id],
    )
    picture = client.get(address)
    assert picture.content.startswith(b"\xff\xd8")
    assert picture.headers["Cache-Control"] == "no-store"
    assert picture.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("who", ["office", "principal", "outsider"])
def test_nobody_above_or_beside_the_class_sees_a_picture(
    on: Scene, client: Client, who: str
) -> None:
    on.send(UPLOAD)
    client.force_login(getattr(on.cast, who))
    unit = on.evening.tree.class_one.public_id
    picture = reverse("screenshots:picture-show", args=[unit, Picture.objects.get().public_id])
    tally = reverse("screenshots:tally-finish", args=[unit, on.campaign.public_id, 1])

    assert client.get(list_of(on)).status_code == 404
    assert client.get(picture).status_code == 404
    assert client.post(tally).status_code == 404
    assert Picture.objects.count() == 1


def test_a_picture_of_another_class_is_not_found_at_the_own_one(on: Scene, client: Client) -> None:
    on.send(UPLOAD)
    Picture.objects.update(unit=on.evening.tree.class_two)
    client.force_login(on.cast.teacher)

    address = reverse(
        "screenshots:picture-show",
        args=[on.evening.tree.class_one.public_id, Picture.objects.get().public_id],
    )

    assert client.get(address).status_code == 404


def test_tallying_deletes_what_was_shown_and_returns_to_the_list(on: Scene, client: Client) -> None:
    on.send(UPLOAD)
    client.force_login(on.cast.teacher)
    client.cookies["lang"] = "en"
    unit = on.evening.tree.class_one.public_id
    shown = re.findall(r'name="picture" value="(\w+)"', client.get(list_of(on)).content.decode())

    done = client.post(
        reverse("screenshots:tally-finish", args=[unit, on.campaign.public_id, 1]),
        {"picture": shown}, follow=True,
    )  # fmt: skip

    assert "1 picture was deleted." in done.content.decode()
    assert "No picture is waiting" in done.content.decode()
    assert not Picture.objects.exists()


def test_the_page_tells_everybody_why_screenshots_are_off(scene: Scene, client: Client) -> None:
    client.force_login(scene.cast.principal)

    page = client.get(switch_of(scene)).content.decode()

    assert "国办函〔2026〕12号" in page
    assert 'name="turn"' not in page


def test_the_office_switches_on_and_off(scene: Scene, client: Client) -> None:
    client.force_login(scene.cast.office)
    client.cookies["lang"] = "en"

    unread = client.post(switch_of(scene), {"turn": "on"})
    client.post(switch_of(scene), {"turn": "on", "rule_read": "yes"})
    page = client.get(switch_of(scene)).content.decode()
    client.post(switch_of(scene), {"turn": "off"})

    assert unread.status_code == 422
    assert "Confirm first" in unread.content.decode()
    assert "Switch off and delete" in page
    assert "Switch on for this campaign" in client.get(switch_of(scene)).content.decode()


@pytest.mark.parametrize("who", ["principal", "outsider"])
def test_nobody_but_the_office_of_the_scope_switches(
    scene: Scene, client: Client, who: str
) -> None:
    client.force_login(getattr(scene.cast, who))

    reply = client.post(switch_of(scene), {"turn": "on", "rule_read": "yes"})

    assert reply.status_code == 404


def test_the_class_teachers_evening_shows_the_way_only_while_pictures_wait(
    on: Scene, client: Client
) -> None:
    client.force_login(on.cast.teacher)
    unit = on.evening.tree.class_one.public_id
    board = reverse("boards:board", args=[on.evening.lecture.pk, unit])
    before = client.get(board).content.decode()

    on.send(UPLOAD)

    assert list_of(on) not in before
    assert list_of(on) in client.get(board).content.decode()
