"""The family's page: who gets in, what it shows, and that it shows nobody else."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from mingtian.attendance.ingest.tokens import Mint
from mingtian.attendance.models import ByHand, Gathering, Seat
from mingtian.campaigns.queries.homes import find_published
from mingtian.certificates.actions.rules import set_rule
from mingtian.certificates.rules import Demand
from mingtian.family.tests.conftest import (
    FULL_HOUR,
    NEXT_DAY,
    Family,
    Phone,
    add_lecture,
    make_family,
    make_seat,
    token_of,
)
from mingtian.people.actions.standings import Decision, decide_standing
from mingtian.people.models import Household, Person
from mingtian.people.rules import Kin, StandingState
from mingtian.testing.cast import make_cast
from mingtian.testing.make import ACTOR, DAY, NOW, invented_name


def test_a_phone_shows_its_seat_and_reads_its_evenings(opened: Phone, family: Family) -> None:
    family.attended(family.children[0], FULL_HOUR)
    family.attended(family.persons["mother"], FULL_HOUR >> 30)

    page = opened.text("/my")

    assert "Pupil no. 1" in page
    assert "Mother" in page
    assert page.count('data-outcome="recorded"') == 1
    assert page.count('data-outcome="partly"') == 1
    assert "live: 30 of 60 slots" in page
    assert "An evening counts as watched from 40 slots." in page


def test_no_name_stands_on_the_page(opened: Phone) -> None:
    """Names are opened for the file a family asks for, not for a screen that lies about."""
    assert invented_name(0) not in opened.text("/my")


def test_without_a_seat_the_phone_is_asked_to_show_one(phone: Phone, family: Family) -> None:
    page = phone.text("/my")

    assert "data-open-form" in page
    assert "Pupil" not in page


@pytest.mark.parametrize("posted", ["", "nonsense", "[1, null]", '{"a": 1}', "[]", "x" * 99_999])
def test_what_is_no_seat_opens_nothing(phone: Phone, family: Family, posted: str) -> None:
    reply = phone.post("/my/open", seats=posted)

    assert reply.status_code == 409
    page = reply.content.decode()
    assert 'data-code="family_no_seat"' in page
    assert 'href="/"' not in page
    assert "my" not in phone.client.cookies


def test_forged_and_expired_tokens_open_nothing(phone: Phone, family: Family) -> None:
    people = [*family.children, *family.persons.values()]
    forged = Mint({1: b"another key of thirty-two bytes!"}).seat(
        Mint(settings.SEAT_KEYS).open_seat(family.token)  # type: ignore[arg-type]
    )

    assert phone.show(forged).status_code == 409
    assert phone.show(family.token[:-2] + "AA").status_code == 409
    assert phone.show(token_of(family.seat, people, days=0)).status_code == 409


def test_one_good_seat_among_bad_ones_opens_its_home(phone: Phone, family: Family) -> None:
    assert phone.show("bad", family.token, "worse").status_code == 302
    assert "Pupil no. 1" in phone.text("/my")


def test_opening_needs_the_token_of_the_form(family: Family) -> None:
    """CSRF: another site cannot open a home on this phone."""
    careful = Client(enforce_csrf_checks=True)

    assert careful.post("/my/open", {"seats": f'["{family.token}"]'}).status_code == 403


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(opened: Phone) -> None:
    cookie = opened.client.cookies["my"]

    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/my")
    assert cookie["max-age"] == 1800


def test_half_an_hour_after_the_last_look_the_phone_shows_its_seat_again(opened: Phone) -> None:
    opened.now = NEXT_DAY + timedelta(minutes=29)
    assert "Pupil no. 1" in opened.text("/my")
    kept = opened.client.cookies["my"].value

    opened.now = NEXT_DAY + timedelta(minutes=58)
    assert "Pupil no. 1" in opened.text("/my/correct")

    opened.now = NEXT_DAY + timedelta(minutes=89)
    assert "data-open-form" in opened.text("/my")
    opened.client.cookies["my"] = kept
    assert "data-open-form" in opened.text("/my")


def test_a_cookie_that_was_tampered_with_opens_nothing(opened: Phone) -> None:
    kept = opened.client.cookies["my"].value
    opened.client.cookies["my"] = "A" + kept[1:]

    assert "data-open-form" in opened.text("/my")


def test_leaving_closes_the_page_until_somebody_opens_it(opened: Phone) -> None:
    reply = opened.post("/my/leave")

    assert reply.headers["Location"] == "/my?left=1"
    page = opened.text("/my?left=1")
    assert "data-left" in page
    assert "Pupil" not in page


@pytest.mark.parametrize(
    ("wanted", "led"),
    [
        ("/my/rights", "/my/rights"),
        ("https://elsewhere.example/my", "/my"),
        ("//elsewhere.example", "/my"),
        ("/my//elsewhere.example", "/my"),
        ("/desk", "/my"),
        ("/my/\\elsewhere", "/my"),
    ],
)
def test_opening_leads_on_to_pages_of_the_family_only(
    phone: Phone, family: Family, wanted: str, led: str
) -> None:
    assert phone.show(family.token, to=wanted).headers["Location"] == led


def test_two_homes_on_one_phone_are_switched_and_never_mixed(
    phone: Phone, family: Family, stranger: Family
) -> None:
    phone.show(family.token, stranger.token)
    first = phone.text("/my")
    assert "Pupil no. 1" in first
    assert "data-outcome" in first

    assert phone.post("/my/home", home="2").status_code == 302

    second = phone.text("/my")
    assert second.count("<details") == 2
    assert "<b>Pupil no. 2</b>" in second
    assert "<b>Pupil no. 1</b>" not in second


@pytest.mark.parametrize("wanted", ["0", "3", "-1", "x", ""])
def test_a_home_that_is_not_there_changes_nothing(opened: Phone, wanted: str) -> None:
    opened.post("/my/home", home=wanted)

    assert "<b>Pupil no. 1</b>" in opened.text("/my")


def test_children_in_two_classes_stand_with_their_own_class(
    phone: Phone, family: Family, other_child: Person
) -> None:
    other_child.household = family.household
    other_child.save(update_fields=["household"])

    phone.show(family.token)
    page = phone.text("/my")

    assert "Grade 3, Class 1" in page
    assert "Grade 3, Class 2" in page


def test_each_basis_stands_by_itself(opened: Phone, family: Family) -> None:
    child, mother = family.children[0], family.persons["mother"]
    family.attended(child, None, replay=FULL_HOUR >> 10)
    ByHand.objects.create(
        lecture=family.evening.lecture, person=mother, unit_id=mother.unit_id, kind=2,
        how="telephone", recorded_at=NOW,
    )  # fmt: skip

    page = opened.text("/my")

    assert "replay: 50 of 60 slots, kept apart from live" in page
    assert 'data-outcome="replay"' in page
    assert "By telephone." in page
    assert page.count("It counts towards the certificate.") == 2


def test_a_rule_that_leaves_replays_out_is_told(opened: Phone, family: Family) -> None:
    row = find_published(family.evening.campaign.public_id)
    assert row is not None
    set_rule(
        campaign=row, kind=1, demand=Demand(evenings=1, replay_counts=False), reason="Live only.",
        user=make_cast(family.evening.tree).office, now=NOW,
    )  # fmt: skip
    family.attended(family.children[0], None, replay=FULL_HOUR)

    assert "It does not count towards the certificate." in opened.text("/my")


def test_a_class_that_watched_together_is_told_to_its_pupils(opened: Phone, family: Family) -> None:
    Gathering.objects.create(
        lecture=family.evening.lecture, unit=family.evening.tree.class_one, opened_at=NOW, heads=9
    )

    page = opened.text("/my")

    assert page.count('data-outcome="class_watched"') == 1
    assert page.count('data-outcome="missed"') == 1


def test_a_family_that_is_exempt_is_so_as_a_whole(opened: Phone, family: Family) -> None:
    """EXE-1: the mother of an exempt pupil has missed nothing either."""
    decide_standing(
        person_id=family.children[0].pk,
        decision=Decision(state=StandingState.UNWILLING, starts_on=DAY),
        now=NOW,
        actor=ACTOR,
    )

    page = opened.text("/my")

    assert page.count('data-outcome="unwilling"') == 2
    assert 'data-outcome="missed"' not in page


def test_in_wechat_the_way_to_a_file_is_told(opened: Phone, family: Family) -> None:
    opened.now = NOW
    opened.show(family.token)
    assert "In WeChat" not in opened.text("/my")

    opened.client.defaults["HTTP_USER_AGENT"] = "Mozilla/5.0 MicroMessenger/8.0.49"

    assert "In WeChat" in opened.text("/my")
    assert "WeChat keeps no files." in opened.text("/my/kept")


def test_tonight_leads_to_the_hall(opened: Phone, family: Family) -> None:
    opened.now = NOW + timedelta(minutes=55)
    opened.show(family.token)

    page = opened.text("/my")

    assert f'href="/hall/{family.evening.lecture.pk}"' in page
    assert 'data-outcome="tonight"' in page


def test_guests_of_a_village_are_numbered(phone: Phone, family: Family) -> None:
    home = Household.objects.create(created_at=NOW)
    guest = Person.objects.create(
        kind=7, unit=family.evening.tree.village, household=home, kin="resident-2", created_at=NOW
    )
    seat = make_seat(family.evening, home, [guest])

    phone.show(token_of(seat, [guest]))

    page = phone.text("/my")
    assert "Resident no. 2" in page
    assert 'data-outcome="missed"' in page
    assert "/my/ask/" not in page


def test_a_small_home_asks_as_often_as_a_big_one(
    opened: Phone, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    opened.get("/my")

    with django_assert_num_queries(22):
        opened.get("/my")


def test_an_erased_home_opens_no_more(opened: Phone, family: Family) -> None:
    Seat.objects.filter(pk=family.seat.pk).delete()

    assert "data-open-form" in opened.text("/my")


def test_queries_do_not_grow_with_people_or_evenings(
    phone: Phone, evening: object, family: Family, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    big = make_family(family.evening, *family.evening.pupils[2:5], kin=(Kin.MOTHER, Kin.FATHER))
    for number in range(2, 9):
        add_lecture(family.evening, number)
    phone.show(big.token)
    phone.get("/my")

    with django_assert_num_queries(22):
        phone.get("/my")


@pytest.mark.parametrize("path", ["/my/open", "/my/home", "/my/leave"])
def test_only_posts_change_anything(opened: Phone, path: str) -> None:
    assert opened.get(path).status_code == 405
