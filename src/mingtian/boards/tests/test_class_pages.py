"""The class teacher's page and one pupil's: who may, notes, exemptions, the reminder."""

from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mingtian.attendance.models import Appeal, ByHand, Gathering
from mingtian.boards.tests.class_pages import (
    FORMS,
    PAGES,
    REVIEW,
    address,
    list_of,
    send,
    text_of_class,
)
from mingtian.boards.tests.conftest import MINUTE_20, World
from mingtian.boards.tests.test_pages import signed_in
from mingtian.campaigns.models import LearningCode
from mingtian.core.models import AuditEntry
from mingtian.org.rules import Role
from mingtian.people.models import Standing
from mingtian.people.queries.standings import list_standings_on
from mingtian.people.rules import StandingState
from mingtian.testing.cast import make_staff
from mingtian.testing.make import DAY, invented_name, make_person

pytestmark = pytest.mark.usefixtures("at_minute_20")


# --- Who may ----------------------------------------------------------------


@pytest.mark.parametrize("who", ["office", "principal", "outsider", "other_teacher"])
@pytest.mark.parametrize("page", [*FORMS, *PAGES])
def test_nobody_but_the_class_teacher_finds_these(
    world: World, appeal: Appeal, who: str, page: str
) -> None:
    tree = world.evening.tree
    make_staff("other_teacher", tree.class_two, Role.CLASS_TEACHER)
    client = signed_in(User.objects.get(username=who))
    before = AuditEntry.objects.count()

    if page in PAGES:
        reply = client.get(address(world, page))
    else:
        reply = client.post(address(world, page, appeal), FORMS[page])

    assert reply.status_code == 404
    assert AuditEntry.objects.count() == before
    written = [model.objects.count() for model in (ByHand, Standing, Gathering)]
    assert written == [0, 0, 0]


def test_a_superuser_decides_nothing_in_a_class(world: World) -> None:
    root = User.objects.create_superuser("root")

    assert send(world, "/pupils/{pupil}/unwilling", root).status_code == 404


@pytest.mark.parametrize("page", FORMS)
def test_forms_are_only_sent(world: World, appeal: Appeal, page: str) -> None:
    assert signed_in(world.cast.teacher).get(address(world, page, appeal)).status_code == 405


@pytest.mark.parametrize("page", PAGES)
def test_pages_are_only_read(world: World, page: str) -> None:
    assert send(world, page).status_code == 405


def test_a_pupil_of_another_class_is_not_found_through_the_own_class(world: World) -> None:
    other = make_person(world.evening.tree.class_two, "1", "沈思远")
    where = world.address(world.evening.tree.class_one, f"/pupils/{other.public_id}")
    client = signed_in(world.cast.teacher)

    assert client.get(where).status_code == 404
    assert client.post(f"{where}/unwilling").status_code == 404
    ticks = {"present": other.public_id}
    assert client.post(address(world, "/in-class/ticks"), ticks).status_code == 404


def test_a_teacher_whose_post_begins_tomorrow_finds_nothing(world: World) -> None:
    later = make_staff(
        "later", world.evening.tree.class_one, Role.CLASS_TEACHER, since=DAY + timedelta(days=1)
    )

    assert send(world, "/pupils/{pupil}/unwilling", later).status_code == 404


# --- Notes by hand ----------------------------------------------------------


def test_a_pupil_noted_by_telephone_moves_to_that_list(world: World) -> None:
    reply = send(world, "/pupils/{pupil}/note", how="telephone")

    assert reply.status_code == 302
    text = text_of_class(world)
    assert invented_name(0) in list_of(text, "noted")
    assert invented_name(0) not in list_of(text, "not_yet")
    assert AuditEntry.objects.get(action="attendance.noted").actor == "teacher"
    note = ByHand.objects.get()
    assert (note.how, note.recorded_by) == ("telephone", world.cast.teacher)


def test_an_undone_note_brings_the_pupil_back(world: World) -> None:
    send(world, "/pupils/{pupil}/note", how="paper")
    send(world, "/pupils/{pupil}/note/undo")

    assert invented_name(0) in list_of(text_of_class(world), "not_yet")
    assert AuditEntry.objects.filter(action="attendance.note_undone").count() == 1


def test_a_second_note_is_told_on_the_pupils_page(world: World) -> None:
    send(world, "/pupils/{pupil}/note", how="paper")
    reply = send(world, "/pupils/{pupil}/note", how="telephone")

    assert reply.status_code == 422
    assert "This evening is noted already." in reply.content.decode()


def test_a_note_needs_a_way(world: World) -> None:
    reply = send(world, "/pupils/{pupil}/note", how="by_pigeon")

    assert reply.status_code == 422
    assert "Choose one of these." in reply.content.decode()


def test_before_the_doors_and_after_the_closing_the_page_says_so(
    world: World, at: Callable[[datetime], None]
) -> None:
    lecture = world.evening.lecture
    client = signed_in(world.cast.teacher)

    at(lecture.doors_at - timedelta(minutes=1))
    assert "once the doors are open" in client.get(address(world, PAGES[0])).content.decode()
    assert (
        "have not opened yet" in send(world, "/pupils/{pupil}/note", how="paper").content.decode()
    )
    at(lecture.closes_at)
    assert "This evening is closed" in client.get(address(world, PAGES[0])).content.decode()
    assert "on its own page" in send(world, "/pupils/{pupil}/note", how="paper").content.decode()


# --- Exempt and unwilling ---------------------------------------------------


def test_an_exempt_family_is_listed_and_out_of_the_coverage(world: World) -> None:
    world.expect(world.evening.tree.class_one, 10)
    send(world, "/pupils/{pupil}/exempt", reason="elderly_guardian", review_on=REVIEW)

    text = text_of_class(world)
    assert invented_name(0) in list_of(text, "exempt")
    assert "<span data-of>9</span>" in text
    school = signed_in(world.cast.principal).get(world.address(world.evening.tree.school))
    assert 'data-figure="exempt"' in school.content.decode()


def test_an_exemption_needs_reason_and_day(world: World) -> None:
    reply = send(world, "/pupils/{pupil}/exempt", reason="", review_on="soon")

    text = reply.content.decode()
    assert reply.status_code == 422
    assert "Choose one of these." in text
    assert "Write the day as year, month, day" in text


def test_a_review_day_in_the_past_is_refused(world: World) -> None:
    reply = send(world, "/pupils/{pupil}/exempt", reason="other", review_on="2023-09-01")

    assert reply.status_code == 422
    assert "within the next year" in reply.content.decode()


def test_an_exemption_due_for_review_is_marked(
    world: World, at: Callable[[datetime], None]
) -> None:
    send(world, "/pupils/{pupil}/exempt", reason="other", review_on="2023-09-20")
    assert "look again" not in list_of(text_of_class(world), "exempt")

    at(MINUTE_20 + timedelta(days=2))

    assert "look again" in list_of(text_of_class(world), "exempt")


def test_a_refused_exemption_stays_open_with_what_was_chosen(world: World) -> None:
    reply = send(world, "/pupils/{pupil}/exempt", reason="other", review_on="2023-09-01")

    form = reply.content.decode().split("Exempt this family")[0].rsplit("<details", 1)[1]
    assert " open" in form
    text = reply.content.decode()
    assert 'value="other" required checked' in text
    assert 'value="2023-09-01"' in text


def test_an_exemption_looked_at_again_is_kept_until_another_day(
    world: World, at: Callable[[datetime], None]
) -> None:
    send(world, "/pupils/{pupil}/exempt", reason="no_smartphone", review_on="2023-09-20")
    at(MINUTE_20 + timedelta(days=2))

    page = signed_in(world.cast.teacher).get(address(world, PAGES[0])).content.decode()
    before, after = page.split("Looked again: still exempt")
    assert " open" in before.rsplit("<details", 1)[1]
    assert 'value="no_smartphone" required checked' in after
    send(world, "/pupils/{pupil}/exempt", reason="no_smartphone", review_on=REVIEW)

    child = world.evening.pupils[0].pk
    held = list_standings_on([child], DAY + timedelta(days=2))[child]
    assert str(held.review_on) == REVIEW
    assert "look again" not in list_of(text_of_class(world), "exempt")


def test_the_unwilling_are_seen_at_the_class_and_nowhere_above(world: World) -> None:
    send(world, "/pupils/{pupil}/unwilling")

    assert invented_name(0) in list_of(text_of_class(world), "unwilling")
    for who, unit in (("principal", "class_one"), ("principal", "school"), ("office", "city")):
        where = world.address(getattr(world.evening.tree, unit))
        text = signed_in(getattr(world.cast, who)).get(where).content.decode()
        assert "unwilling" not in text
        assert "wish to take part" not in text


def test_an_ended_standing_brings_the_family_back(world: World) -> None:
    send(world, "/pupils/{pupil}/unwilling")
    send(world, "/pupils/{pupil}/expected")

    assert invented_name(0) in list_of(text_of_class(world), "not_yet")


def test_who_comes_all_the_same_is_listed_as_arrived(world: World) -> None:
    child = world.evening.pupils[0]
    send(world, "/pupils/{pupil}/exempt", reason="other", review_on=REVIEW)
    world.count(world.evening.tree.class_one, (child.pk, 1, 1))

    assert invented_name(0) in list_of(text_of_class(world), "arrived")


def test_on_the_next_morning_the_evening_can_still_be_decided(
    world: World, at: Callable[[datetime], None]
) -> None:
    at(world.evening.lecture.closes_at - timedelta(minutes=1))
    send(world, "/pupils/{pupil}/exempt", reason="other", review_on=REVIEW)

    child = world.evening.pupils[0].pk
    assert list_standings_on([child], DAY)[child].state is StandingState.EXEMPT


def test_after_the_closing_a_decision_holds_from_that_day_on(
    world: World, at: Callable[[datetime], None]
) -> None:
    at(world.evening.lecture.closes_at + timedelta(days=3))
    send(world, "/pupils/{pupil}/unwilling")

    child = world.evening.pupils[0].pk
    assert list_standings_on([child], DAY) == {}
    assert child in list_standings_on([child], DAY + timedelta(days=4))


# --- Ways from the class page -----------------------------------------------


def test_the_class_page_leads_to_entering_with_a_helper(world: World) -> None:
    assert '/e/c1ass001?help=1"' in text_of_class(world)


def test_without_a_code_in_use_there_is_no_way_to_enter(world: World) -> None:
    LearningCode.objects.filter(unit=world.evening.tree.class_one).update(closed_at=MINUTE_20)

    text = text_of_class(world)

    assert "help=1" not in text
    assert "data-reminder" not in text


# --- Texts that leave the class ---------------------------------------------


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_file_of_the_class_holds_no_name_even_for_its_teacher(world: World, form: str) -> None:
    send(world, "/pupils/{pupil}/unwilling")

    body = signed_in(world.cast.teacher).get(address(world, f"/export.{form}")).content
    if form == "xlsx":
        with ZipFile(BytesIO(body)) as book:
            body = b"".join(map(book.read, book.namelist()))

    assert "一班" in body.decode() or "Class 1" in body.decode()
    assert [name for name in map(invented_name, range(10)) if name in body.decode()] == []
    assert "wish to take part" not in body.decode()


def test_the_reminder_names_nobody(world: World) -> None:
    send(world, "/pupils/{pupil}/unwilling")

    reminder = text_of_class(world).split("data-reminder")[1].split("</textarea>")[0]

    assert "/e/c1ass001" in reminder
    assert "need do nothing" in reminder
    # Nothing follows the address: a group's app would take it into the link.
    assert reminder.endswith("/e/c1ass001")
    assert [name for name in map(invented_name, range(10)) if name in reminder] == []


def test_after_nine_and_after_the_end_no_reminder_is_offered(
    world: World, at: Callable[[datetime], None]
) -> None:
    at(MINUTE_20.replace(hour=13))

    assert "data-reminder" not in text_of_class(world)


# --- The pages themselves ---------------------------------------------------


def test_opening_one_pupil_is_recorded_and_htmx_gets_the_panel_alone(world: World) -> None:
    client = signed_in(world.cast.teacher)

    whole = client.get(address(world, PAGES[0])).content.decode()
    panel = client.get(address(world, PAGES[0]), headers={"HX-Request": "true"}).content.decode()

    assert "<html" in whole
    assert "<html" not in panel
    assert invented_name(0) in panel
    reads = AuditEntry.objects.filter(action="people.names_read")
    assert [each.detail["persons"] for each in reads] == [1, 1]


@pytest.mark.parametrize("page", ["", *PAGES])
def test_the_pages_speak_chinese(world: World, appeal: Appeal, page: str) -> None:
    text = signed_in(world.cast.teacher, "zh-CN").get(address(world, page)).content.decode()

    assert "班级" in text
    assert "Back to the class" not in text


def test_states_travel_for_every_list(world: World) -> None:
    send(world, "/pupils/{pupil}/note", how="paper")

    states = signed_in(world.cast.teacher).get(address(world, "/states.json")).json()

    assert states[world.evening.pupils[0].public_id] == "noted"


def test_the_class_page_costs_the_same_queries_however_many_pupils(world: World) -> None:
    client = signed_in(world.cast.teacher)
    client.get(address(world, ""))

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address(world, "")).status_code == 200
        return len(asked)

    before = queries()
    for number in range(900, 930):
        make_person(world.evening.tree.class_one, number=str(number), name=invented_name(number))

    assert queries() == before <= 38
