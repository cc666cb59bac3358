"""Bad input gets a code and leaves nothing half-done (AID-4, AID-5, AID-8)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client

from mingtian.aid import actions
from mingtian.aid.access import get_upload
from mingtian.aid.actions import FundSpec, SchemeSpec
from mingtian.aid.actions.deciding import MOST_LISTS
from mingtian.aid.actions.importing import keep_upload, preview, take_over
from mingtian.aid.models import Fund, Grant, Scheme
from mingtian.aid.queries.files import notice_rows
from mingtian.aid.reading import TEMPLATE, TEMPLATE_EN, Column, SchoolList, headings, read_list
from mingtian.aid.rules import NATIONAL_BASE, Level, SchemeKind, parse_term
from mingtian.aid.tests.conftest import ACCOUNT, BY, PAYEE, TODAY, Office
from mingtian.children.actions import (
    ChildSpec,
    ConsentSpec,
    note_consent,
    register_many,
    withdraw_consent,
)
from mingtian.children.rules import ConsentPurpose, Despite, Party, Way
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.testing.children import make_aid_clerk, make_aided_child
from mingtian.testing.roster_files import text_table
from mingtian.vault.access import enter, keep
from mingtian.vault.rules import Purpose

HEADINGS = ["姓名", "出生年", "学段", "住宿", "天数", "金额", "收款人", "账号", "开户行"]
ROW = ["何思远", "2014", "小学", "是", "", "", PAYEE, ACCOUNT, ""]
DAY = day_of(TODAY)


def changed(**cells: str) -> list[str]:
    """Return the sound row with other cells, named as in :class:`Column`."""
    places = {column.value: place for place, column in enumerate([
        Column.NAME, Column.YEAR, Column.LEVEL, Column.BOARDING, Column.DAYS, Column.AMOUNT,
        Column.PAYEE, Column.ACCOUNT, Column.BANK,
    ])}  # fmt: skip
    row = list(ROW)
    for name, value in cells.items():
        row[places[name]] = value
    return row


def read(*rows: list[str]) -> SchoolList:
    return read_list(text_table(rows, HEADINGS), today=DAY)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (changed(year="14"), "aid_row_year"),
        (changed(level="大学"), "aid_row_level"),
        (changed(boarding="也许"), "aid_row_boarding"),
        (changed(amount="五百"), "aid_row_amount"),
        (changed(payee=""), "aid_row_payee"),
        (changed(bank="行" * 61), "aid_row_payee"),
        (changed(account="12"), "aid_row_account"),
        (changed(bank="231321201405061234"), "aid_row_citizen_number"),
        (changed(payee="23132120140506123X"), "aid_row_citizen_number"),
        (changed(days="many"), "aid_days_impossible"),
    ],
)
def test_a_row_that_cannot_be_is_told_by_its_number(row: list[str], code: str) -> None:
    said = read(ROW, row)
    assert [(fault.row, fault.code) for fault in said.faults] == [(3, code)]
    assert len(said.rows) == 1


@pytest.mark.parametrize(("text", "level"), [
    ("三年级", Level.PRIMARY), ("7", Level.JUNIOR), ("初中", Level.JUNIOR), ("Primary", Level.PRIMARY),
    ("Grade 9", Level.JUNIOR), ("中职", Level.SENIOR), ("幼儿园", Level.NURSERY),
])  # fmt: skip
def test_levels_are_read_from_words_and_grades(text: str, level: Level) -> None:
    assert read(changed(level=text)).rows[0].level is level


def test_templates_name_every_column() -> None:
    assert headings(TEMPLATE) == headings(TEMPLATE_EN) == set(Column)


def test_a_file_without_the_headings_is_refused() -> None:
    with pytest.raises(RuleBroken, match="aid_headings_missing"):
        read_list(text_table([["a", "b"]], ["姓名", "金额"]), today=DAY)


def test_a_file_without_rows_is_refused() -> None:
    with pytest.raises(RuleBroken, match="aid_list_size"):
        read_list(text_table([], HEADINGS), today=DAY)


def preview_codes(office: Office, *rows: list[str]) -> list[str]:
    with enter(office.clerk, now=TODAY, purpose=Purpose.AID) as door:
        kept = keep_upload(
            door, office.place(), file_name="a.csv", content=text_table(rows, HEADINGS)
        )
        found = preview(door, get_upload(kept.public_id, TODAY))
        return [fault.code for fault in found.faults]


def test_the_same_child_twice_in_a_file_is_a_fault(office: Office) -> None:
    assert preview_codes(office, ROW, ROW) == ["aid_row_twice", "aid_row_twice"]


def register(office: Office, name: str, *, elsewhere: bool = False) -> int:
    tree = office.tree
    school = tree.other_school if elsewhere else tree.school
    clerk = make_aid_clerk(school, f"clerk_of_{school.pk}") if elsewhere else office.clerk
    return make_aided_child(clerk, tree.county, school, name=name, now=TODAY).id


def test_a_child_that_is_registered_elsewhere_is_a_fault(office: Office) -> None:
    register(office, "何思远", elsewhere=True)
    assert preview_codes(office, ROW) == ["aid_row_registered_elsewhere"]


def test_two_children_of_one_name_are_told_apart_by_somebody(office: Office) -> None:
    register(office, "何思远")
    with enter(office.clerk, now=TODAY, purpose=Purpose.AID) as door:
        twin = ChildSpec(
            unit_id=office.tree.county.pk, school_id=office.tree.school.pk, name="何思远",
            birth_year=2014, despite=Despite.SIBLING,
        )  # fmt: skip
        register_many(door, [twin])
    assert preview_codes(office, ROW) == ["aid_row_ambiguous"]


def test_no_sound_row_is_nothing_to_take_over(office: Office) -> None:
    with (
        pytest.raises(RuleBroken, match="aid_no_row"),
        enter(office.clerk, now=TODAY, purpose=Purpose.AID) as door,
    ):
        take_over(door, keep_upload(
            door, office.place(), file_name="a.csv",
            content=text_table([changed(year="x")], HEADINGS),
        ))  # fmt: skip


def test_a_consent_that_was_taken_back_stops_the_next_grant(office: Office) -> None:
    child = register(office, "何思远")
    said = ConsentSpec(
        purpose=ConsentPurpose.AID, party=Party.GUARDIAN, way=Way.PAPER, given_on=DAY, told_on=None
    )
    with enter(office.clerk, now=TODAY, purpose=Purpose.AID) as door:
        given = note_consent(door, child, said)
    listing = office.enter([child])
    with enter(office.clerk, now=TODAY, purpose=Purpose.AID) as door:
        withdraw_consent(door, child, given.public_id)
    with pytest.raises(RuleBroken, match="aid_consent_withdrawn"):
        office.approve(listing)
    assert office.money[1] == 0
    assert preview_codes(office, ROW) == ["aid_consent_withdrawn"]


def test_too_many_lists_at_once_are_refused(office: Office) -> None:
    with (
        pytest.raises(RuleBroken, match="aid_too_many_lists"),
        enter(office.office, now=TODAY, purpose=Purpose.AID) as door,
    ):
        actions.approve(door, range(MOST_LISTS + 1), {})


FUND = FundSpec(unit_id=0, name="助学", office_limit=0)


@pytest.mark.parametrize("spec", [replace(FUND, name=" "), replace(FUND, office_limit=-1)])
def test_a_fund_needs_a_name_and_a_limit(office: Office, spec: FundSpec) -> None:
    with pytest.raises(RuleBroken, match="aid_fund_impossible"):
        actions.open_fund(replace(spec, unit_id=office.tree.county.pk), now=TODAY, by=BY)
    assert Fund.objects.count() == 1


def scheme_spec(office: Office, name: str) -> SchemeSpec:
    return SchemeSpec(
        unit_id=office.tree.county.pk, name=name, kind=SchemeKind.SUPPLEMENT, since=date(2023, 9, 1)
    )


def test_names_are_taken_once(office: Office) -> None:
    spec = replace(FUND, unit_id=office.tree.county.pk, name=office.fund.name)
    with pytest.raises(RuleBroken, match="aid_name_taken"):
        actions.open_fund(spec, now=TODAY, by=BY)
    with pytest.raises(RuleBroken, match="aid_name_taken"):
        actions.add_scheme(scheme_spec(office, office.scheme.name), now=TODAY, by=BY)


def test_a_scheme_needs_a_name(office: Office) -> None:
    with pytest.raises(RuleBroken, match="aid_scheme_impossible"):
        actions.add_scheme(scheme_spec(office, " "), now=TODAY, by=BY)


def test_two_rates_never_hold_on_one_day(office: Office) -> None:
    with pytest.raises(RuleBroken, match="aid_rate_overlaps"):
        actions.add_rate(office.scheme, NATIONAL_BASE[0], now=TODAY, by=BY)


@pytest.mark.parametrize(
    ("amount", "receipt", "code"),
    [(0, "R2", "aid_amount_impossible"), (10**12, "R2", "aid_amount_impossible"),
     (1, "", "aid_receipt_impossible"), (1, "R-2", "aid_receipt_impossible"),
     (1, "凭证", "aid_receipt_impossible")],
)  # fmt: skip
def test_a_deposit_that_cannot_be_is_refused(
    office: Office, amount: int, receipt: str, code: str
) -> None:
    with pytest.raises(RuleBroken, match=code):
        actions.deposit(office.fund, amount, receipt=receipt, now=TODAY, by=BY)


def test_a_receipt_with_another_amount_is_refused_by_the_books(office: Office) -> None:
    with pytest.raises(RuleBroken, match="aid_receipt_taken"):
        actions.deposit(office.fund, 5, receipt="R1", now=TODAY, by=BY)


def test_no_file_is_opened_for_a_batch_that_is_paid(office: Office) -> None:
    office.approve(office.enter(office.admit(1)))
    batch = office.batch()
    office.pay(batch)
    with (
        pytest.raises(RuleBroken, match="aid_file_not_needed"),
        enter(office.cashier, now=TODAY, purpose=Purpose.AID) as door,
    ):
        actions.open_export(door, type(batch).objects.get(pk=batch.pk))


def refuse_notice(office: Office, change: Callable[[], object], today: date) -> str:
    listing = office.enter(office.admit(1))
    change()
    with enter(office.clerk, now=TODAY, purpose=Purpose.AID) as door:
        found = type(listing).objects.select_related("scheme").get(pk=listing.pk)
        with pytest.raises(RuleBroken) as refused:
            notice_rows(door, found, by_number=True, today=today)
    return refused.value.code


def test_a_notice_is_of_approved_lists_of_open_schemes_in_their_term(office: Office) -> None:
    assert refuse_notice(office, lambda: None, DAY) == "aid_not_approved_yet"
    hide = Scheme.objects.filter(pk=office.scheme.pk).update
    assert refuse_notice(office, lambda: hide(published=False), DAY) == "aid_not_published"
    hide(published=True)
    listing = office.enter(office.admit(1))
    office.approve(listing)
    after = parse_term(listing.term).last + timedelta(days=1)
    with enter(office.clerk, now=TODAY, purpose=Purpose.AID) as door:
        found = type(listing).objects.select_related("scheme").get(pk=listing.pk)
        with pytest.raises(RuleBroken, match="aid_notice_over"):
            notice_rows(door, found, by_number=True, today=after)


def test_a_list_of_nobody_or_of_one_twice_is_refused(office: Office) -> None:
    (child,) = office.admit(1)
    with (
        pytest.raises(RuleBroken, match="aid_list_size"),
        enter(office.clerk, now=TODAY, purpose=Purpose.AID) as door,
    ):
        actions.enter_lines(door, office.place(), [])
    with pytest.raises(RuleBroken, match="aid_granted_already"):
        office.enter([child, child])
    with keep("look"):
        assert Grant.objects.count() == 0


def test_ticking_nothing_approves_nothing(office: Office) -> None:
    client = Client()
    client.force_login(office.office)
    reply = client.post("/desk/aid/approvals")
    assert reply.status_code == 422
    assert 'data-code="aid_no_list_chosen"' in reply.content.decode()
