"""A school's file through the pages: faults by row, the same file again, nothing left lying about."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import DjangoAssertNumQueries

from mingtian.aid.actions.importing import drop_expired
from mingtian.aid.models import Grant, Listing, Upload
from mingtian.aid.tests.conftest import ACCOUNT, PAYEE, TERM, TODAY, Office
from mingtian.aid.tests.test_pages import (
    CANARY,
    DOOR,
    HEADINGS,
    MOST_QUERIES,
    ROWS,
    as_,
    at_the_desk,
    bring_in,
    read,
    take_over,
)
from mingtian.org.rules import Role
from mingtian.testing.cast import make_staff
from mingtian.testing.roster_files import text_table, workbook
from mingtian.vault.access import keep
from mingtian.vault.models import Child

__all__ = ["at_the_desk"]


def test_the_same_file_again_enters_nothing(office: Office) -> None:
    clerk = as_(office.clerk)
    take_over(clerk, bring_in(clerk, office, workbook(ROWS, HEADINGS)))
    preview = bring_in(clerk, office, workbook(ROWS, HEADINGS))
    assert "Every line of the file stands already" in read(clerk, preview)
    assert take_over(clerk, preview) == "/desk/aid/"
    with keep("look"):
        assert (Listing.objects.count(), Grant.objects.count(), Child.objects.count()) == (1, 2, 2)


def test_another_amount_for_the_same_child_is_a_fault_of_its_row(office: Office) -> None:
    clerk = as_(office.clerk)
    take_over(clerk, bring_in(clerk, office, workbook(ROWS, HEADINGS)))
    other = [[CANARY, 2014, "初中", "是", "", PAYEE, ACCOUNT, ""], ROWS[1]]
    text = read(clerk, bring_in(clerk, office, workbook(other, HEADINGS)))
    assert "Row 2" in text
    assert "has this grant for this term already" in text


@pytest.mark.parametrize(
    ("cell", "value", "said"),
    [
        (0, "", "name"),
        (0, "231321201405061234", "citizen number"),
        (1, "14", "four digits"),
        (2, "大学", "The level is not known"),
        (3, "也许", "Say yes or no"),
        (4, "501", "the rate gives ¥500"),
        (4, "五百", "not a number of yuan"),
        (5, "", "Payee is missing"),
        (6, "12", "8 to 32 digits"),
    ],
)
def test_a_faulty_row_is_told_with_what_to_do(
    office: Office, cell: int, value: str, said: str
) -> None:
    clerk = as_(office.clerk)
    row = list(ROWS[0])
    row[cell] = value
    text = read(clerk, bring_in(clerk, office, workbook([row, ROWS[1]], HEADINGS)))
    assert "1 row is refused" in text
    assert said in text
    assert "1" in text


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (1, "２０１４"),
        (1, "2014年"),
        (3, "住校生"),
        (4, "￥５００．００"),
        (6, "６２２２０２０２０００１１２２３３４４"),
    ],
)
def test_what_schools_type_is_understood(office: Office, cell: int, value: str) -> None:
    clerk = as_(office.clerk)
    row = list(ROWS[0])
    row[cell] = value
    assert "Every row can be taken over." in read(
        clerk, bring_in(clerk, office, workbook([row], HEADINGS))
    )


@pytest.mark.parametrize("typed", [6222020200011223344, 6222020200011223.0, "6.22202E+18"])
def test_an_account_that_the_sheet_rounded_is_refused(office: Office, typed: object) -> None:
    clerk = as_(office.clerk)
    row = [*ROWS[0][:6], typed, *ROWS[0][7:]]
    text = read(clerk, bring_in(clerk, office, workbook([row, ROWS[1]], HEADINGS)))
    assert "Set the column to text" in text, "aid_row_account_rounded"
    assert "1 row is refused" in text


def test_an_account_typed_as_a_number_of_fifteen_digits_is_whole(office: Office) -> None:
    clerk = as_(office.clerk)
    row = [*ROWS[0][:6], 622202020001122, *ROWS[0][7:]]
    assert "Every row can be taken over." in read(
        clerk, bring_in(clerk, office, workbook([row], HEADINGS))
    )


def test_a_child_twice_in_the_file_is_taken_neither_time(office: Office) -> None:
    clerk = as_(office.clerk)
    text = read(clerk, bring_in(clerk, office, workbook([ROWS[0], ROWS[0], ROWS[1]], HEADINGS)))
    assert text.count("stands in the file twice") == 2


def test_a_child_that_sounds_like_one_elsewhere_is_asked_about(office: Office) -> None:
    other = make_staff("other_clerk", office.tree.other_school, Role.AID_CLERK)
    there = as_(other)
    reply = there.post("/desk/aid/lists/new", {
        "unit": office.tree.other_school.public_id, "fund": office.fund.public_id,
        "scheme": office.scheme.public_id, "term": TERM.code, "applications": "on",
        "file": SimpleUploadedFile("a.csv", text_table([ROWS[0]], HEADINGS)),
    })  # fmt: skip
    take_over(there, reply.headers["Location"])
    clerk = as_(office.clerk)
    text = read(clerk, bring_in(clerk, office, workbook(ROWS, HEADINGS)))
    assert "registered elsewhere" in text


def test_a_file_that_is_no_list_is_refused_at_once(office: Office) -> None:
    clerk = as_(office.clerk)
    assert "No heading row was found" in bring_in(clerk, office, text_table([[1]], ["x"]), "a.csv")
    assert "already" not in bring_in(clerk, office, b"", "a.csv")


def test_an_upload_is_sealed_its_owners_alone_and_gone_after_an_hour(office: Office) -> None:
    clerk = as_(office.clerk)
    preview = bring_in(clerk, office, workbook(ROWS, HEADINGS))
    other = make_staff("other", office.tree.school, Role.AID_CLERK)
    assert as_(other).get(preview).status_code == 404
    with keep("look"):
        assert CANARY.encode() not in bytes(Upload.objects.get().content)
    assert drop_expired(TODAY + timedelta(hours=1)) == 1


@pytest.mark.parametrize("size", [2, 40])
def test_a_preview_asks_few_times_however_many_rows(
    office: Office, size: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    clerk = as_(office.clerk)
    rows = [[f"何思{chr(0x4E00 + n * 7)}", 2014, "小学", "是", "", PAYEE, ACCOUNT, ""]
            for n in range(size)]  # fmt: skip
    take_over(clerk, bring_in(clerk, office, workbook(rows, HEADINGS)))
    preview = bring_in(clerk, office, workbook(rows, HEADINGS))
    with django_assert_max_num_queries(MOST_QUERIES + DOOR):
        read(clerk, preview)
