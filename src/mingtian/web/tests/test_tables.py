"""Files for spreadsheets: what is text stays text in either form (STA-1)."""

import csv
import io
import re
import zipfile
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.utils import translation
from python_calamine import CalamineWorkbook

from mingtian.web.tables import FORMULA_STARTS, WIDEST, Row, as_csv, as_xlsx, download

CUT = "Only the first 2 are in this file. Narrow the list to take out the others."
PAYLOADS = [f"{start}HYPERLINK(0)" for start in FORMULA_STARTS if start != "\0"]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_cell_becomes_a_formula(payload: str) -> None:
    rows: list[Row] = [["name", payload, -3, None]]

    [line] = csv.reader(io.StringIO(as_csv(rows).decode("utf-8-sig"), newline=""))
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(as_xlsx(rows))).get_sheet_by_index(0)

    assert line == ["name", f"'{payload}", "-3", ""]
    assert sheet.to_python()[0][:3] == ["name", payload, -3.0]


def test_rare_characters_survive_both_forms() -> None:
    rows = [["𠮷野 䶮"]]

    assert "𠮷野 䶮" in as_csv(rows).decode("utf-8-sig")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(as_xlsx(rows))).get_sheet_by_index(0)
    assert sheet.to_python() == rows


def test_an_instant_is_written_as_people_read_it() -> None:
    rows: list[Row] = [[datetime(2023, 9, 18, 16, 5, tzinfo=UTC), 1]]

    assert as_csv(rows).decode("utf-8-sig") == "2023-09-19 00:05,1\r\n"
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(as_xlsx(rows))).get_sheet_by_index(0)
    assert sheet.to_python()[0][0] == "2023-09-19 00:05"


def sheet_of(rows: list[Row]) -> str:
    with zipfile.ZipFile(io.BytesIO(as_xlsx(rows))) as book:
        return book.read("xl/worksheets/sheet1.xml").decode()


def frozen(rows: list[Row]) -> list[str]:
    return re.findall(r'ySplit="(\d+)"', sheet_of(rows))


def bold(rows: list[Row]) -> list[str]:
    """Return which cells have the forms of a head, which are the first two that are made."""
    return re.findall(r'<c r="([A-Z]+\d+)" s="[12]"', sheet_of(rows))


def test_amounts_and_shares_are_numbers_in_a_workbook_and_read_well_as_text() -> None:
    rows: list[Row] = [["amount", "share", "account"], [Decimal("1250.50"), "72.8%", "0062220001"]]

    assert as_csv(rows).decode("utf-8-sig").splitlines()[1] == "1250.50,72.8%,0062220001"
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(as_xlsx(rows))).get_sheet_by_index(0)
    amount, share, account = sheet.to_python()[1]
    assert amount == 1250.5
    assert share == pytest.approx(0.728)
    assert account == "0062220001"


def test_what_people_type_like_a_share_stays_as_it_is() -> None:
    rows: list[Row] = [["note"], ["50%"]]
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(as_xlsx(rows))).get_sheet_by_index(0)
    assert sheet.to_python() == rows


def test_the_head_of_a_list_is_bold_and_stays_in_sight() -> None:
    rows: list[Row] = [["单位", "到课"], ["安平县", 9]]
    assert frozen(rows) == ["1"]
    assert bold(rows) == ["A1", "B1"]


def test_the_head_of_a_column_of_numbers_stands_above_them_to_the_right() -> None:
    rows: list[Row] = [["单位", "到课", "到课率"], ["安平县", 9, "72.8%"]]
    found = re.findall(r'<c r="[A-C]1" s="(\d)"', sheet_of(rows))
    assert found == ["1", "2", "2"]


def test_a_workbook_is_printed_as_wide_as_the_page() -> None:
    sheet = sheet_of([["单位", "到课"], ["安平县", 9]])
    assert '<pageSetup paperSize="9"' in sheet
    assert 'orientation="landscape"' in sheet
    assert 'fitToHeight="0"' in sheet


def test_the_head_below_titles_stays_in_sight_with_them() -> None:
    rows: list[Row] = [["岚山市"], ["第7场", "2023-09-18"], [], ["单位", "到课"], ["安平县", 9]]
    assert frozen(rows) == ["4"]
    assert bold(rows) == ["A4", "B4"]


def test_of_tables_one_below_the_other_each_head_is_bold_and_none_fills_the_screen() -> None:
    body: list[Row] = [["安平县", 9]] * 9
    rows: list[Row] = [
        ["标题"],
        [],
        ["分类"],
        ["单位", "到课"],
        *body,
        [],
        ["单位", "看完"],
        ["安平县", 8],
    ]
    assert frozen(rows) == []
    assert bold(rows) == ["A3", "A4", "B4", "A15", "B15"]


@pytest.mark.parametrize("rows", [[], [[]], [["单位"]], [["标题"], []]])
def test_a_file_without_rows_opens(rows: list[Row]) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(as_xlsx(rows)))
    assert len(book.sheet_names) == 1


def test_columns_are_as_wide_as_what_stands_in_them() -> None:
    rows: list[Row] = [
        ["一个很长的标题，不算在内，它向右伸展"],
        ["讲座", "又一个很长的标题，它也向右伸展"],
        [],
        ["单位", "到课", "看完"],
        ["尚家镇中心学校", 9, 8],
        ["甲" * 90, 9, 8],
    ]
    short = rows[:5]

    def widths(of: list[Row]) -> list[float]:
        return [float(each) for each in re.findall(r'<col [^>]*width="([\d.]+)"', sheet_of(of))]

    assert widths(short)[0] == pytest.approx(16, abs=1)
    assert widths(rows)[0] == pytest.approx(WIDEST, abs=1)
    assert widths(rows)[1] == pytest.approx(8, abs=1)


@pytest.mark.parametrize(("rows", "lines"), [(2, ["n", "0", "1"]), (3, ["n", "0", "1", CUT])])
def test_a_file_that_does_not_hold_all_says_so(rows: int, lines: list[str]) -> None:
    with translation.override("en"):
        reply = download([["n"], *([each] for each in range(rows))], name="n", form="csv", most=2)

    assert reply.content.decode("utf-8-sig").splitlines() == lines
