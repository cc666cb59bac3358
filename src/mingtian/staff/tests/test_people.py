"""People of the own unit: listed, invited, ended, handed over."""

from datetime import date, timedelta
from unittest.mock import ANY

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from mingtian.core.errors import RuleBroken
from mingtian.core.models import AuditEntry
from mingtian.org.access import posts_of, units_visible_to
from mingtian.org.models import Post
from mingtian.org.queries import list_posts
from mingtian.org.rules import Line, Role
from mingtian.staff.access import post_key
from mingtian.staff.actions import HandoverSpec, close_account, end_held_post, hand_over, invite
from mingtian.staff.models import Handover, Invitation
from mingtian.staff.queries.handovers import list_handovers
from mingtian.staff.queries.people import Show, list_people, reach_of
from mingtian.staff.queries.todo import list_todos
from mingtian.staff.rules import OPEN_FOR, SHOWN_FOR
from mingtian.staff.tests.conftest import House, offer
from mingtian.staff.views import people
from mingtian.testing.cast import make_staff
from mingtian.testing.make import DAY, NOW, OPENED_ON, make_class

EN = {"accept-language": "en"}
TOMORROW = DAY + timedelta(days=1)


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mingtian.core.clock.now", lambda: NOW)


@pytest.fixture
def teacher(house: House) -> User:
    return make_staff("teacher", house.tree.class_one, Role.CLASS_TEACHER)


@pytest.fixture
def desk(house: House, client: Client) -> Client:
    client.force_login(house.principal)
    return client


def key_of(user: User) -> str:
    post = Post.objects.select_related("unit").get(user=user)
    return post_key(post.unit.public_id, post.role, post.starts_on, user.get_username())


def listed(user: User, *, words: str = "", show: Show = Show.ALL) -> list[str]:
    reach = reach_of(list_posts(user.pk, DAY), whole=bool(words))
    return [row.username for row in list_people(reach, now=NOW, words=words, show=show)]


def test_a_school_lists_its_own_posts_and_its_classes(house: House, teacher: User) -> None:
    make_staff("stranger", house.tree.far_class, Role.CLASS_TEACHER)

    assert listed(house.principal) == ["principal", "teacher"]


@pytest.mark.parametrize(
    ("language", "place"),
    [("zh-hans", "第一小学 三年级一班"), ("en", "No. 1 Primary School Grade 3 Class 1")],
)
def test_a_class_has_the_name_that_it_has_elsewhere(
    desk: Client, teacher: User, language: str, place: str
) -> None:
    page = desk.get("/desk/staff/", headers={"accept-language": language}).content.decode()
    assert place in page


def test_a_list_that_is_cut_says_so_and_its_file_holds_all(
    desk: Client, teacher: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = desk.get("/desk/staff/", headers=EN).content.decode()
    monkeypatch.setattr(people, "MOST_SHOWN", 1)
    page = desk.get("/desk/staff/", headers=EN).content.decode()
    file = desk.get("/desk/staff/posts.csv", headers=EN).content.decode()

    assert ("2 posts" in whole, "The first 300" in whole) == (True, False)
    assert "take all out as a file" in page
    assert len(file.splitlines()) == 3


def test_an_office_lists_its_unit_and_directly_below(house: House, teacher: User) -> None:
    assert listed(house.office) == ["county.office", "principal"]


def test_the_search_looks_everywhere_within_reach_and_nowhere_else(
    house: House, teacher: User
) -> None:
    make_staff("teacher.far", house.tree.far_class, Role.CLASS_TEACHER)

    assert listed(house.office, words="teach") == ["teacher"]
    assert listed(house.office, words="%") == []


def test_lists_show_terms_that_end_and_accounts_that_sleep(house: House, teacher: User) -> None:
    end_held_post(
        post=Post.objects.get(user=teacher), ends_on=DAY + timedelta(days=14), actor="x", now=NOW
    )
    User.objects.filter(pk=house.principal.pk).update(last_login=NOW - timedelta(days=181))
    User.objects.filter(pk=teacher.pk).update(last_login=NOW - timedelta(days=179))

    assert listed(house.principal, show=Show.ENDING) == ["teacher"]
    assert listed(house.principal, show=Show.ASLEEP) == ["principal"]


def test_what_cannot_be_taken_back_takes_a_second_press(desk: Client, teacher: User) -> None:
    """A post, an account and all second factors once went at one slip beside the hand-over."""
    html = desk.get("/desk/staff/post", {"post": key_of(teacher)}, headers=EN).content.decode()

    for address in ("post/end", "post/access", "post/close-account"):
        before = html[: html.index(f'action="/desk/staff/{address}"')]
        assert before.rindex("<details") > before.rfind("</details>")


def test_whoever_ends_the_own_post_reads_first_what_it_means(desk: Client, house: House) -> None:
    html = desk.get("/desk/staff/post", {"post": key_of(house.principal)}, headers=EN)

    assert "Only the office above can invite somebody anew." in html.content.decode()


def test_the_page_offers_files_in_both_forms(desk: Client, teacher: User) -> None:
    csv = desk.get("/desk/staff/posts.csv")

    assert csv.content.startswith(b"\xef\xbb\xbf")
    assert "teacher" in csv.content.decode()
    assert desk.get("/desk/staff/posts.xlsx").content.startswith(b"PK")


@pytest.mark.parametrize("classes", [2, 40])
def test_the_list_is_drawn_with_as_many_statements_for_many_classes(
    house: House, desk: Client, classes: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(classes):
        make_staff(f"t{number}", make_class(house.tree.grade), Role.CLASS_TEACHER)

    with django_assert_max_num_queries(9):
        page = desk.get("/desk/staff/").content.decode()

    assert f">t{classes - 1}<" in page


def test_inviting_shows_link_and_word_once_and_to_the_inviter_alone(
    house: House, desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = desk.get(f"/desk/staff/invite?unit={house.tree.class_two.public_id}")
    assert f'value="{DAY.isoformat()}"' in page.content.decode()
    form = {
        "unit": house.tree.class_two.public_id, "role": "class_teacher", "name": "何安和",
        "starts_on": DAY.isoformat(), "once": page.context["form"]["once"].value(),
    }  # fmt: skip

    first, second = (desk.post("/desk/staff/invite", form) for _ in range(2))

    assert first.headers["Location"] == second.headers["Location"]
    assert Invitation.objects.count() == 1
    shown = desk.get(first.headers["Location"])
    assert shown.context["link"].startswith("http://127.0.0.1:8000/desk/join/")
    assert len(shown.context["word"]) == 7
    office = Client()
    office.force_login(house.office)
    assert office.get(first.headers["Location"]).context["link"] == ""
    assert shown.context["link"].rpartition("/")[2] not in str(dict(desk.session))
    monkeypatch.setattr("mingtian.core.clock.now", lambda: NOW + SHOWN_FOR + timedelta(seconds=1))
    assert desk.get(first.headers["Location"]).context["link"] == ""


def test_the_link_leads_from_the_empty_form_to_the_own_account(house: House, desk: Client) -> None:
    made = invite(
        spec=offer(house.tree.class_two, Role.CLASS_TEACHER), inviter=house.principal,
        actor="principal", now=NOW,
    )  # fmt: skip
    newcomer, address = Client(), f"/desk/join/{made.secret}"
    page = newcomer.get(address).content.decode()
    assert house.tree.class_two.name not in page.partition("<main")[2]
    form = {"username": "anhe", "password": "rain-on-the-roof", "again": "rain-on-the-roof"}

    wrong = newcomer.post(address, form | {"word": "abc"})
    right = newcomer.post(address, form | {"word": f"{made.word[:3]} {made.word[3:]}"})

    assert wrong.status_code == 422
    assert right.headers["Location"] == "/desk/account/"
    assert house.tree.class_two.name in newcomer.get("/desk/account/").content.decode()
    again = Client().get(address)
    assert (again.status_code, again.context["code"]) == (409, "invitation_used")
    assert Client().get("/desk/join/unknown").status_code == 404


def test_a_post_that_begins_later_opens_on_its_day(house: House) -> None:
    made = invite(
        spec=offer(house.tree.class_two, Role.CLASS_TEACHER, starts_on=TOMORROW),
        inviter=house.principal, actor="principal", now=NOW,
    )  # fmt: skip
    newcomer = Client()

    reply = newcomer.post(
        f"/desk/join/{made.secret}",
        {"word": made.word, "username": "anhe", "password": "rain-on-the-roof",
         "again": "rain-on-the-roof"},
    )  # fmt: skip

    assert reply.headers["Location"] == "/desk/sign-in"
    assert newcomer.get("/desk/account/").status_code == 302


def test_a_typed_form_keeps_what_was_typed(house: House, desk: Client) -> None:
    form = {
        "unit": house.tree.class_two.public_id, "role": "class_teacher", "name": "何安和",
        "starts_on": DAY.isoformat(), "ends_on": "2020-01-01", "once": "one",
    }  # fmt: skip

    reply = desk.post("/desk/staff/invite", form)

    assert reply.status_code == 422
    assert "何安和" in reply.content.decode()


def test_ending_a_post_today_ends_the_access_today(desk: Client, teacher: User) -> None:
    seat = Client()
    seat.force_login(teacher)

    reply = desk.post("/desk/staff/post/end", {"post": key_of(teacher), "ends_on": DAY})

    assert reply.status_code == 302
    assert not units_visible_to(teacher, DAY).exists()
    assert AuditEntry.objects.filter(action="org.post_ended").exists()


def test_days_that_have_passed_are_not_taken_away(desk: Client, teacher: User) -> None:
    reply = desk.post(
        "/desk/staff/post/end", {"post": key_of(teacher), "ends_on": DAY - timedelta(days=1)}
    )

    assert reply.status_code == 422
    with pytest.raises(RuleBroken, match="post_end_past"):
        end_held_post(
            post=Post.objects.get(user=teacher), ends_on=date(2023, 9, 17), actor="x", now=NOW
        )


def test_a_post_passes_to_a_colleague_with_note_and_open_things(
    house: House, desk: Client, teacher: User
) -> None:
    colleague = make_staff("colleague", house.tree.class_two, Role.CLASS_TEACHER)

    reply = desk.post(
        "/desk/staff/post/hand-over",
        {
            "post": key_of(teacher),
            "on": DAY,
            "successor": "colleague",
            "note": "周三家访",
            "once": "1",
        },
    )

    assert reply.status_code == 302
    assert not units_visible_to(teacher, DAY).exists()
    assert {post.unit for post in posts_of(colleague, DAY)} == {
        house.tree.class_one,
        house.tree.class_two,
    }
    (row,) = list_handovers(colleague.pk, DAY)
    assert (row.note, row.predecessor, row.role) == ("周三家访", "teacher", Role.CLASS_TEACHER)
    assert row.todos == ANY
    page = Client()
    page.force_login(colleague)
    assert "周三家访" in page.get("/desk/account/").content.decode()


def test_until_the_day_the_predecessor_stays(house: House, teacher: User) -> None:
    colleague = make_staff("colleague", house.tree.class_two, Role.CLASS_TEACHER)
    spec = HandoverSpec(post=Post.objects.get(user=teacher), on=TOMORROW, successor=colleague)

    hand_over(spec=spec, by=house.principal, now=NOW)

    assert units_visible_to(teacher, DAY).exists()
    assert not units_visible_to(teacher, TOMORROW).exists()
    assert posts_of(colleague, TOMORROW).filter(unit=house.tree.class_one).exists()


def test_a_post_passes_to_somebody_who_is_invited(
    house: House, desk: Client, teacher: User
) -> None:
    reply = desk.post(
        "/desk/staff/post/hand-over",
        {"post": key_of(teacher), "on": DAY, "successor": "", "name": "何安和", "once": "1"},
    )

    shown = desk.get(reply.headers["Location"])
    newcomer = Client()
    newcomer.post(
        shown.context["link"].removeprefix("http://127.0.0.1:8000"),
        {"word": shown.context["word"], "username": "anhe", "password": "rain-on-the-roof",
         "again": "rain-on-the-roof"},
    )  # fmt: skip
    assert Handover.objects.get().successor == User.objects.get(username="anhe")
    assert not units_visible_to(teacher, DAY).exists()


@pytest.mark.parametrize(
    ("successor", "code"), [("", "successor_missing"), ("teacher", "successor_same")]
)
def test_a_hand_over_needs_somebody_else(
    house: House, teacher: User, successor: str, code: str
) -> None:
    spec = HandoverSpec(
        post=Post.objects.get(user=teacher),
        on=DAY,
        successor=User.objects.filter(username=successor).first(),
    )

    with pytest.raises(RuleBroken, match=code):
        hand_over(spec=spec, by=house.principal, now=NOW)


def test_an_account_is_closed_when_all_its_posts_lie_within_reach(
    house: House, desk: Client, teacher: User
) -> None:
    desk.post("/desk/staff/post/close-account", {"post": key_of(teacher)})

    teacher.refresh_from_db()
    assert not teacher.is_active
    assert not posts_of(teacher, DAY).exists()


def test_an_account_with_a_post_elsewhere_stays(house: House, teacher: User) -> None:
    Post.objects.create(
        user=teacher, unit=house.tree.far_school, role=Role.PRINCIPAL, line=Line.LEADS,
        starts_on=OPENED_ON,
    )  # fmt: skip

    assert not close_account(user=teacher, by=house.principal, now=NOW)
    teacher.refresh_from_db()
    assert teacher.is_active


def test_what_waits_is_told_as_numbers(
    house: House, teacher: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    invite(
        spec=offer(house.tree.school, Role.DUTY_TEACHER), inviter=house.office, actor="x", now=NOW
    )
    make_staff("clerk", house.tree.county, Role.CLERK)
    end_held_post(
        post=Post.objects.get(user=house.principal), ends_on=DAY + timedelta(days=9), actor="x",
        now=NOW,
    )  # fmt: skip
    posts = list_posts(house.office.pk, DAY)

    with django_assert_num_queries(1):
        soon = list_todos(posts, now=NOW)
    last_day = list_todos(posts, now=NOW + OPEN_FOR - timedelta(days=1))

    assert {todo.kind: todo.number for todo in soon} == {
        "staff.second_factor": 1,
        "staff.term": 1,
    }
    assert "staff.invitation" in {todo.kind for todo in last_day}
    assert list_todos(list_posts(teacher.pk, DAY), now=NOW) == []
