"""Refused rows come back as a file to be mended, and nothing of them stays longer than its hour."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mingtian.aid.models import Grant, Listing, Upload
from mingtian.aid.tests.conftest import ACCOUNT, PAYEE, TODAY, Office
from mingtian.aid.tests.test_pages import (
    CANARY,
    HEADINGS,
    ROWS,
    as_,
    at,
    at_the_desk,
    bring_in,
    read,
    take_over,
)
from mingtian.org.rules import Role
from mingtian.people.queries.tables import read_tables
from mingtian.testing.cast import make_staff
from mingtian.testing.roster_files import text_table, workbook
from mingtian.vault.access import keep

__all__ = ["at_the_desk"]

WRONG: list[object] = ["许可欣", 2014, "大学", "是", "=1+1", "@许望舒", ACCOUNT, "农商银行"]
REASON = "Why it was refused and what to do"


def refused(client: Client, preview: str, form: str = "csv") -> list[list[str]]:
    content = client.get(f"{preview}/refused.{form}").content
    if form == "csv":
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    return next(read_tables(content))


def test_refused_rows_come_back_as_typed_with_the_reason(office: Office) -> None:
    clerk = as_(office.clerk)
    preview = bring_in(clerk, office, workbook([ROWS[0], WRONG, ROWS[1]], HEADINGS))
    assert "refused.xlsx" in read(clerk, preview)
    heading, row = refused(clerk, preview, "xlsx")
    assert heading == [*HEADINGS, REASON]
    assert row[:-1] == [str(cell) for cell in WRONG]
    assert row[-1].startswith("The level is not known.")


def test_cells_that_look_like_formulas_are_none(office: Office) -> None:
    clerk = as_(office.clerk)
    preview = bring_in(clerk, office, workbook([ROWS[0], WRONG], HEADINGS))
    (_, row) = refused(clerk, preview)
    assert row[4:6] == ["'=1+1", "'@许望舒"]


def test_a_row_that_was_mended_is_taken_and_the_reason_passed_over(office: Office) -> None:
    clerk = as_(office.clerk)
    preview = bring_in(clerk, office, workbook([ROWS[0], WRONG], HEADINGS))
    heading, row = refused(clerk, preview, "xlsx")
    row[2:5] = ["小学", "是", ""]
    again = bring_in(clerk, office, workbook([row], heading))
    assert "Every row can be taken over." in read(clerk, again)
    row[3] = "也许"
    still = bring_in(clerk, office, workbook([row], heading))
    assert [len(each) for each in refused(clerk, still)] == [len(HEADINGS) + 1] * 2


def test_after_the_taking_over_only_refused_rows_are_left_for_the_rest_of_the_hour(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk = as_(office.clerk)
    preview = bring_in(clerk, office, workbook([ROWS[0], WRONG, ROWS[1]], HEADINGS))
    listing = take_over(clerk, preview)
    text = read(clerk, listing)
    assert "Rows of your file were refused" in text
    assert f"{preview}/refused.xlsx" in text
    assert "Rows of your file" not in read(as_(office.office), listing)
    (_, row) = refused(clerk, preview)
    assert row[0] == WRONG[0]
    again = read(clerk, preview)
    assert "Row 3" in again, "rows keep their numbers"
    assert CANARY not in again
    assert "/take" not in again
    with keep("look"):
        assert Upload.objects.get().expires_at == TODAY + timedelta(hours=1)
    at(monkeypatch, TODAY + timedelta(hours=1))
    assert clerk.get(f"{preview}/refused.csv").status_code == 404
    assert "Rows of your file" not in read(clerk, listing)


def test_of_a_file_without_refused_rows_nothing_is_left(office: Office) -> None:
    clerk = as_(office.clerk)
    preview = bring_in(clerk, office, workbook(ROWS, HEADINGS))
    listing = take_over(clerk, preview)
    with keep("look"):
        assert bytes(Upload.objects.get().content) == b""
    assert "Rows of your file" not in read(clerk, listing)
    assert clerk.get(preview).headers["Location"] == listing
    assert clerk.get(f"{preview}/refused.csv").status_code == 404


@pytest.mark.parametrize("rows", [ROWS, [ROWS[0], WRONG]])
def test_a_second_click_says_so_and_changes_nothing(
    office: Office, rows: list[list[object]]
) -> None:
    clerk = as_(office.clerk)
    preview = bring_in(clerk, office, workbook(rows, HEADINGS))
    listing = take_over(clerk, preview)
    assert take_over(clerk, preview) == listing
    assert "This file was taken over already." in read(clerk, listing)
    with keep("look"):
        assert (Listing.objects.count(), Grant.objects.count()) == (
            1,
            sum(r[2] != "大学" for r in rows),
        )


def test_refused_rows_are_their_owners_alone(office: Office) -> None:
    clerk = as_(office.clerk)
    preview = bring_in(clerk, office, workbook([WRONG], HEADINGS))
    other = make_staff("other", office.tree.school, Role.AID_CLERK)
    for user in (other, office.cashier, office.office):
        assert as_(user).get(f"{preview}/refused.csv").status_code == 404
    assert "no-store" in clerk.get(f"{preview}/refused.csv").headers["Cache-Control"]


def test_an_account_of_several_children_and_the_clerks_own_name_are_asked_about(
    office: Office,
) -> None:
    office.clerk.first_name = PAYEE
    office.clerk.save(update_fields=["first_name"])
    clerk = as_(office.clerk)
    rows = [
        ROWS[0],
        [*ROWS[1][:5], "林安和", *ROWS[1][6:]],
        ["周一诺", *ROWS[0][1:6], "6222020200055667788", ""],
    ]
    preview = bring_in(clerk, office, workbook(rows, HEADINGS))
    text = read(clerk, preview)
    assert "2 children have the account ···· 3344" in text
    assert "Row 2, 3</th>" in text
    assert text.count("The payee has your name") == 2
    assert ACCOUNT not in text
    assert take_over(clerk, preview).startswith("/desk/aid/lists/"), "questions refuse nothing"


def test_a_list_without_oddities_asks_nothing(office: Office) -> None:
    clerk = as_(office.clerk)
    preview = bring_in(clerk, office, workbook(ROWS[:1], HEADINGS))
    assert "Please look again" not in read(clerk, preview)


def test_rows_of_a_text_file_keep_their_numbers_too(office: Office) -> None:
    clerk = as_(office.clerk)
    content = b"\n" + text_table([ROWS[0], WRONG], HEADINGS).removeprefix(b"\xef\xbb\xbf")
    reply = clerk.post("/desk/aid/lists/new", {
        "unit": office.tree.school.public_id, "fund": office.fund.public_id,
        "scheme": office.scheme.public_id, "term": "2023-2", "applications": "on",
        "file": SimpleUploadedFile("a.csv", content),
    })  # fmt: skip
    preview = reply.headers["Location"]
    assert "Row 4" in read(clerk, preview)
    take_over(clerk, preview)
    assert "Row 4" in read(clerk, preview)
