"""A question to the class teacher about one evening, and its answer on the family's page."""

from datetime import timedelta

import pytest

from mingtian.attendance.actions.appeals import Answer, answer_appeal
from mingtian.attendance.models import Appeal
from mingtian.family.tests.conftest import NEXT_DAY, Family, Phone
from mingtian.testing.cast import make_cast
from mingtian.testing.make import NOW


def asking(family: Family) -> str:
    return f"/my/ask/1/{family.children[0].public_id}"


def test_a_question_reaches_the_class_teacher_and_is_shown(opened: Phone, family: Family) -> None:
    make_cast(family.evening.tree)

    reply = opened.post(asking(family), text="We watched on the neighbour's television.")

    assert reply.status_code == 302
    assert Appeal.objects.get().person_id == family.children[0].pk
    page = opened.text("/my")
    assert "neighbour&#x27;s television" in page
    assert "Waiting for an answer" in page
    assert asking(family) not in page


def test_the_answer_stands_on_the_page(opened: Phone, family: Family) -> None:
    teacher = make_cast(family.evening.tree).teacher
    opened.post(asking(family), text="We watched next door.")

    answer_appeal(
        appeal_id=Appeal.objects.get().pk,
        answer=Answer(granted=False, text="Nobody saw you there."),
        now=NEXT_DAY + timedelta(minutes=1),
        actor="teacher",
        by=teacher.pk,
    )

    page = opened.text("/my")
    assert "Declined" in page
    assert "Nobody saw you there." in page


@pytest.mark.parametrize(
    ("text", "told"),
    [("", "Write what should be looked at."), ("Ring 13912345678", "number"), ("x" * 301, "300")],
)
def test_words_that_cannot_be_sent_stay_in_the_form(
    opened: Phone, family: Family, text: str, told: str
) -> None:
    reply = opened.post(asking(family), text=text)

    assert reply.status_code == 409
    assert told in reply.content.decode()
    assert not Appeal.objects.exists()


def test_another_home_or_an_evening_to_come_is_not_there(
    opened: Phone, family: Family, stranger: Family
) -> None:
    assert opened.get(asking(stranger)).status_code == 404
    assert opened.get(asking(family).replace("/1/", "/9/")).status_code == 404
    opened.now = NOW
    opened.show(family.token)
    assert opened.get(asking(family)).status_code == 404
