"""The page of reminders, as each link meets it."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from mingtian.campaigns.models import LearningCode, Lecture
from mingtian.core.todo import When
from mingtian.org.models import Unit
from mingtian.org.queries import list_posts
from mingtian.org.rules import Role
from mingtian.people.actions.standings import Decision, decide_standing
from mingtian.people.rules import StandingState
from mingtian.prompts.actions import keep_rhythm
from mingtian.prompts.evenings import find_evening
from mingtian.prompts.models import Prompt
from mingtian.prompts.queries.todo import list_todos
from mingtian.prompts.rules import MOST_TEXT
from mingtian.prompts.tests.conftest import DURING, FIVE_TO, HALF_PAST, Night
from mingtian.prompts.texts import text_for_class_teachers, text_for_next_link
from mingtian.readiness.models import Turn
from mingtian.testing.cast import make_staff
from mingtian.testing.evening import STARTS
from mingtian.testing.make import ACTOR, DAY, invented_name, make_class

MOST_QUERIES = 15
AtClock = Callable[[datetime], None]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def clock_at(monkeypatch: pytest.MonkeyPatch) -> AtClock:
    def put(now: datetime) -> None:
        monkeypatch.setattr("mingtian.core.clock.now", lambda: now)

    return put


def address(night: Night, unit: Unit, more: str = "") -> str:
    return f"/desk/prompts/{night.evening.lecture.pk}/{unit.public_id}{more}"


def read(client: Client, path: str) -> str:
    reply = client.get(path, headers={"accept-language": "en"})
    assert reply.status_code == 200
    return reply.content.decode()


def send(client: Client, path: str, **fields: str) -> tuple[int, str]:
    reply = client.post(path, fields, headers={"accept-language": "en"})
    return reply.status_code, reply.content.decode()


def test_a_class_teacher_copies_the_text_and_marks_it(
    client: Client, reminded: Night, clock_at: AtClock
) -> None:
    clock_at(HALF_PAST)
    client.force_login(reminded.cast.teacher)
    unit = reminded.evening.tree.class_one

    assert client.get("/desk/prompts/")["Location"] == address(reminded, unit)
    text = read(client, address(reminded, unit))
    assert "Half an hour before" in text
    assert "Tonight at 20:00: Minors." in text
    assert 'data-then="passed-on"' in text
    assert "Not in yet" not in text

    client.post(address(reminded, unit, "/passed-on"))
    client.post(address(reminded, unit, "/passed-on"))

    assert "passed on" in read(client, address(reminded, unit))
    assert Prompt.objects.filter(passed_on_by=reminded.cast.teacher).count() == 1


def test_the_list_of_who_is_missing_leaves_out_whoever_wishes_to_be_left_alone(
    client: Client, reminded: Night, clock_at: AtClock
) -> None:
    clock_at(DURING)
    client.force_login(reminded.cast.teacher)
    decide_standing(
        person_id=reminded.evening.pupils[1].pk,
        decision=Decision(state=StandingState.UNWILLING, starts_on=DAY),
        now=DURING,
        actor=ACTOR,
    )

    text = read(client, address(reminded, reminded.evening.tree.class_one))

    assert invented_name(0) in text
    assert invented_name(1) not in text
    assert "/e/c1ass001?help=1" in text


def test_the_text_for_families_names_nobody_and_is_that_of_the_class_page(
    client: Client, reminded: Night, clock_at: AtClock
) -> None:
    clock_at(DURING)
    client.force_login(reminded.cast.teacher)
    unit = reminded.evening.tree.class_one
    words = "Whoever has no smartphone, or does not wish to take part, need do nothing."

    assert words in read(client, address(reminded, unit))
    assert words in read(client, f"/boards/{reminded.evening.lecture.pk}/{unit.public_id}")


@pytest.mark.parametrize("minutes", [60, 61, 75])
def test_after_nine_the_copy_button_gives_way_to_a_sentence(
    client: Client, reminded: Night, clock_at: AtClock, minutes: int
) -> None:
    reminded.move(timedelta(minutes=30))
    clock_at(STARTS + timedelta(minutes=minutes))
    client.force_login(reminded.cast.teacher)
    unit = reminded.evening.tree.class_one

    text = read(client, address(reminded, unit))

    assert "It is after nine: families rest now" in text
    assert "data-copy" not in text
    assert "I have passed it on" not in text
    status, text = send(client, address(reminded, unit, "/passed-on"))
    assert status == 422
    assert "nothing more goes to families" in text


def test_a_school_sees_its_classes_prompts_one_and_sees_it_passed_on(
    client: Client, reminded: Night, clock_at: AtClock
) -> None:
    tree = reminded.evening.tree
    reminded.expect(tree.class_one, 10, 6)
    reminded.expect(tree.class_two, 8, 8)
    clock_at(DURING)
    client.force_login(reminded.cast.principal)

    text = read(client, address(reminded, tree.school))
    assert "4 pupils are not in yet" in text
    assert invented_name(0) not in text
    send(client, address(reminded, tree.school, "/prompt"), to=tree.class_one.public_id)
    reminded.pass_on(reminded.cast.teacher, tree.class_one, DURING + timedelta(minutes=2))

    text = read(client, address(reminded, tree.school))
    assert "20:20" in text
    assert "20:22" in text


def test_a_county_that_skips_a_link_is_told_what_to_do(
    client: Client, reminded: Night, clock_at: AtClock
) -> None:
    tree = reminded.evening.tree
    clock_at(DURING)
    client.force_login(reminded.county)

    status, text = send(
        client, address(reminded, tree.county, "/prompt"), to=tree.class_one.public_id
    )

    assert status == 422
    assert "You prompt those directly below you" in text


def test_a_city_prompts_its_counties_with_one_tap(
    client: Client, reminded: Night, clock_at: AtClock
) -> None:
    tree = reminded.evening.tree
    reminded.expect(tree.class_one, 10, 6)
    clock_at(DURING)
    client.force_login(reminded.cast.office)

    assert "Prompt the 1 unit where pupils are missing" in read(
        client, address(reminded, tree.city)
    )
    send(client, address(reminded, tree.city, "/prompt"))

    assert Prompt.objects.get(kind="missing").unit == tree.county


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_chain_can_be_taken_out(
    client: Client, reminded: Night, clock_at: AtClock, form: str
) -> None:
    clock_at(DURING)
    client.force_login(reminded.cast.principal)
    path = address(reminded, reminded.evening.tree.school, f"/chain.{form}")

    reply = client.get(path, headers={"accept-language": "en"})

    assert reply.status_code == 200
    if form == "csv":
        assert "Grade 3 Class 1,1,0,0,2023-09-18 19:30,," in reply.content.decode("utf-8-sig")


def test_without_a_campaign_the_page_says_what_will_appear(
    client: Client, night: Night, clock_at: AtClock
) -> None:
    night.close_campaign()
    clock_at(HALF_PAST)
    client.force_login(night.cast.teacher)

    assert "from half an hour before each lecture" in read(client, "/desk/prompts/")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_ready_texts_fit_into_a_message_however_long_a_title_is(
    night: Night, client: Client, clock_at: AtClock, language: str
) -> None:
    Lecture.objects.update(title="法" * 160, title_en="l" * 160)
    evening = find_evening(night.evening.lecture.pk)
    assert evening is not None
    with translation.override(language):
        assert len(text_for_class_teachers(evening)) <= MOST_TEXT
        assert len(text_for_next_link(evening)) <= MOST_TEXT
    clock_at(HALF_PAST)
    client.force_login(night.cast.teacher)
    page = client.get(
        address(night, night.evening.tree.class_one), headers={"accept-language": language}
    )
    assert len(page.context["page"].text) <= MOST_TEXT


@pytest.mark.parametrize("who", ["teacher", "principal", "office"])
def test_queries_do_not_grow_with_the_classes(
    client: Client, reminded: Night, clock_at: AtClock, who: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    tree = reminded.evening.tree
    unit = {"teacher": tree.class_one, "principal": tree.school, "office": tree.city}[who]
    clock_at(DURING)
    client.force_login(getattr(reminded.cast, who))
    read(client, address(reminded, unit))
    with django_assert_max_num_queries(MOST_QUERIES) as few:
        read(client, address(reminded, unit))

    for number in range(20):
        LearningCode.objects.create(
            code=f"more{number:04}", campaign=reminded.evening.campaign,
            unit=make_class(tree.grade), audience="class", issued_at=HALF_PAST,
        )  # fmt: skip
    keep_rhythm(now=HALF_PAST)
    with django_assert_max_num_queries(len(few)):
        read(client, address(reminded, unit))


# --- The desk --------------------------------------------------------------------


def waiting(user: User, now: datetime) -> list[tuple[str, When]]:
    return [(each.kind, each.when) for each in list_todos(list_posts(user.pk, DAY), now=now)]


def test_the_desk_asks_from_half_an_hour_before_until_it_is_passed_on(reminded: Night) -> None:
    cast, tree = reminded.cast, reminded.evening.tree
    asked = [("prompt.pass_on", When.NOW)]

    assert waiting(cast.teacher, HALF_PAST) == asked
    assert waiting(cast.principal, HALF_PAST) == asked
    assert waiting(cast.office, HALF_PAST) == []
    assert waiting(cast.outsider, HALF_PAST) == []
    reminded.pass_on(cast.teacher, tree.class_one, HALF_PAST)
    assert waiting(cast.teacher, HALF_PAST) == []
    keep_rhythm(now=FIVE_TO)
    assert waiting(cast.teacher, FIVE_TO) == asked
    assert waiting(cast.principal, STARTS + timedelta(hours=1)) == []


def test_several_prompts_of_an_evening_are_one_thing_to_do(reminded: Night) -> None:
    keep_rhythm(now=FIVE_TO)
    assert len(waiting(reminded.cast.teacher, FIVE_TO)) == 1


def test_a_moved_lecture_asks_nobody_before_its_new_hour(reminded: Night) -> None:
    reminded.move(timedelta(hours=2))
    assert waiting(reminded.cast.principal, HALF_PAST) == []


def test_the_summary_is_asked_for_by_day_only_until_it_has_gone(
    night: Night, client: Client, clock_at: AtClock
) -> None:
    teacher, ends = night.cast.teacher, night.evening.lecture.ends_at
    asked = [("prompt.summary", When.TODAY)]

    assert waiting(teacher, ends + timedelta(minutes=5)) == []
    morning = ends + timedelta(hours=10, minutes=30)
    assert waiting(teacher, morning) == asked
    assert waiting(night.cast.principal, morning) == []
    clock_at(morning)
    client.force_login(teacher)
    client.post(list_todos(list_posts(teacher.pk, DAY), now=morning)[0].address)
    assert waiting(teacher, morning) == []


def test_who_is_on_duty_is_asked_and_nobody_else_at_the_school(reminded: Night) -> None:
    tree = reminded.evening.tree
    on_duty = make_staff("duty", tree.school, Role.DUTY_TEACHER)
    Turn.objects.create(
        lecture=reminded.evening.lecture, unit=tree.school, place=Turn.FIRST, user=on_duty,
        named_at=HALF_PAST,
    )  # fmt: skip

    assert len(waiting(on_duty, HALF_PAST)) == 1
    assert waiting(reminded.cast.principal, HALF_PAST) == []


def put_on_duty(night: Night, user: User) -> None:
    Turn.objects.create(
        lecture=night.evening.lecture, unit=night.evening.tree.school, place=Turn.FIRST,
        user=user, named_at=HALF_PAST,
    )  # fmt: skip


def test_a_class_teacher_on_duty_is_asked_for_the_school_and_passes_its_prompt_on(
    client: Client, reminded: Night, clock_at: AtClock
) -> None:
    """Who holds no post at the school itself stands there for the evening (SGN-2, SUP-5)."""
    tree, teacher = reminded.evening.tree, reminded.cast.teacher
    put_on_duty(reminded, teacher)
    clock_at(HALF_PAST)
    client.force_login(teacher)

    asked = [each.address for each in list_todos(list_posts(teacher.pk, DAY), now=HALF_PAST)]
    assert sorted(asked) == sorted(
        address(reminded, unit) for unit in (tree.class_one, tree.school)
    )
    assert waiting(reminded.cast.principal, HALF_PAST) == []
    assert "You are on duty tonight" in read(client, address(reminded, tree.class_one))
    assert "For your class teachers" in read(client, address(reminded, tree.school))
    client.post(address(reminded, tree.school, "/passed-on"))

    assert Prompt.objects.get(unit=tree.school).passed_on_by == teacher
    assert len(waiting(teacher, HALF_PAST)) == 1


def test_duty_of_one_evening_opens_no_other(
    client: Client, reminded: Night, clock_at: AtClock
) -> None:
    tree, teacher = reminded.evening.tree, reminded.cast.teacher
    put_on_duty(reminded, teacher)
    second = Lecture.objects.get(pk=reminded.evening.lecture.pk)
    second.pk, second.number = None, 2
    second.save(force_insert=True)
    keep_rhythm(now=HALF_PAST)
    clock_at(HALF_PAST)
    client.force_login(teacher)

    other = f"/desk/prompts/{second.pk}/{tree.school.public_id}"

    assert client.get(other).status_code == 404
    asked = {each.address for each in list_todos(list_posts(teacher.pk, DAY), now=HALF_PAST)}
    assert address(reminded, tree.school) in asked
    assert other not in asked
    clock_at(HALF_PAST + timedelta(days=1))
    assert client.get(address(reminded, tree.school)).status_code == 404


def test_whoever_holds_no_post_in_the_school_any_more_has_no_duty_there(
    client: Client, reminded: Night, clock_at: AtClock
) -> None:
    put_on_duty(reminded, reminded.cast.outsider)
    clock_at(HALF_PAST)
    client.force_login(reminded.cast.outsider)

    school = reminded.evening.tree.school
    assert client.get(address(reminded, school)).status_code == 404
    assert len(waiting(reminded.cast.principal, HALF_PAST)) == 1


def test_a_post_of_care_gives_no_part_in_the_evening(
    client: Client, reminded: Night, clock_at: AtClock
) -> None:
    """Somebody was named for duty and serves single children alone now."""
    school = reminded.evening.tree.school
    counsellor = make_staff("counsellor", school, Role.COUNSELLOR)
    put_on_duty(reminded, counsellor)
    clock_at(HALF_PAST)
    client.force_login(counsellor)

    assert client.get(address(reminded, school)).status_code == 404
    assert waiting(counsellor, HALF_PAST) == []


def test_what_waits_is_one_question_and_one_more_for_duty(
    reminded: Night, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for user, number in (
        (reminded.cast.office, 1),
        (reminded.cast.teacher, 2),
        (reminded.cast.principal, 2),
    ):
        posts = list_posts(user.pk, DAY)
        with django_assert_num_queries(number):
            list_todos(posts, now=HALF_PAST)
