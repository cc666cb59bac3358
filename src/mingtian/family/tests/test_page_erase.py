"""Erasing in two steps, whole or not at all, with a receipt; and the phone afterwards."""

import json
import re
from datetime import timedelta

import pytest
from django.http import HttpResponse

from mingtian.attendance.models import Appeal, Record, Seat
from mingtian.attendance.queries import differences
from mingtian.campaigns.queries.homes import campaigns_by_id
from mingtian.core.errors import RuleBroken
from mingtian.family.access import Home
from mingtian.family.actions.rights import check_number
from mingtian.family.tests.conftest import (
    FULL_HOUR,
    NEXT_DAY,
    Family,
    Phone,
    make_seat,
    token_of,
)
from mingtian.people.models import Household, Person, Receipt
from mingtian.people.queries.homes import list_members
from mingtian.testing.make import NOW, invented_name


def last_step(reply: HttpResponse) -> str:
    found = re.search(r'name="step" value="([^"]+)"', reply.content.decode())
    assert found is not None
    return found[1]


def erase(phone: Phone, number: str = "1") -> HttpResponse:
    return phone.post("/my/erase/now", step=last_step(phone.post("/my/erase", number=number)))


def test_erasing_removes_everything_but_totals_and_roster(opened: Phone, family: Family) -> None:
    child, mother = family.children[0], family.persons["mother"]
    family.attended(child, FULL_HOUR)
    opened.post(f"/my/ask/1/{mother.public_id}", text="We watched next door.")

    page = opened.text("/my/erase")
    assert "What goes" in page
    reply = erase(opened)

    receipt = Receipt.objects.get(what="erased")
    assert reply.headers["Location"] == f"/my/done?receipt={receipt.public_id}"
    assert not Household.objects.filter(pk=family.household.pk).exists()
    assert not Person.objects.filter(pk__in=[child.pk, mother.pk]).exists()
    assert not Record.objects.exists()
    assert not Seat.objects.exists()
    assert not Appeal.objects.exists()
    assert differences(family.evening.lecture.pk) == []
    assert "data-open-form" in opened.text("/my")
    assert opened.show(family.token).status_code == 409


def test_the_receipt_is_open_to_whoever_has_its_code_and_names_nobody(
    opened: Phone, phone: Phone, family: Family
) -> None:
    erase(opened)
    receipt = Receipt.objects.get(what="erased")
    phone.client.cookies.clear()

    page = phone.text(f"/my/receipt/{receipt.public_id.upper()}")

    assert "A home has been removed" in page
    assert "Persons of the home" in page
    assert invented_name(0) not in page
    assert family.household.public_id not in page
    assert phone.get(f"/my/receipt?code={receipt.public_id[:4]} {receipt.public_id[4:]}")[
        "Location"
    ].endswith(receipt.public_id)


def test_an_unknown_receipt_is_not_there(phone: Phone, db: None) -> None:
    assert phone.get("/my/receipt/0000aaaa1111").status_code == 404
    assert "There is no receipt with this code" in phone.text("/my/receipt?code=0000aaaa1111")


def test_a_wrong_number_erases_nothing_and_ends_after_five(opened: Phone, family: Family) -> None:
    for left in (4, 3, 2, 1, 0):
        page = opened.post("/my/erase", number="9").content.decode()
        assert f"tries left today: {left}" in page

    refused = opened.post("/my/erase", number="1").content.decode()

    assert "wrong five times today" in refused
    assert 'name="step"' not in refused
    assert Household.objects.filter(pk=family.household.pk).exists()
    opened.now = NEXT_DAY + timedelta(days=2)
    opened.show(family.token)
    assert 'name="step"' in opened.post("/my/erase", number="1").content.decode()


def test_refusals_of_the_proof_have_their_codes(family: Family) -> None:
    home = Home(
        number=1, household_id=family.household.pk, public_id=family.household.public_id,
        campaign=campaigns_by_id([family.evening.campaign.pk])[family.evening.campaign.pk],
        members=tuple(list_members([family.household.pk])[family.household.pk]), seats=(),
    )  # fmt: skip
    codes = []
    for _try in range(6):
        with pytest.raises(RuleBroken) as refused:
            check_number(home=home, typed="9", now=NEXT_DAY)
        codes.append(refused.value.code)

    assert codes == ["family_proof_wrong"] * 5 + ["family_proof_tries"]


@pytest.mark.parametrize("step", ["", "forged", "W10:x:y"])
def test_the_last_step_needs_the_first(opened: Phone, family: Family, step: str) -> None:
    reply = opened.post("/my/erase/now", step=step)

    assert 'data-code="family_step_over"' in reply.content.decode()
    assert Household.objects.filter(pk=family.household.pk).exists()


def test_the_last_step_runs_out_and_serves_no_other_home(
    opened: Phone, phone: Phone, family: Family, stranger: Family
) -> None:
    step = last_step(opened.post("/my/erase", number="1"))
    opened.now = NEXT_DAY + timedelta(minutes=11)
    assert opened.post("/my/erase/now", step=step).status_code == 409

    opened.now = NEXT_DAY
    opened.client.cookies.clear()
    opened.show(stranger.token)
    assert opened.post("/my/erase/now", step=step).status_code == 409
    assert Household.objects.count() == 2


def test_when_a_module_cannot_let_go_nothing_is_removed(
    opened: Phone, family: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half an erasure would be told to a family as a whole one."""
    family.attended(family.children[0], FULL_HOUR)
    step = last_step(opened.post("/my/erase", number="1"))

    def stuck(*_args: object, **_facts: object) -> dict[str, int]:
        raise RuleBroken("home_is_gone")

    monkeypatch.setattr("mingtian.family.actions.rights.forget_household", stuck)

    assert opened.post("/my/erase/now", step=step).status_code == 409
    assert Record.objects.filter(person=family.children[0].pk).exists()
    assert Seat.objects.exists()
    assert not Receipt.objects.exists()


def test_guests_without_a_roster_erase_without_a_number(phone: Phone, family: Family) -> None:
    home = Household.objects.create(created_at=NOW)
    guest = Person.objects.create(
        kind=7, unit=family.evening.tree.village, household=home, kin="resident-1", created_at=NOW
    )
    phone.show(token_of(make_seat(family.evening, home, [guest]), [guest]))

    assert erase(phone, "").status_code == 302

    assert not Household.objects.filter(pk=home.pk).exists()


# --- The phone afterwards ---------------------------------------------------


def test_the_phone_takes_the_present_token_of_its_seat(opened: Phone, family: Family) -> None:
    opened.post(f"/my/correct/{family.persons['mother'].public_id}/off")

    reply = opened.post("/my/renew", seat=family.token)

    told = json.loads(reply.content)
    assert told["members"] == [{"kind": "pupil", "kin": None, "label": "1"}]
    assert told["seat"] != family.token
    assert opened.show(told["seat"]).status_code == 302


def test_a_withdrawn_seat_stays_so_that_the_family_can_see_and_erase(
    opened: Phone, family: Family
) -> None:
    opened.post("/my/withdraw")

    assert json.loads(opened.post("/my/renew", seat=family.token).content)["seat"] == family.token


def test_a_seat_that_is_gone_is_forgotten_by_the_phone(opened: Phone, family: Family) -> None:
    erase(opened)

    assert opened.post("/my/renew", seat=family.token).status_code == 410
    assert "data-renew" in opened.text("/my/done")
