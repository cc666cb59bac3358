"""Read a roster file into rows of clean text: XLSX, or CSV in UTF-8, GB18030 or UTF-16."""

import codecs
import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from python_calamine import CalamineError, CalamineWorkbook

from mingtian.core.errors import RuleBroken

MOST_BYTES = 20 * 1024 * 1024
"""An upload; 128,620 pupils take about five megabytes."""

MOST_UNPACKED_BYTES = 400 * 1024 * 1024
MOST_ROWS = 500_000
MOST_COLUMNS = 60
LONGEST_CELL = 200
"""Longer cells are cut here; the checks refuse them as too long anyway."""

FIRST_ROUNDED = 10**15
ROUNDED = "…"
"""Workbooks keep fifteen digits of a number. One of more is shown with this after it, to be told apart."""

Row = list[str]

_ZIP = b"PK\x03\x04"
_OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")

# Characters that GB 18030-2022 moved out of the private area; Python still reads them there.
_SINCE_2022 = str.maketrans(
    dict(
        zip(
            "\ue81e\ue826\ue82b\ue82c\ue832\ue843\ue854\ue864\ue816\ue817\ue818\ue831\ue83b\ue855\ue7c7",
            "\u9fb4\u9fb5\u9fb6\u9fb7\u9fb8\u9fb9\u9fba\u9fbb\U00020087\U00020089\U000200cc\U000215d7"
            "\U0002298f\U000241fe\u1e3f",
            strict=True,
        )
    )
)


def read_tables(content: bytes) -> Iterator[list[Row]]:
    """Yield the rows of each sheet that holds anything; a text file is one sheet.

    Row 1 of the sheet is the first of the list, empty rows included, so that people find
    the row that is meant. Refuses with a code for each way in which a file can be no
    roster: empty, too large, encrypted, an old workbook, damaged, unknown encoding.
    """
    if len(content) > MOST_BYTES:
        raise RuleBroken("file_too_large", most=MOST_BYTES // 1024 // 1024)
    if not content.strip(_NOTHING):
        raise RuleBroken("file_empty")
    if content.startswith(_OLD_OFFICE):
        raise RuleBroken("file_encrypted" if _ENCRYPTED_STREAM in content else "file_old_workbook")
    found = False
    for table in _sheets(content) if content.startswith(_ZIP) else _text(content):
        rows = [[clean(cell) for cell in row[:MOST_COLUMNS]] for row in table]
        if any(map(any, rows)):
            found = True
            yield rows
    if not found:
        raise RuleBroken("file_empty")


_NOTHING = b"\x00 \r\n\t,;\xef\xbb\xbf\xff\xfe"
_UNSEEN = re.compile(r"[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]+")


def clean(cell: object) -> str:
    """Return a cell as one line of text without what nobody sees.

    Whole numbers lose the fraction that workbooks give them, so that 7.0 is 7.
    """
    text = cell if isinstance(cell, str) else _spelled(cell)
    if _UNSEEN.search(text) is not None:
        text = _UNSEEN.sub(_space_or_nothing, text).strip()
    return text[:LONGEST_CELL]


def _space_or_nothing(found: re.Match[str]) -> str:
    return " " if any(character.isspace() for character in found[0]) else ""


def _spelled(cell: object) -> str:
    if isinstance(cell, int | float) and abs(cell) >= FIRST_ROUNDED:
        return str(int(Decimal(f"{cell:.14e}"))) + ROUNDED
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def _sheets(content: bytes) -> Iterator[Iterable[Sequence[object]]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED_BYTES:
                raise RuleBroken("file_too_large", most=MOST_BYTES // 1024 // 1024)
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for name in workbook.sheet_names:
            sheet = workbook.get_sheet_by_name(name)
            if sheet.height > MOST_ROWS:
                raise RuleBroken("file_too_long", most=MOST_ROWS)
            # Empty leading rows count, so that row numbers are those people see.
            yield sheet.to_python(skip_empty_area=False)
    except (CalamineError, zipfile.BadZipFile, OSError) as error:
        raise RuleBroken("file_damaged") from error


def _text(content: bytes) -> Iterator[Iterable[Sequence[object]]]:
    text = decode(content)
    if any(unicodedata.category(each) == "Cc" and each not in "\t\r\n" for each in text[:4096]):
        raise RuleBroken("file_no_table")
    lines = text.splitlines()
    if len(lines) > MOST_ROWS:
        raise RuleBroken("file_too_long", most=MOST_ROWS)
    try:
        yield list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(lines)))
    except csv.Error as error:
        raise RuleBroken("file_damaged") from error


def decode(content: bytes) -> str:
    """Return the text of a CSV file, by its byte order mark, else as UTF-8, else as GB18030."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            return _decoded(content, encoding)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _decoded(content, "gb18030").translate(_SINCE_2022)


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise RuleBroken("file_encoding") from error


def _delimiter(lines: Sequence[str]) -> str:
    """Return what separates the cells: the commonest candidate of the first lines."""
    head = "".join(lines[:20])
    return max(",\t;|", key=head.count)
