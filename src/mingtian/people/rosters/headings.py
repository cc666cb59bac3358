"""Find the heading row of a roster and what each column holds, in Chinese or English."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from mingtian.core.errors import RuleBroken
from mingtian.people.rosters.reading import Row


class Column(StrEnum):
    """What a column of a roster can hold. Other columns are passed over."""

    SCHOOL = "school"
    GRADE = "grade"
    CLASS = "class"
    NUMBER = "number"
    NAME = "name"
    KIND = "kind"


NEEDED = (Column.NUMBER, Column.NAME)
ROWS_TO_LOOK_AT = 20

WORDS: dict[Column, frozenset[str]] = {
    Column.SCHOOL: frozenset(
        ["学校", "学校名称", "校名", "单位", "单位名称", "就读学校", "所在学校", "乡镇街道", "school", "schoolname", "unit"]
    ),
    Column.GRADE: frozenset(["年级", "年级名称", "所在年级", "grade", "gradename", "year"]),
    Column.CLASS: frozenset(
        ["班级", "班级名称", "所在班级", "班", "班别", "小组", "组别", "class", "classname", "homeroom", "group"]
    ),
    Column.NUMBER: frozenset(
        ["学号", "座号", "学籍号", "学生编号", "编号", "班内序号", "班级学号", "学号座号", "座位号", "工号", "教师编号", "number", "no", "studentnumber", "studentno", "studentid", "pupilnumber", "seat", "seatnumber", "seatno", "rollnumber", "id", "staffnumber"]
    ),
    Column.NAME: frozenset(
        ["姓名", "学生姓名", "名字", "教师姓名", "人员姓名", "name", "fullname", "studentname", "pupilname", "pupil", "student"]
    ),
    Column.KIND: frozenset(["类别", "身份", "人员类别", "人员类型", "类型", "kind", "type", "role"]),
}  # fmt: skip
_MEANING = {word: column for column, words in WORDS.items() for word in words}


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """The sheet of a file that is the roster. ``first`` is the number of its first data row."""

    headings: Row
    columns: dict[Column, int]
    first: int
    rows: list[Row]


def find_sheet(tables: Iterable[list[Row]]) -> Sheet:
    """Return the first sheet with a heading row, with its data rows.

    Refuses with ``heading_missing`` when no row names number and name, and with
    ``heading_twice`` when two columns claim to be the same.
    """
    for table in tables:
        for index, row in enumerate(table[:ROWS_TO_LOOK_AT]):
            meanings = [_MEANING.get(_plain(cell)) for cell in row]
            if all(column in meanings for column in NEEDED):
                return Sheet(
                    headings=row,
                    columns=_columns(meanings),
                    first=index + 2,
                    rows=table[index + 1 :],
                )
    raise RuleBroken("heading_missing")


def _columns(meanings: list[Column | None]) -> dict[Column, int]:
    columns: dict[Column, int] = {}
    for index, column in enumerate(meanings):
        if column is None:
            continue
        if column in columns:
            raise RuleBroken("heading_twice", first=columns[column] + 1, second=index + 1)
        columns[column] = index
    return columns


def _plain(cell: str) -> str:
    """Drop case, width, spaces, remarks in brackets and marks such as * from a heading."""
    text = unicodedata.normalize("NFKC", cell).casefold()
    text = re.sub(r"\([^)]*\)|\[[^\]]*\]|【[^】]*】", "", text)
    return re.sub(r"[\W_]", "", text)
