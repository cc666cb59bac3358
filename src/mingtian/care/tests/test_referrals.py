"""A child is referred to another body: leave, what was told, the answer, the day that passed (AID-1)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from mingtian.care import access, actions
from mingtian.care.actions import Heard, Referred
from mingtian.care.models import Case, Look, Referral
from mingtian.care.tests.conftest import TODAY, County, draft, make_county
from mingtian.care.tests.test_pages import read, send
from mingtian.care.tests.test_todo import kinds
from mingtian.children.rules import ConsentPurpose, Party
from mingtian.core.errors import RuleBroken
from mingtian.testing.children import NAME, agree
from mingtian.testing.make import NOW
from mingtian.vault.access import keep

SOON = TODAY + timedelta(days=14)
LATER = NOW + timedelta(days=15)

pytestmark = pytest.mark.usefixtures("english")


def referred(**changes: object) -> Referred:
    """Return a referral to civil affairs that tells name and address, by the guardian's leave."""
    one = Referred(
        body="civil_affairs", kind="living", referred_on=TODAY, answer_by=SOON, words="屋顶漏雨",
        passed=["name", "home"], leave="guardian", agreed_on=TODAY,
    )  # fmt: skip
    return replace(one, **changes)  # type: ignore[arg-type]


def refer(county: County, case: Case, **changes: object) -> Referral:
    made = county.act(county.worker, case, actions.refer, referred(**changes))
    assert isinstance(made, Referral)
    return made


def test_a_referral_moves_nothing_and_ends_with_its_answer(county: County) -> None:
    case = county.open()
    made = refer(county, case)
    assert county.fresh(case).worker_id == county.worker.pk
    assert county.fresh(case).answer_on == SOON
    heard = Heard(answer="taken_up", answered_on=TODAY, answer_by=SOON + timedelta(days=7))
    county.act(county.worker, case, actions.note_answer, made, heard)
    assert county.fresh(case).answer_on == SOON + timedelta(days=7), "more is to come"
    heard = Heard(answer="helped", answered_on=TODAY, words="已修好")
    county.act(county.worker, case, actions.note_answer, made, heard)
    assert county.fresh(case).answer_on is None
    with pytest.raises(RuleBroken, match="care_referral_over"):
        county.act(county.worker, case, actions.note_answer, made, heard)
    with pytest.raises(RuleBroken, match="care_referral_over"):
        county.act(county.worker, case, actions.take_back, made)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"leave": ""}, "care_passed_unasked"),
        ({"agreed_on": None}, "care_day_missing"),
        ({"referred_on": TODAY - timedelta(days=1)}, "care_passed_unasked"),
        ({"leave": "nobody"}, "care_choose"),
        ({"body": "newspaper"}, "care_choose"),
        ({"passed": ["account"]}, "care_choose"),
        ({"words": " "}, "care_words_missing"),
        ({"referred_on": TODAY + timedelta(days=1)}, "care_day_to_come"),
        ({"answer_by": TODAY - timedelta(days=1)}, "care_day_past"),
    ],
)
def test_what_names_the_child_is_told_by_leave_given_before(
    county: County, changes: dict[str, object], code: str
) -> None:
    with pytest.raises(RuleBroken, match=code):
        refer(county, county.open(), **changes)


def test_a_number_needs_no_leave_and_danger_no_consent(db: None) -> None:
    county = make_county(consents=())
    case = county.open()
    with pytest.raises(RuleBroken, match="children_consent_missing"):
        refer(county, case)
    made = refer(county, case, leave="danger")
    assert (made.leave, made.agreed_on) == ("danger", None)
    with county.enter(county.worker) as door:
        agree(door, county.child, ConsentPurpose.CASE_WORK)
    assert refer(county, case, passed=[], leave="guardian").leave == ""


def test_from_fourteen_the_child_agrees_too(db: None) -> None:
    county = make_county(born_on=date(2009, 12, 31))
    case = county.open()
    with county.enter(county.worker) as door:
        agree(door, county.child, ConsentPurpose.CASE_WORK, party=Party.CHILD)
    county.assess(case)
    version = county.fresh(case).version
    with pytest.raises(RuleBroken, match="care_child_agrees_too"):
        refer(county, case)
    with pytest.raises(RuleBroken, match="care_child_agrees_too"):
        county.act(county.worker, case, actions.save_plan, draft(), version=version)
    refer(county, case, leave="both")
    county.act(county.worker, case, actions.save_plan, draft(agreed="both"), version=version)


def test_no_answer_waits_for_the_worker_and_danger_for_those_above(county: County) -> None:
    case = county.open()
    refer(county, case)
    assert kinds(county.worker) == {}
    assert kinds(county.worker, LATER) == {"care.unanswered": 1}
    made = refer(county, case, leave="danger")
    assert kinds(county.town) == {"care.unasked": 1}
    assert kinds(county.county) == {}
    assert kinds(county.county, LATER) == {"care.unasked": 1}
    with county.enter(county.town) as door:
        for _ in range(2):
            actions.look_at_referral(door, access.get_referral_above(door, made.public_id))
        assert Look.objects.count() == 1
    assert kinds(county.town) == {}


def test_closing_ends_what_is_awaited(county: County) -> None:
    case = county.open()
    refer(county, case)
    with county.enter(county.worker) as door:
        place = access.get_child_for(door, county.number)
        actions.open_ticket(door, place, actions.Problem(topic="school", words="书包", names=[]))
    version = county.fresh(case).version
    county.act(county.worker, case, actions.close_case, reason="of_age", version=version)
    assert county.fresh(case, county.town).answer_on is None
    assert kinds(county.worker, LATER) == {}
    assert kinds(county.town, LATER) == {}


def test_the_database_keeps_no_telling_without_leave(county: County) -> None:
    made = refer(county, county.open())
    with (
        pytest.raises(IntegrityError), keep("try"), transaction.atomic(),
        connection.cursor() as cursor,
    ):  # fmt: skip
        cursor.execute("UPDATE care_referral SET leave = '' WHERE id = %s", [made.pk])


def test_a_referral_on_pages(client: Client, county: County) -> None:
    case = county.open()
    address = f"/desk/care/cases/{case.public_id}"
    sent = {
        "body": "hospital", "kind": "health", "words": "咳嗽很久", "referred_on": TODAY,
        "answer_by": SOON, "passed": ["name", "health"], "key": "0123456789ab",
    }  # fmt: skip
    assert "They answer until" in read(client, county.worker, f"{address}/referrals/new")
    refused = send(client, county.worker, f"{address}/referrals/new", sent, 422)
    assert "What names the child" in refused
    assert "咳嗽很久" in refused
    for _ in range(2):
        send(client, county.worker, f"{address}/referrals/new", {**sent, "leave": "danger"})
    with keep("look"):
        own = Referral.objects.get().public_id
    text = read(client, county.worker, address)
    assert "咳嗽很久" in text
    assert "told: Health, Name" in text
    text = read(client, county.town, address)
    assert "Hospital · Health" in text
    assert "咳嗽很久" not in text
    assert "in danger, without asking" in text
    text = read(client, county.town, "/desk/care/")
    assert "Done without a consent" in text
    assert NAME not in text
    send(client, county.town, f"/desk/care/referrals/{own}/seen", {})
    assert "Done without a consent" not in read(client, county.town, "/desk/care/")
    there = f"/desk/care/referrals/{own}/answer"
    read(client, county.town, there, 404)
    assert "The answer of: Hospital" in read(client, county.worker, there)
    sent = {"answer": "taken_up", "answered_on": TODAY, "words": "挂号了"}
    assert "Choose the day" in send(client, county.worker, there, sent, 422)
    send(client, county.worker, there, {**sent, "answer_by": SOON})
    assert "挂号了" in read(client, county.worker, address)
    send(client, county.worker, f"/desk/care/referrals/{own}/take-back", {})
    assert "taken back" in read(client, county.worker, address)


def test_a_list_shows_whose_referral_has_no_answer(client: Client, county: County) -> None:
    case = county.open()
    with keep("as if two weeks had gone by"):
        made = refer_long_ago(county, case)
    assert made.answer_by < TODAY
    assert case.number in read(client, county.county, "/desk/care/cases?show=unanswered")
    for address in ("/desk/care/", f"/desk/care/cases/{case.public_id}"):
        assert "a referral has no answer" in read(client, county.worker, address)


def refer_long_ago(county: County, case: Case) -> Referral:
    long_ago = TODAY - timedelta(days=30)
    return Referral.objects.create(
        case=case, child_id=county.child, by=county.worker, at=NOW, body="school",
        kind="schooling", referred_on=long_ago, answer_by=long_ago,
    )  # fmt: skip
