"""The minutes of a meeting as an official paper (纪要): in Chinese, whatever the reader's language."""

from collections.abc import Sequence
from datetime import date

from django.utils import translation

from mingtian.core.clock import SHANGHAI, day_of
from mingtian.core.errors import RuleBroken
from mingtian.documents.queries import letterhead_of
from mingtian.meetings.models import Meeting
from mingtian.meetings.queries.follow_ups import FollowUpRow, list_follow_ups, of_meeting
from mingtian.meetings.queries.meetings import attended_of
from mingtian.meetings.rules import Kind, State
from mingtian.meetings.words import ATTENDING_WORDS, KIND_WORDS
from mingtian.org.queries import UnitRow
from mingtian.papers.paper import Block, Heading, Paper, Paragraph, day_in_words

LONGEST_HEADING = 40
HEADS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十")


def paper_of(meeting: Meeting, unit: UnitRow, day: date) -> Paper:
    """Return the paper, with follow-ups as they stand on the day. Refuses one without minutes."""
    if meeting.minutes_at is None:
        raise RuleBroken("meeting_without_minutes")
    with translation.override("zh-hans"):
        follow_ups = list_follow_ups(of_meeting(meeting.pk), day=day)
        kind = str(KIND_WORDS[Kind(meeting.kind)])
        body = letterhead_of(unit).mark
        return Paper(
            mark=body,
            form="会议纪要",
            number="",
            title=meeting.title if meeting.title.endswith("纪要") else f"{meeting.title}纪要",
            addressee="",
            body=[
                Paragraph(text=_opening(meeting, body, kind)),
                *_body(meeting),
                *_resolved(meeting, follow_ups),
                Paragraph(text=f"出席：{_attended(meeting)}。"),
            ],
            issuers=[body],
            issued_on=day_of(meeting.minutes_at),
        )


def _opening(meeting: Meeting, body: str, kind: str) -> str:
    local = meeting.held_at.astimezone(SHANGHAI)
    where = f"在{meeting.place}" if meeting.place else ""
    beside = f"会同{meeting.partners}" if meeting.partners else ""
    chair = f"会议由{meeting.chair}主持。" if meeting.chair else ""
    about = _document(meeting)
    return (
        f"{day_in_words(local.date())}{local:%H:%M}，{body}{beside}{where}召开{kind}。"
        f"{chair}{about}现将会议情况纪要如下。"
    )


def _document(meeting: Meeting) -> str:
    named = meeting.document
    if named is not None:
        number = f"（{named.reference}）" if named.reference else ""
        return f"会议学习了《{named.title}》{number}。"
    return f"会议学习了{meeting.document_words}文件。" if meeting.document_words else ""


def _body(meeting: Meeting) -> list[Block]:
    """Return what was typed; a short line that begins as headings do is one."""
    blocks: list[Block] = []
    for line in filter(None, (each.strip() for each in meeting.minutes.splitlines())):
        head, _, rest = line.partition("、")
        is_heading = head in HEADS and rest and len(rest) <= LONGEST_HEADING
        if is_heading and not rest.endswith(("。", "；", "，")):
            blocks.append(Heading(level=1, text=rest.strip()))
        else:
            blocks.append(Paragraph(text=line))
    return blocks


def _resolved(meeting: Meeting, follow_ups: Sequence[FollowUpRow]) -> list[Block]:
    resolutions = list(meeting.resolutions.order_by("number"))
    if not resolutions:
        return []
    blocks: list[Block] = [Heading(level=1, text="会议议定事项")]
    for each in resolutions:
        blocks.append(Paragraph(text=f"（{each.number}）{each.text}"))
        blocks += [
            Paragraph(text=_task(row, each.text))
            for row in follow_ups
            if row.resolution_id == each.pk and row.state is not State.WITHDRAWN
        ]
    return blocks


def _task(row: FollowUpRow, resolution: str) -> str:
    what = "" if row.what == resolution else f"落实事项：{row.what}；"
    return f"{what}责任单位：{row.owner}；完成时限：{day_in_words(row.due_on)}。"


def _attended(meeting: Meeting) -> str:
    came = attended_of(meeting.attended)
    return "，".join(f"{ATTENDING_WORDS[role]}{number}人" for role, number in came.items())
