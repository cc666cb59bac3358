"""The county's year as an official paper. Chinese throughout; only what is given out stands in it."""

from datetime import date
from itertools import pairwise
from math import ceil

from django.utils.translation import override

from mingtian.core.figures import Bound
from mingtian.papers.paper import Block, Grid, Heading, Paper, Paragraph
from mingtian.yearbook.outline import Headline, Table, headlines, tables_of
from mingtian.yearbook.rows import EditionRow, Sheet

UNITS = {
    "persons": "人", "grants": "人次（笔）", "matters": "件", "fen": "元",
}  # fmt: skip
BOUNDS = {Bound.EXACT: "", Bound.MORE_THAN: "超过", Bound.ABOUT: "约"}
MOST_COLUMNS = 6
"""So many fit a page, the first among them; a wider table goes on below in parts of like width."""


def paper_of(sheet: Sheet, edition: EditionRow, *, mark: str, issued_on: date) -> Paper:
    """Return the paper of an edition."""
    with override("zh-hans"):
        return Paper(
            mark=mark, number="", title=f"{sheet.unit.name}{sheet.year.number}年度关爱帮扶工作情况",
            addressee="", body=_body(sheet, edition), issuers=[mark], issued_on=issued_on,
            form="", printed_by=mark,
        )  # fmt: skip


def _body(sheet: Sheet, edition: EditionRow) -> list[Block]:
    first, last = sheet.year.first, sheet.year.last
    body: list[Block] = [
        Paragraph(
            text=f"{first.year}年{first.month}月{first.day}日至{last.year}年{last.month}月{last.day}日，"
            f"{sheet.unit.name}关爱帮扶未成年人的情况如下。数据截至{_day(edition.taken_on)}，"
            f"为{'已冻结' if edition.closing else '阶段性'}数据，由系统按明细逐笔汇总。"
        ),
    ]
    lines, tables = headlines(sheet), tables_of(sheet)
    if lines:
        body += [Heading(level=1, text="总体情况"), *map(_in_words, lines)]
    elif not tables:
        body.append(Paragraph(text="本年度没有已登记的数据。"))
    if tables:
        body.append(Heading(level=1, text="分项情况"))
    for table in tables:
        body.append(Heading(level=2, text=table.title))
        body += parts_of(table)
    return [*body, *_notes(edition)]


def parts_of(table: Table) -> list[Block]:
    """Return a table as it fits a page: each part has the first column."""
    numbers = len(table.heads) - 1
    parts = max(1, ceil(numbers / (MOST_COLUMNS - 1)))
    edges = [1 + numbers * part // parts for part in range(parts + 1)]
    return [
        Grid(rows=[[*row[:1], *row[first:last]] for row in (table.heads, *table.rows)])
        for first, last in pairwise(edges)
    ]


def _in_words(line: Headline) -> Paragraph:
    figure = line.figure
    if figure is None:
        return Paragraph(text=f"{line.label}：数量较小，不予公布（{line.note}）。")
    value = figure.value // 100 if figure.basis == "fen" else figure.value
    return Paragraph(
        text=f"{line.label}：{BOUNDS[figure.bound]}{value:,}{UNITS[figure.basis]}（{line.note}）。"
    )


def _notes(edition: EditionRow) -> list[Block]:
    notes: list[Block] = [
        Heading(level=1, text="说明"),
        Paragraph(
            text="为保护未成年人，1至7以“*”表示，其他数字取最接近的5的倍数，金额取最接近的千元；合计由"
            "上述数字得出，只写“超过”多少（“>”）。一名儿童可以同属几类，也可能居住、就读在不同乡镇，故各类、各地"
            "人数不能相加；不以两个“超过”的数字计算平均数。"
        ),
    ]
    if edition.book:
        notes.append(
            Paragraph(
                text=f"资助账簿（编号{edition.book}），末笔校验码：{_parts(edition.book_head)}。"
            )
        )
    notes.append(
        Paragraph(text=f"本册第{edition.number}次数据，校验码：{_parts(edition.digest)}。")
    )
    return notes


def _parts(digest: str) -> str:
    """Return a fingerprint in groups of eight, so that it can be compared by eye and broken."""
    return " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
