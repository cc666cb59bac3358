"""See, correct, take away, withdraw, erase: from the phone, for the own home only."""

import ast
import json
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

import mingtian
from mingtian.attendance.models import Record
from mingtian.attendance.queries import differences
from mingtian.core.models import AuditEntry
from mingtian.family.files import plain
from mingtian.family.keepers import KEEPERS, forgetters, readers
from mingtian.family.kept_words import FACTS, NOT_SHOWN, WHAT
from mingtian.family.tests.conftest import (
    FULL_HOUR,
    NEXT_DAY,
    Family,
    Phone,
    make_family,
    make_seat,
    token_of,
)
from mingtian.people.models import Consent, Household, Person
from mingtian.people.rules import Kin
from mingtian.testing.make import NOW, invented_name

PAGES = ["/my/rights", "/my/kept", "/my/kept.zip", "/my/correct", "/my/withdraw", "/my/erase"]


@pytest.mark.parametrize("path", PAGES)
def test_without_a_seat_a_right_leads_to_opening_the_page(
    phone: Phone, db: None, path: str
) -> None:
    reply = phone.get(path)

    assert reply.status_code == 302
    assert reply.headers["Location"].startswith("/my?to=")


def test_a_file_is_fetched_from_its_page_once_the_phone_has_shown_its_seat(
    phone: Phone, db: None
) -> None:
    """A page that only waits would stand there for ever: a file leads nowhere."""
    assert phone.get("/my/kept.zip").headers["Location"] == "/my?to=%2Fmy%2Fkept"


@pytest.mark.parametrize("path", ["/my/withdraw", "/my/erase", "/my/erase/now", "/my/agree"])
def test_what_is_pressed_on_a_closed_page_is_told_as_not_done(
    opened: Phone, family: Family, path: str
) -> None:
    opened.now = NEXT_DAY + timedelta(minutes=31)

    reply = opened.post(path, by="guardian", number="1")

    assert reply.status_code == 409
    assert 'data-code="family_closed"' in reply.content.decode()
    assert Consent.objects.get(household=family.household).withdrawn_at is None


@pytest.mark.parametrize("path", PAGES)
def test_no_page_of_rights_is_kept_by_a_browser_or_found_by_a_search(
    opened: Phone, path: str
) -> None:
    reply = opened.get(path)

    assert reply.status_code == 200
    assert reply.headers["Cache-Control"] == "private, no-store"
    assert reply.headers["X-Robots-Tag"] == "noindex"


# --- See and take away ------------------------------------------------------


def test_every_module_that_keeps_something_is_asked() -> None:
    assert set(readers()) == set(KEEPERS)
    assert set(forgetters()) == set(KEEPERS) - {"people"}


def test_everything_kept_is_shown_and_the_reading_is_recorded(
    opened: Phone, family: Family
) -> None:
    family.attended(family.children[0], FULL_HOUR)

    page = opened.text("/my/kept")

    assert invented_name(0) in page
    assert "Recorded evening" in page
    assert "a guardian" in page
    entry = AuditEntry.objects.get(action="family.kept_read")
    assert entry.detail["purpose"] == "screen"
    assert entry.actor == f"household:{family.household.public_id}"


def test_another_home_of_the_class_is_nowhere_in_it(
    opened: Phone, family: Family, stranger: Family
) -> None:
    stranger.attended(stranger.children[0], FULL_HOUR)

    assert invented_name(1) not in opened.text("/my/kept")
    assert "Recorded evening" not in opened.text("/my/kept")


def test_the_file_is_read_by_people_and_machines_and_holds_no_ids(
    opened: Phone, family: Family
) -> None:
    family.attended(family.children[0], FULL_HOUR)

    reply = opened.get("/my/kept.zip")

    with ZipFile(BytesIO(reply.content)) as archive:
        told = json.loads(archive.read("family.json"))
        page = archive.read("family.html").decode()
    assert invented_name(0) in page
    evening = next(one for one in told["kept"] if one["what"] == "evening")
    assert evening["about"] == "Pupil no. 1"
    assert evening["facts"]["live"] == "1" * 60
    keys = {key for one in told["kept"] for key in (*one, *one["facts"])}
    assert not {key for key in keys if key == "id" or key.endswith("_id")}
    assert family.children[0].public_id not in page + json.dumps(told)


def kept_in_sources() -> tuple[set[str], set[str]]:
    """Return every word that any module keeps things under, and every fact it names."""
    words: set[str] = set()
    facts: set[str] = set()
    for path in Path(mingtian.__file__).parent.glob("*/queries*/**/*.py"):
        _collect(ast.parse(path.read_text(encoding="utf-8")), words, facts)
    for path in Path(mingtian.__file__).parent.glob("*/queries.py"):
        _collect(ast.parse(path.read_text(encoding="utf-8")), words, facts)
    return words, facts


def _collect(tree: ast.Module, words: set[str], facts: set[str]) -> None:
    for node in ast.walk(tree):
        if not isinstance(node, ast.keyword):
            continue
        if node.arg == "what" and isinstance(node.value, ast.Constant):
            words.add(str(node.value.value))
        if node.arg == "facts" and isinstance(node.value, ast.Dict):
            facts.update(str(key.value) for key in node.value.keys if isinstance(key, ast.Constant))


def test_every_word_of_every_module_is_known() -> None:
    """A key of the machine room on a family's page tells nobody anything."""
    words, facts = kept_in_sources()

    assert {"person", "evening", "certificate", "screenshot", "like"} <= words
    assert words - WHAT.keys() == set()
    assert facts - FACTS.keys() - NOT_SHOWN == set()


def test_every_word_of_the_file_is_known(opened: Phone, family: Family) -> None:
    child = family.children[0]
    family.attended(child, FULL_HOUR, FULL_HOUR)
    opened.post(f"/my/ask/1/{family.persons['mother'].public_id}", text="We watched next door.")

    reply = opened.get("/my/kept.zip")

    with ZipFile(BytesIO(reply.content)) as archive:
        told = json.loads(archive.read("family.json"))["kept"]
    assert {one["what"] for one in told} <= WHAT.keys()
    assert {key for one in told for key in one["facts"]} <= FACTS.keys() | NOT_SHOWN


@pytest.mark.parametrize("text", ["=1+1", "+86", "-2", "@SUM(A1)", "\t=1"])
def test_no_text_of_the_file_becomes_a_formula(text: str) -> None:
    assert plain(text) == f"'{text}"
    assert plain("周晨") == "周晨"


# --- Correct ----------------------------------------------------------------


def test_a_wrong_kin_is_corrected(opened: Phone, family: Family) -> None:
    mother = family.persons["mother"]

    reply = opened.post(f"/my/correct/{mother.public_id}/kin", kin="father")

    assert reply.status_code == 302
    mother.refresh_from_db()
    assert mother.kin == "father"


@pytest.mark.parametrize(
    ("kin", "code"),
    [("paternal_grandmother", "kin_of_other_kind"), ("father", "kin_taken")],
)
def test_a_kin_that_cannot_be_corrected_says_why(
    phone: Phone, evening: object, family: Family, kin: str, code: str
) -> None:
    both = make_family(family.evening, family.evening.pupils[3], kin=(Kin.MOTHER, Kin.FATHER))
    phone.show(both.token)

    reply = phone.post(f"/my/correct/{both.persons['mother'].public_id}/kin", kin=kin)

    assert reply.status_code == 409
    assert f'data-code="{code}"' in reply.content.decode()


def test_a_child_has_no_kin_to_correct(opened: Phone, family: Family) -> None:
    reply = opened.post(f"/my/correct/{family.children[0].public_id}/kin", kin="mother")

    assert 'data-code="kin_only_of_relatives"' in reply.content.decode()


def test_a_relative_is_taken_off_with_everything_and_totals_stay(
    opened: Phone, family: Family
) -> None:
    mother = family.persons["mother"]
    family.attended(mother, FULL_HOUR)

    assert opened.post(f"/my/correct/{mother.public_id}/off").status_code == 302

    assert not Person.objects.filter(pk=mother.pk).exists()
    assert not Record.objects.filter(person=mother.pk).exists()
    assert differences(family.evening.lecture.pk) == []
    assert "Mother" not in opened.text("/my")


def test_a_wrong_child_leaves_the_home_and_stays_on_the_roster(
    phone: Phone, evening: object, family: Family
) -> None:
    home = make_family(family.evening, family.evening.pupils[4], family.evening.pupils[5])
    wrong = family.evening.pupils[5]
    phone.show(home.token)

    phone.post(f"/my/correct/{wrong.public_id}/off")

    again = Person.objects.get(unit=wrong.unit, number_index=wrong.number_index)
    assert again.household is None
    assert again.pk != wrong.pk
    assert "Pupil no. 6" not in phone.text("/my")


def test_the_last_member_cannot_be_taken_off(phone: Phone, family: Family) -> None:
    home = Household.objects.create(created_at=NOW)
    guest = Person.objects.create(
        kind=7, unit=family.evening.tree.village, household=home, kin="resident-1", created_at=NOW
    )
    phone.show(token_of(make_seat(family.evening, home, [guest]), [guest]))

    reply = phone.post(f"/my/correct/{guest.public_id}/off")

    assert 'data-code="family_last_member"' in reply.content.decode()


@pytest.mark.parametrize("what", ["kin", "off"])
def test_somebody_of_another_home_is_not_there(opened: Phone, stranger: Family, what: str) -> None:
    other = stranger.persons["mother"]

    reply = opened.post(f"/my/correct/{other.public_id}/{what}", kin="father")

    assert reply.status_code == 404
    assert Person.objects.filter(pk=other.pk, kin="mother").exists()


# --- Withdraw ---------------------------------------------------------------


def test_withdrawing_stops_counting_and_leaves_a_receipt(opened: Phone, family: Family) -> None:
    family.attended(family.children[0], FULL_HOUR >> 30)

    reply = opened.post("/my/withdraw")

    assert "A home has withdrawn" in opened.text(reply.headers["Location"])
    family.attended(family.children[0], FULL_HOUR)
    assert Record.objects.get(person=family.children[0].pk).live == FULL_HOUR >> 30
    page = opened.text("/my")
    assert "This home has withdrawn." in page
    assert 'data-outcome="partly"' in page
    assert Consent.objects.get(household=family.household).withdrawn_at == NEXT_DAY


def test_withdrawing_twice_is_one_leave_taking(opened: Phone) -> None:
    first = opened.post("/my/withdraw").headers["Location"]

    assert opened.post("/my/withdraw").headers["Location"] == first


# --- Take part again --------------------------------------------------------


def test_a_home_that_withdrew_agrees_again_by_one_press(opened: Phone, family: Family) -> None:
    opened.post("/my/withdraw")
    assert 'href="/my/agree"' in opened.text("/my")
    assert "Provincial Care Committee" in opened.text("/my/agree")

    reply = opened.post("/my/agree", by="guardian")

    assert reply.headers["Location"] == "/my"
    assert "This home has withdrawn." not in opened.text("/my")
    consent = Consent.objects.get(household=family.household, withdrawn_at=None)
    assert (consent.given_by, consent.language) == ("guardian", "en")
    family.attended(family.children[0], FULL_HOUR)
    assert Record.objects.get(person=family.children[0].pk).live == FULL_HOUR


def test_during_a_lecture_agreeing_leads_back_to_the_hall(opened: Phone, family: Family) -> None:
    opened.now = NOW + timedelta(minutes=65)
    opened.show(family.token)
    opened.post("/my/withdraw")

    reply = opened.post("/my/agree", by="pupil")

    assert reply.headers["Location"] == f"/hall/{family.evening.lecture.pk}"


@pytest.mark.parametrize("by", ["", "self", "paper", "teacher"])
def test_for_a_child_somebody_must_say_who_agrees(opened: Phone, by: str) -> None:
    """PIPL 31: a pupil under 14 cannot be agreed for by anybody but a guardian."""
    opened.post("/my/withdraw")

    reply = opened.post("/my/agree", by=by)

    assert reply.status_code == 409
    assert 'role="alert"' in reply.content.decode()
    assert not Consent.objects.filter(withdrawn_at=None).exists()


def test_guests_agree_each_for_themselves(phone: Phone, family: Family) -> None:
    home = Household.objects.create(created_at=NOW)
    guest = Person.objects.create(
        kind=7, unit=family.evening.tree.village, household=home, kin="resident-1", created_at=NOW
    )
    phone.show(token_of(make_seat(family.evening, home, [guest]), [guest]))
    phone.post("/my/withdraw")
    assert 'name="by"' not in phone.text("/my/agree")

    phone.post("/my/agree")

    assert Consent.objects.get(household=home).given_by == "self"


def test_a_home_that_takes_part_is_not_asked_again(opened: Phone, family: Family) -> None:
    assert opened.get("/my/agree").headers["Location"] == "/my"
    opened.post("/my/agree", by="guardian")

    assert Consent.objects.filter(household=family.household).count() == 1
