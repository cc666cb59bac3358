"""Files for spreadsheets: what is text stays text in either form (STA-1)."""

import csv
import io
from datetime import UTC, datetime

import pytest
from python_calamine import CalamineWorkbook

from mingtian.web.tables import FORMULA_STARTS, Row, as_csv, as_xlsx

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
