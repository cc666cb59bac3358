"""The pages of a day, as posts meet them: three taps, few queries, words in both languages."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from mingtian.closings import actions
from mingtian.closings.models import Confirmation, Correction, Summary
from mingtian.closings.queries.todo import list_todos
from mingtian.closings.tests.conftest import Night
from mingtian.core import clock
from mingtian.core.actor import Actor
from mingtian.core.todo import When
from mingtian.org.models import Unit
from mingtian.org.queries import list_posts
from mingtian.org.rules import Role
from mingtian.testing.cast import Cast, make_staff
from mingtian.testing.make import make_class

MOST_QUERIES = 15


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def over(night: Night, monkeypatch: pytest.MonkeyPatch) -> datetime:
    monkeypatch.setattr("mingtian.core.clock.now", lambda: night.over)
    return night.over


def page(night: Night, unit: Unit, more: str = "") -> str:
    return f"/desk/days/{night.evening.lecture.pk}/{unit.public_id}{more}"


def read(client: Client, address: str) -> str:
    reply = client.get(address, headers={"accept-language": "en"})
    assert reply.status_code == 200
    return reply.content.decode()


def test_a_principal_comes_from_the_own_page_to_the_button(
    client: Client, night: Night, cast: Cast, over: datetime
) -> None:
    client.force_login(cast.principal)
    school = night.evening.tree.school

    reply = client.get("/desk/days/")
    assert reply["Location"] == page(night, school)
    text = read(client, page(night, school))
    assert "Are these figures right?" in text
    assert "Due by 21:30" in text

    client.post(page(night, school, "/confirm"))

    assert Confirmation.objects.get().unit == school
    assert "These figures are confirmed" in read(client, page(night, school))


def test_before_the_end_there_is_no_button(
    client: Client, night: Night, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    during = night.evening.lecture.starts_at + timedelta(minutes=5)
    monkeypatch.setattr("mingtian.core.clock.now", lambda: during)
    client.force_login(cast.principal)
    school = night.evening.tree.school

    assert "Confirm these figures" not in read(client, page(night, school))
    reply = client.post(page(night, school, "/confirm"), headers={"accept-language": "en"})
    assert reply.status_code == 422
    assert "The lecture is not over yet" in reply.content.decode()


def test_a_refused_correction_keeps_what_was_typed(
    client: Client, night: Night, cast: Cast, over: datetime
) -> None:
    client.force_login(cast.principal)
    address = page(night, night.evening.tree.class_one, "/correct")

    reply = client.post(
        address,
        {"kind": 1, "column": "arrived", "new": 11, "reason": "other", "note": "老师数的"},
        headers={"accept-language": "en"},
    )

    text = reply.content.decode()
    assert reply.status_code == 422
    assert "The roster has 10 of this kind" in text
    assert 'value="老师数的"' in text
    assert not Correction.objects.exists()


def test_a_reason_is_not_called_optional_and_its_want_is_told_in_its_own_words(
    client: Client, night: Night, cast: Cast, over: datetime
) -> None:
    client.force_login(cast.principal)
    address = page(night, night.evening.tree.class_one, "/correct")
    english = {"accept-language": "en"}

    asked = client.get(address, headers=english).content.decode()
    sent = {"kind": 1, "column": "arrived", "new": 9, "reason": "", "note": ""}
    refused = client.post(address, sent, headers=english).content.decode()

    assert asked.count("may stay empty") == 1
    assert "As it stands" in asked
    assert ">8 <small>of 10</small><" in asked
    assert "A correction needs its reason. Choose one." in refused


def test_a_correction_shows_at_the_school_with_old_new_and_reason(
    client: Client, night: Night, cast: Cast, over: datetime
) -> None:
    client.force_login(cast.principal)
    sent = {"kind": 1, "column": "arrived", "new": 9, "reason": "shared_phone", "note": ""}

    reply = client.post(page(night, night.evening.tree.class_one, "/correct"), sent)

    assert reply["Location"] == page(night, night.evening.tree.school)
    text = read(client, reply["Location"])
    assert "8 → 9" in text
    assert "Several families on one phone" in text


def test_a_county_sees_who_is_late_and_who_is_silent(
    client: Client, night: Night, cast: Cast, over: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree = night.evening.tree
    night.confirm(tree.school, now=night.over + timedelta(hours=1))
    client.force_login(make_staff("county", tree.county, Role.OFFICE))

    text = read(client, page(night, tree.county))

    assert "1 schools and townships have not" not in text
    assert "One school or township has not confirmed yet" in text
    assert ">late<" in text.replace("\n", "").replace(" ", "") or "late" in text


def test_the_city_freezes_and_takes_out_the_file(
    client: Client, night: Night, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mingtian.core.clock.now", lambda: night.closed)
    client.force_login(cast.office)
    city = night.evening.tree.city

    client.post(page(night, city, "/freeze"))
    text = read(client, page(night, city))
    file = client.get(page(night, city, "/closing.txt"))

    assert "This day is frozen" in text
    assert file.content.startswith(b"mingtian closing 1\n")
    assert file["Content-Type"].startswith("text/plain")


def test_no_form_is_offered_for_what_can_be_corrected_no_more(
    client: Client, night: Night, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    correct = page(night, night.evening.tree.class_one, "/correct")
    monkeypatch.setattr("mingtian.core.clock.now", lambda: night.closed)
    client.force_login(cast.principal)
    before = read(client, correct)
    client.force_login(cast.office)
    client.post(page(night, night.evening.tree.city, "/freeze"))
    client.force_login(cast.principal)
    after = read(client, correct)

    assert 'name="new"' in before
    assert 'name="new"' not in after
    assert "day_frozen" in after


def test_freezing_is_offered_only_when_it_can_be_done(
    client: Client, night: Night, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(cast.office)
    city = night.evening.tree.city

    monkeypatch.setattr("mingtian.core.clock.now", lambda: night.day.closes_at - timedelta(hours=1))
    early = read(client, page(night, city))
    monkeypatch.setattr("mingtian.core.clock.now", lambda: night.day.closes_at)
    late = read(client, page(night, city))

    assert "then the day can be frozen here" in early
    assert "/freeze" not in early
    assert "then the day can be frozen here" not in late
    assert page(night, city, "/freeze") in late


def test_a_day_that_nobody_froze_by_hand_names_the_time_alone(
    client: Client, night: Night, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mingtian.core.clock.now", lambda: night.closed)
    client.force_login(cast.office)

    actions.freeze(day=night.day, by=Actor(username="system:test"), now=night.closed)

    assert "<p>2023-09-" in read(client, page(night, night.evening.tree.city))


def test_the_class_teacher_takes_the_evening_into_the_group_on_the_next_morning(
    client: Client, night: Night, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    morning = night.evening.lecture.ends_at + timedelta(hours=10)
    monkeypatch.setattr("mingtian.core.clock.now", lambda: morning)
    client.force_login(cast.teacher)
    address = page(night, night.evening.tree.class_one, "/summary")

    assert "Families who watched: 7; pupils among them: 8." in read(client, address)
    client.post(address)
    client.post(address)

    assert Summary.objects.count() == 1
    assert "You took it into the group" in read(client, address)


def test_after_nine_no_summary_goes_to_families(
    client: Client, night: Night, cast: Cast, over: datetime
) -> None:
    client.force_login(cast.teacher)
    address = page(night, night.evening.tree.class_one, "/summary")

    text = read(client, address)
    assert "families rest now" in text
    assert "data-copy" not in text
    reply = client.post(address, headers={"accept-language": "en"})
    assert reply.status_code == 422
    assert 'data-code="too_late_for_families"' in reply.content.decode()
    assert not Summary.objects.exists()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_table_can_be_taken_out(
    client: Client, night: Night, cast: Cast, over: datetime, form: str
) -> None:
    client.force_login(cast.principal)

    reply = client.get(
        page(night, night.evening.tree.school, f"/day.{form}"), headers={"accept-language": "en"}
    )

    assert reply.status_code == 200
    if form == "csv":
        assert "Class 1" in reply.content.decode("utf-8-sig")


def test_files_tell_the_time_of_confirming_as_people_read_it(
    client: Client, night: Night, cast: Cast, over: datetime
) -> None:
    tree = night.evening.tree
    night.confirm(tree.school, now=night.over)
    client.force_login(make_staff("county", tree.county, Role.OFFICE))

    text = client.get(page(night, tree.county, "/day.csv")).content.decode("utf-8-sig")

    assert f"{night.over.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}" in text


def test_no_other_form_is_there(client: Client, night: Night, cast: Cast, over: datetime) -> None:
    client.force_login(cast.principal)
    assert client.get(page(night, night.evening.tree.school, "/day.pdf")).status_code == 404


@pytest.mark.parametrize("who", ["principal", "office"])
def test_queries_do_not_grow_with_the_classes(
    client: Client, night: Night, cast: Cast, over: datetime, who: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    tree = night.evening.tree
    unit = tree.school if who == "principal" else tree.city
    client.force_login(getattr(cast, who))
    read(client, page(night, unit))
    with django_assert_max_num_queries(MOST_QUERIES) as few:
        read(client, page(night, unit))

    for _each in range(20):
        night.count(make_class(tree.grade), 5)
    with django_assert_max_num_queries(len(few)):
        read(client, page(night, unit))


def test_the_desk_is_told_what_waits(night: Night, cast: Cast) -> None:
    day = night.evening.lecture.held_on

    def kinds(user_id: int, now: datetime) -> list[tuple[str, When]]:
        return [(each.kind, each.when) for each in list_todos(list_posts(user_id, day), now=now)]

    assert kinds(cast.principal.pk, night.evening.lecture.starts_at) == []
    assert kinds(cast.principal.pk, night.evening.lecture.ends_at) == [("day.confirm", When.NOW)]
    assert kinds(cast.principal.pk, night.closed) == [("day.confirm", When.OVERDUE)]
    assert kinds(cast.teacher.pk, night.closed) == []
    assert ("day.freeze", When.TODAY) in kinds(cast.office.pk, night.closed)
    night.confirm(night.evening.tree.school)
    assert kinds(cast.principal.pk, night.closed) == []
    night.freeze()
    assert kinds(cast.office.pk, night.closed) == []


def test_what_waits_is_one_question_to_the_database(
    night: Night, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    posts = list_posts(cast.office.pk, night.evening.lecture.held_on)
    with django_assert_max_num_queries(1):
        list_todos(posts, now=night.closed)
