"""The sentences of a bulletin and of a supervision note: drafted, put on paper, cut for groups.

Pure Python, Chinese throughout: these are official papers. A draft says what was counted and what
was helped. It claims no effect that no figure shows (PUB-5), and names no school that was late.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from mingtian.bulletins.facts import Facts, table_of
from mingtian.bulletins.rules import (
    MOST_GROUP_TEXT,
    SECTIONS,
    STATUS_WORDS,
    Kind,
    Section,
    in_words,
    parts_of,
    rate_in_words,
)
from mingtian.core.clock import SHANGHAI
from mingtian.core.figures import Figure, Status
from mingtian.papers.paper import Block, Grid, Heading, Paragraph

HEADINGS = {
    Section.OVERALL: "总体情况",
    Section.UNITS: "各单位情况",
    Section.CONFIRMING: "数据核对情况",
    Section.HELPED: "帮助情况",
    Section.PRACTICE: "好的做法",
    Section.TOMORROW: "明日提示",
}
CALLED = {Kind.BULLETIN: "通报", Kind.NOTE: "督导情况"}
_AGAIN = "本件代替{reference}。原因：{reason}。"


@dataclass(frozen=True, kw_only=True, slots=True)
class Evening:
    """The evening that is told of, in the words of papers. ``next_starts_at`` is None at the end."""

    number: int
    title: str
    held_on: date
    starts_at: datetime
    ends_at: datetime
    next_number: int | None = None
    next_title: str = ""
    next_starts_at: datetime | None = None
    next_doors_at: datetime | None = None


def title_of(kind: Kind, evening: Evening, edition: int, status: Status) -> str:
    """Return the title; it says when the figures are not confirmed yet, and which edition it is."""
    day = f"{evening.held_on.month}月{evening.held_on.day}日"
    again = f"（第{edition}次）" if edition > 1 else ""
    open_ = f"（{STATUS_WORDS[status]}数据）" if status in {Status.LIVE, Status.PROVISIONAL} else ""
    what = "督导情况" if kind is Kind.NOTE else "情况"
    return f"关于{day}大讲堂第{evening.number}讲{what}的通报{again}{open_}"


def draft(kind: Kind, evening: Evening, facts: Facts) -> dict[str, str]:
    """Return the text of each section, with the names of figures in place of numbers."""
    sentences = {
        Section.OVERALL: _overall(evening, facts),
        Section.UNITS: "所属各单位情况如下，按建制顺序排列，不分先后。" if facts.units else "",
        Section.CONFIRMING: _confirming(facts),
        Section.HELPED: _helped(facts),
        Section.PRACTICE: "",
        Section.TOMORROW: _tomorrow(evening, facts),
    }
    return {section.value: sentences[section] for section in SECTIONS[kind]}


def _overall(evening: Evening, facts: Facts) -> str:
    day, begun, over = evening.held_on, _clock(evening.starts_at), _clock(evening.ends_at)
    lines = [
        f"{day.month}月{day.day}日{begun}至{over}，大讲堂第{evening.number}讲《{evening.title}》开讲。",
        "当晚到课{到课}，其中学生{学生}；看完{看完}；参加家庭{家庭}。",
    ]
    if rate_in_words(facts.figures):
        lines.append("学生到课率{学生到课率}。")
    if "so_far" in facts.figures:
        lines.append(f"截至第{evening.number}讲，累计到课{{累计}}。")
    return "".join(lines)


def _confirming(facts: Facts) -> str:
    lines = ["应确认的学校和乡镇{学校乡镇}，按时确认{按时确认}，迟报{迟报}，未报{未报}。"]
    if "asked" in facts.figures:
        lines.append("系统提请核对{核对}，已答复{已答复}。")
    lines.append("迟报、未报的由上一级逐一联系，了解困难，帮助解决。")
    return "".join(lines)


def _helped(facts: Facts) -> str:
    known = facts.figures
    lines = []
    if "helped" in known:
        lines.append("经老师当面协助进入{协助进入}。")
    if "noted" in known:
        lines.append("无智能手机等情形由老师登记{人工登记}，另行统计，不计入到课。")
    if _some(known, "fallen"):
        lines.append("人数下降、由上一级主动联系的单位{下降单位}。")
    if _some(known, "contacts"):
        lines.append("联系任务{联系任务}，其中已联系{已联系}。")
    if _some(known, "tickets"):
        lines.append("问题单{问题单}，其中已解决{已解决}。")
    return "".join(lines)


def _some(figures: Mapping[str, Figure], key: str) -> bool:
    return key in figures and figures[key].value > 0


def _tomorrow(evening: Evening, facts: Facts) -> str:
    lines = []
    silent = facts.figures.get("silent")
    # Once a day is frozen nobody confirms it any more.
    if silent is not None and silent.value and silent.status is not Status.FROZEN:
        lines.append("请尚未确认的{未报}单位核对后确认，有困难的及时说明。")
    if evening.next_starts_at is not None and evening.next_doors_at is not None:
        local = evening.next_starts_at.astimezone(SHANGHAI)
        lines.append(
            f"{local.month}月{local.day}日{_clock(evening.next_starts_at)}"
            f"第{evening.next_number}讲《{evening.next_title}》开讲，"
            f"{_clock(evening.next_doors_at)}开始进入。"
        )
        lines.append("请提前半小时逐级提醒到班主任。")
    else:
        lines.append("集中收看已结束，错过的可扫原码回看。")
    lines.append("免于参加的家庭不再提醒；不要求截图，不要求打卡。")
    return "".join(lines)


def as_text(text: str, facts: Facts) -> str:
    """Return a section's text as it is printed; a number less final than the rest says so."""
    whole = facts.status
    return "".join(
        part.words
        if part.status is None or part.status is whole
        else f"{part.words}（{STATUS_WORDS[part.status]}）"
        for part in parts_of(text, facts.figures)
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Replaced:
    """What a second edition takes the place of, and why."""

    reference: str
    reason: str


def body_of(
    kind: Kind, texts: Mapping[str, str], facts: Facts, as_of: datetime,
    replaced: Replaced | None = None,
) -> list[Block]:  # fmt: skip
    """Return the paper's body: how final its figures are, then each section that says something."""
    blocks: list[Block] = []
    if replaced is not None:
        blocks.append(
            Paragraph(text=_AGAIN.format(reference=replaced.reference, reason=replaced.reason))
        )
    local = as_of.astimezone(SHANGHAI)
    blocks.append(
        Paragraph(
            text=f"本件数据截至{local.year}年{local.month}月{local.day}日{local:%H:%M}，"
            f"为{STATUS_WORDS[facts.status]}数据，人数按当晚到课的人计，跨日合计按人次计。"
        )
    )
    for section in SECTIONS[kind]:
        lines = [line for line in as_text(texts.get(section.value, ""), facts).splitlines() if line]
        table = section is Section.UNITS and len(facts.units) > 0
        if lines or table:
            blocks.append(Heading(level=1, text=HEADINGS[section]))
            blocks += [Paragraph(text=line) for line in lines]
        if table:
            blocks.append(Grid(rows=table_of(facts)))
    return blocks


def group_text(kind: Kind, unit: str, evening: Evening, facts: Facts, reference: str = "") -> str:
    """Return the text for groups, at most 300 characters: the figures, how final, where it stands."""
    known, day = facts.figures, evening.held_on
    parts = [
        f"【{CALLED[kind]}】{unit}{day.month}月{day.day}日大讲堂第{evening.number}讲："
        f"到课{in_words(known['arrived'])}（学生{in_words(known['pupils'])}），"
        f"看完{in_words(known['completed'])}，参加家庭{in_words(known['households'])}。"
    ]
    rate = rate_in_words(known)
    optional: Iterable[str] = (
        f"学生到课率{rate}。" if rate else "",
        f"累计到课{in_words(known['so_far'])}。" if "so_far" in known else "",
    )
    ends = f"以上为{STATUS_WORDS[facts.status]}数据。"
    if reference:
        ends += f"详见{reference}。"
    ends += "感谢各位的付出。"
    text = parts[0]
    for more in optional:
        if len(text) + len(more) + len(ends) <= MOST_GROUP_TEXT:
            text += more
    return (text + ends)[:MOST_GROUP_TEXT]


def _clock(instant: datetime) -> str:
    return f"{instant.astimezone(SHANGHAI):%H:%M}"


def to_plain(body: Iterable[Block]) -> list[dict[str, object]]:
    """Return a paper's body in the form that is kept."""
    return [
        {"rows": [list(row) for row in block.rows]}
        if isinstance(block, Grid)
        else {"heading": isinstance(block, Heading), "text": block.text}
        for block in body
    ]


def from_plain(kept: Iterable[Mapping[str, Any]]) -> list[Block]:
    """Return the body of the form that is kept."""
    return [
        Grid(rows=each["rows"])
        if "rows" in each
        else Heading(level=1, text=each["text"])
        if each["heading"]
        else Paragraph(text=each["text"])
        for each in kept
    ]
