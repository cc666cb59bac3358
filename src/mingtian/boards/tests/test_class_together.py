"""Viewings in class and questions of families, at the class teacher's."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from mingtian.attendance.actions.appeals import open_appeal
from mingtian.attendance.actions.gatherings import open_gathering
from mingtian.attendance.models import Appeal, ByHand, Gathering
from mingtian.boards.tests.class_pages import (
    address,
    send,
    text_of_class,
)
from mingtian.boards.tests.conftest import MINUTE_20, World
from mingtian.boards.tests.test_pages import signed_in
from mingtian.core.models import AuditEntry
from mingtian.people.rules import Kin
from mingtian.screenshots.models import Picture
from mingtian.testing.make import ACTOR, invented_name, make_household, make_person

pytestmark = pytest.mark.usefixtures("at_minute_20")


# --- In class ---------------------------------------------------------------


def test_a_viewing_is_opened_counted_corrected_and_shown_apart(world: World) -> None:
    send(world, "/in-class/open")
    send(world, "/in-class/count", heads="41")
    send(world, "/in-class/count", heads="43")

    assert "Watched in class: 43 heads" in text_of_class(world)
    text = signed_in(world.cast.principal).get(world.address(world.evening.tree.school))
    figure = text.content.decode().split('data-figure="class_heads"')[1]
    assert "<span data-number>43</span>" in figure
    assert "<span data-number>0</span>" in text.content.decode().split('data-figure="arrived"')[1]


@pytest.mark.parametrize(
    ("heads", "told"),
    [
        ("0", "a number from 1 to 500"),
        ("501", "a number from 1 to 500"),
        ("many", "Write a number"),
    ],
)
def test_heads_that_cannot_be_are_told_beside_the_field(
    world: World, heads: str, told: str
) -> None:
    send(world, "/in-class/open")

    reply = send(world, "/in-class/count", heads=heads)

    assert reply.status_code == 422
    assert told in reply.content.decode()


def test_ticks_note_who_was_there(world: World) -> None:
    send(world, "/in-class/open")
    reply = send(world, "/in-class/ticks", present=world.evening.pupils[0].public_id)

    assert reply.status_code == 302
    assert ByHand.objects.get().how == "in_class"
    page = signed_in(world.cast.teacher).get(address(world, "/in-class")).content.decode()
    assert page.count(" checked") == 1


def test_refused_ticks_stay_ticked(world: World) -> None:
    send(world, "/in-class/open")
    send(world, "/in-class/count", heads="1")
    two = [each.public_id for each in world.evening.pupils[:2]]

    reply = signed_in(world.cast.teacher).post(address(world, "/in-class/ticks"), {"present": two})

    assert reply.status_code == 422
    assert reply.content.decode().count(" checked") == 2
    assert not ByHand.objects.exists()


def test_a_viewing_can_be_taken_back(world: World) -> None:
    send(world, "/in-class/open")
    send(world, "/in-class/drop")

    assert not Gathering.objects.exists()
    assert "Watch in class" in text_of_class(world)


def test_a_closed_evening_shows_the_number_without_forms(
    world: World, at: Callable[[datetime], None]
) -> None:
    open_gathering(
        lecture_id=world.lecture,
        unit_id=world.evening.tree.class_one.pk,
        now=MINUTE_20,
        actor=ACTOR,
    )
    at(world.evening.lecture.closes_at)

    page = signed_in(world.cast.teacher).get(address(world, "/in-class")).content.decode()
    reply = send(world, "/in-class/count", heads="40")

    assert "in-class/count" not in page
    assert reply.status_code == 422
    assert "its numbers no longer change" in reply.content.decode()


# --- Questions of families --------------------------------------------------


def test_open_questions_are_counted_on_the_class_page_and_read_with_a_trail(
    world: World, appeal: Appeal
) -> None:
    assert "Questions of families <b>1</b>" in text_of_class(world)

    page = signed_in(world.cast.teacher).get(address(world, "/questions")).content.decode()

    assert "手机没电了" in page
    assert f"1 {invented_name(0)}" in page
    read = AuditEntry.objects.get(action="attendance.appeals_read")
    assert (read.actor, read.detail) == ("teacher", {"appeals": 1})


def test_a_granted_question_notes_the_evening(world: World, appeal: Appeal) -> None:
    sent = {"decision": "granted", "answer": "", "how": "other_screen"}
    reply = signed_in(world.cast.teacher).post(address(world, "/questions/{appeal}", appeal), sent)

    assert reply.status_code == 302
    assert ByHand.objects.get().how == "other_screen"
    assert "<b>" not in text_of_class(world).split("Questions of families")[1].split("</a>")[0]


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (
            {"decision": "declined", "answer": " ", "how": "telephone"},
            "so that the family understands",
        ),
        (
            {"decision": "declined", "answer": "打 13812345678", "how": "telephone"},
            "telephone or citizen number",
        ),
        ({"decision": "perhaps", "answer": "好", "how": "telephone"}, "Choose one of these."),
    ],
)
def test_an_answer_that_cannot_be_sent_keeps_its_words(
    world: World, appeal: Appeal, sent: dict[str, str], told: str
) -> None:
    reply = signed_in(world.cast.teacher).post(address(world, "/questions/{appeal}", appeal), sent)

    text = reply.content.decode()
    assert reply.status_code == 422
    assert told in text
    assert f"autofocus>{sent['answer']}</textarea>" in text
    assert '<option value="telephone" selected>' in text
    appeal.refresh_from_db()
    assert appeal.state == "open"


def test_a_refused_answer_leaves_the_other_forms_as_they_were(world: World, appeal: Appeal) -> None:
    open_appeal(
        person_id=world.evening.pupils[1].pk, lecture_id=world.lecture, text="问",
        now=MINUTE_20, actor=ACTOR,
    )  # fmt: skip
    sent = {"decision": "perhaps", "answer": "好的", "how": "paper"}

    reply = signed_in(world.cast.teacher).post(address(world, "/questions/{appeal}", appeal), sent)

    text = reply.content.decode()
    assert text.count("好的") == 1
    assert text.count('<option value="paper" selected>') == 1
    assert text.count('<option value="other_screen" selected>') == 1


def test_a_question_answered_in_another_window_is_told(world: World, appeal: Appeal) -> None:
    sent = {"decision": "granted", "answer": ""}
    where = address(world, "/questions/{appeal}", appeal)
    client = signed_in(world.cast.teacher)
    client.post(where, sent)

    reply = client.post(where, sent)

    assert reply.status_code == 422
    assert "answered already" in reply.content.decode()


def test_a_question_of_another_class_is_not_found(world: World) -> None:
    other = make_person(world.evening.tree.class_two, "1", "沈思远")
    theirs = open_appeal(
        person_id=other.pk, lecture_id=world.lecture, text="问", now=MINUTE_20, actor=ACTOR
    )

    reply = signed_in(world.cast.teacher).post(
        address(world, "/questions/{appeal}", theirs), {"decision": "granted"}
    )

    assert reply.status_code == 404


def test_a_relatives_question_is_named_by_kin_and_child(world: World) -> None:
    home = make_household(world.evening.pupils[0], kin=[Kin.PATERNAL_GRANDMOTHER])
    relative = home.persons.get(kin=Kin.PATERNAL_GRANDMOTHER)
    open_appeal(
        person_id=relative.pk, lecture_id=world.lecture, text="问", now=MINUTE_20, actor=ACTOR
    )

    page = signed_in(world.cast.teacher).get(address(world, "/questions")).content.decode()

    assert f"{invented_name(0)} · Grandmother (paternal)" in page


def test_the_class_page_leads_to_the_certificates_of_the_class(world: World) -> None:
    assert 'href="/desk/certificates"' in text_of_class(world)
    page = signed_in(world.cast.teacher).get("/desk/certificates").content.decode()
    assert world.evening.tree.class_one.public_id in page


def test_pictures_that_wait_are_counted_on_the_class_page(world: World) -> None:
    unit = world.evening.tree.class_one
    assert "Pictures of families" not in text_of_class(world)
    Picture.objects.create(
        lecture=world.evening.lecture, household=make_household(world.evening.pupils[0]),
        unit=unit, content_sealed=b"sealed", sent_at=MINUTE_20,
        delete_at=MINUTE_20 + timedelta(days=1), fingerprint=bytes(8),
    )  # fmt: skip

    assert "Pictures of families <b>1</b>" in text_of_class(world)
