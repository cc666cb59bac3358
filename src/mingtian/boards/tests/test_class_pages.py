"""The class teacher's pages: notes, exemptions, viewings in class, questions of families."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from mingtian.attendance.actions.appeals import open_appeal
from mingtian.attendance.actions.gatherings import open_gathering
from mingtian.attendance.models import Appeal, ByHand, Gathering
from mingtian.boards.tests.conftest import MINUTE_20, World
from mingtian.boards.tests.test_pages import signed_in
from mingtian.core.models import AuditEntry
from mingtian.org.rules import Role
from mingtian.people.models import Standing
from mingtian.people.queries.standings import list_standings_on
from mingtian.people.rules import Kin, StandingState
from mingtian.screenshots.models import Picture
from mingtian.testing.cast import make_staff
from mingtian.testing.make import ACTOR, DAY, invented_name, make_household, make_person

pytestmark = pytest.mark.usefixtures("at_minute_20")

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


@pytest.fixture
def appeal(world: World) -> Appeal:
    return open_appeal(
        person_id=world.evening.pupils[0].pk, lecture_id=world.lecture,
        text="我们看了，手机没电了。", now=MINUTE_20, actor="household:test",
    )  # fmt: skip


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Let the edges read another instant."""
    return lambda now: monkeypatch.setattr("mingtian.core.clock.now", lambda: now)


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


# --- The reminder -----------------------------------------------------------


def test_the_reminder_names_nobody(world: World) -> None:
    send(world, "/pupils/{pupil}/unwilling")

    reminder = text_of_class(world).split("data-reminder")[1].split("</textarea>")[0]

    assert "/e/c1ass001" in reminder
    assert "need do nothing" in reminder
    assert [name for name in map(invented_name, range(10)) if name in reminder] == []


def test_after_nine_and_after_the_end_no_reminder_is_offered(
    world: World, at: Callable[[datetime], None]
) -> None:
    at(MINUTE_20.replace(hour=13))

    assert "data-reminder" not in text_of_class(world)


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
        ({"decision": "declined", "answer": " "}, "so that the family understands"),
        ({"decision": "declined", "answer": "打 13812345678"}, "telephone or citizen number"),
        ({"decision": "perhaps", "answer": "好"}, "Choose one of these."),
    ],
)
def test_an_answer_that_cannot_be_sent_keeps_its_words(
    world: World, appeal: Appeal, sent: dict[str, str], told: str
) -> None:
    reply = signed_in(world.cast.teacher).post(address(world, "/questions/{appeal}", appeal), sent)

    assert reply.status_code == 422
    assert told in reply.content.decode()
    appeal.refresh_from_db()
    assert appeal.state == "open"


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


def test_the_class_page_costs_the_same_queries_however_many_pupils(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client: Client = signed_in(world.cast.teacher)

    with django_assert_max_num_queries(38):
        client.get(address(world, ""))
