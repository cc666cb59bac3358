"""Files as people have them are read; others are refused with what to do."""

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingtian.core.errors import RuleBroken
from mingtian.people.rosters import reading
from mingtian.people.rosters.headings import Column, Sheet, find_sheet
from mingtian.people.rosters.reading import clean, read_tables
from mingtian.testing.roster_files import HEADINGS, text_table, workbook

ROWS: list[list[object]] = [
    ["第一小学", "三年级", "一班", 1, "𬱖䶮〇𫖯"],
    ["第一小学", "三年级", "一班", "02", "买买提·艾力"],
]
READ = [
    ["第一小学", "三年级", "一班", "1", "𬱖䶮〇𫖯"],
    ["第一小学", "三年级", "一班", "02", "买买提·艾力"],
]


def sheet(content: bytes) -> Sheet:
    return find_sheet(read_tables(content))


@pytest.mark.parametrize(
    "content",
    [
        workbook(ROWS),
        text_table(ROWS),
        text_table(ROWS, encoding="utf-8-sig"),
        text_table(ROWS, encoding="gb18030"),
        text_table(ROWS, encoding="utf-16", by="\t"),
        text_table(ROWS, by=";"),
        text_table(ROWS, by="\t", encoding="gb18030"),
    ],
    ids=["xlsx", "utf-8", "utf-8 with mark", "gb18030", "utf-16 tabs", "semicolons", "gb tabs"],
)
def test_every_form_gives_the_same_rows_with_rare_characters(content: bytes) -> None:
    found = sheet(content)

    assert found.rows == READ
    assert found.columns == dict(zip(list(Column)[:5], range(5), strict=True))
    assert found.first == 2


def test_characters_that_gb18030_moved_in_2022_are_read_as_they_are_now() -> None:
    content = text_table([]).decode().encode("gb18030") + b"\r\na,b,c,1," + bytes.fromhex("fe59")

    assert sheet(content).rows[0][4] == "龴"


@pytest.mark.parametrize(
    ("headings", "column", "index"),
    [
        (["姓 名", "学号*", "班级(必填)"], Column.CLASS, 2),
        (["Name", "Student No.", "Class"], Column.NUMBER, 1),
        (["序号", "座号", "姓名"], Column.NUMBER, 1),
        (["ＮＡＭＥ", "学籍号(选填)"], Column.NAME, 0),
        (["姓名", "工号", "类别"], Column.KIND, 2),
    ],
)
def test_headings_in_any_order_and_dress(headings: list[str], column: Column, index: int) -> None:
    assert sheet(workbook([["a", "b", "c"]], headings)).columns[column] == index


def test_row_numbers_are_those_people_see_below_a_title() -> None:
    found = sheet(workbook(ROWS, above=3))

    assert found.first == 5
    assert found.rows[0][3] == "1"


def test_a_sheet_of_instructions_before_the_roster_is_passed_over() -> None:
    tables = [[["请按说明填写"]], [HEADINGS, *READ]]

    assert find_sheet(iter(tables)).rows == READ


def bomb() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * 1000)
    return target.getvalue()


OLD = bytes.fromhex("d0cf11e0a1b11ae1")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"\xef\xbb\xbf \r\n", "file_empty"),
        (b",,,\r\n,,,", "file_empty"),
        (workbook([], []), "file_empty"),
        (OLD + b"\0" * 600, "file_old_workbook"),
        (OLD + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "file_encrypted"),
        (workbook(ROWS)[:900], "file_damaged"),
        (b"PK\x03\x04" + b"nonsense" * 50, "file_damaged"),
        (bomb(), "file_damaged"),
        (b"%PDF-1.7\n\x00\x01\x02 stream", "file_no_table"),
        ("学号,姓名\n1,林".encode() + b"\xff\xff\xff", "file_encoding"),
        (b"\xff\xfe\x00\xd8\x00", "file_encoding"),
        (text_table(ROWS, ["甲", "乙", "丙", "丁", "戊"]), "heading_missing"),
        (text_table(ROWS, encoding="utf-8").decode().encode("utf-7"), "heading_missing"),
        (workbook(ROWS, ["学校", "学号", "班级", "学号", "姓名"]), "heading_twice"),
    ],
)
def test_a_file_that_is_no_roster_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        sheet(content)

    assert refused.value.code == code


def test_limits_on_size_and_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_ROWS", 2)
    for content in (workbook(ROWS), text_table(ROWS)):
        with pytest.raises(RuleBroken, match="file_too_long"):
            sheet(content)

    monkeypatch.setattr(reading, "MOST_UNPACKED_BYTES", 10)
    with pytest.raises(RuleBroken, match="file_too_large"):
        sheet(workbook(ROWS))
    monkeypatch.setattr(reading, "MOST_BYTES", 10)
    with pytest.raises(RuleBroken, match="file_too_large"):
        sheet(text_table(ROWS))


def test_a_table_with_a_cell_larger_than_any_is_refused() -> None:
    content = ('学号,姓名\n1,"' + "林" * 200_000).encode()

    with pytest.raises(RuleBroken, match="file_damaged"):
        sheet(content)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (7.0, "7"),
        (7.5, "7.5"),
        (13912345678.0, "13912345678"),
        (None, ""),
        (" 林\u3000小满\n", "林 小满"),
        ("\ufeff林\u200b小满", "林小满"),
        ("林" * 300, "林" * 200),
        (True, "True"),
    ],
)
def test_cells_lose_what_nobody_sees(cell: object, text: str) -> None:
    assert clean(cell) == text


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.binary(max_size=300))
def test_no_bytes_at_all_break_the_reader(content: bytes) -> None:
    with suppress(RuleBroken):
        sheet(content)
