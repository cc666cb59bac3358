"""What documents must hold, how they are cited, numbered and addressed (DOC-3, ORG-1)."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingtian.core.errors import RuleBroken
from mingtian.documents.rules import (
    NOTHING,
    Cited,
    Genre,
    Kind,
    Section,
    State,
    address_of,
    check_meeting,
    check_parent,
    check_signer,
    check_state,
    check_symbol,
    default_symbol,
    hours_between,
    missing_sections,
)
from mingtian.documents.tests.conftest import FOUR_POINTS, PROVINCIAL, TEXT
from mingtian.documents.wording import from_plain, parse, to_plain, write
from mingtian.org.rules import UnitKind
from mingtian.papers.paper import Grid, Heading, Paragraph
from mingtian.testing.make import DAY, NOW


def test_what_people_type_becomes_headings_paragraphs_and_tables() -> None:
    body = parse(
        "各单位：\n\n一、总体要求\n（一）时间\n1. 八天\n各校要做好。\n| 单位 | 校数 |\n|--|--|\n| 甲 | 3 |"
    )

    assert body == [
        Paragraph(text="各单位："),
        Heading(level=1, text="总体要求"),
        Heading(level=2, text="时间"),
        Heading(level=3, text="八天"),
        Paragraph(text="各校要做好。"),
        Grid(rows=[["单位", "校数"], ["甲", "3"]]),
    ]


def test_a_heading_that_runs_into_its_sentence_stays_a_paragraph() -> None:
    assert parse("（一）加强领导。各校要重视。") == [Paragraph(text="（一）加强领导。各校要重视。")]


@given(st.text(alphabet="一二、（）1.()甲乙。 \n|", max_size=80))
def test_what_is_kept_reads_as_it_was_typed(typed: str) -> None:
    body = parse(typed)

    assert from_plain(to_plain(body)) == body
    assert [type(block) for block in parse(write(body))] == [type(block) for block in body]


def test_a_text_of_a_hundred_headings_is_refused() -> None:
    with pytest.raises(RuleBroken, match="too_many_headings"):
        parse("\n".join("一、题" for _ in range(100)))


def test_implementation_opinions_have_four_sections() -> None:
    assert missing_sections(Genre.IMPLEMENTATION, parse(FOUR_POINTS)) == []
    assert missing_sections(Genre.IMPLEMENTATION, parse("一、重要意义\n三、参与方式")) == [
        Section.PARTICIPANTS,
        Section.ORGANISATION,
    ]
    assert missing_sections(Genre.NOTICE, parse(TEXT)) == []


@pytest.mark.parametrize(
    ("cited", "code"),
    [
        (NOTHING, "parent_missing"),
        (Cited(issuer="省关工委"), "parent_incomplete"),
        (Cited(number="20号"), "parent_incomplete"),
        (Cited(issuer="省关工委", number="某号", issued_on=DAY), "parent_without_number"),
        (Cited(issuer="省关工委", issued_on=DAY), "parent_without_number"),
    ],
)
def test_a_notice_without_the_document_above_is_refused(cited: Cited, code: str) -> None:
    with pytest.raises(RuleBroken, match=code):
        check_parent(cited, kind=Kind.NOTICE, unit=UnitKind.CITY)


def test_what_needs_no_document_above() -> None:
    check_parent(PROVINCIAL, kind=Kind.NOTICE, unit=UnitKind.CITY)
    check_parent(NOTHING, kind=Kind.NOTICE, unit=UnitKind.PROVINCE)
    check_parent(NOTHING, kind=Kind.REPORT, unit=UnitKind.SCHOOL)


def test_who_drafts_does_not_sign_unless_there_is_nobody_else() -> None:
    assert check_signer(drafted_by=1, signer=2, people={1, 2}) is False
    assert check_signer(drafted_by=1, signer=1, people={1}) is True
    with pytest.raises(RuleBroken, match="signer_drafted"):
        check_signer(drafted_by=1, signer=1, people={1, 2})


@pytest.mark.parametrize(
    ("state", "code"),
    [(State.ISSUED, "document_issued"), (State.SIGNED, "document_elsewhere")],
)
def test_a_step_at_the_wrong_moment_is_refused(state: State, code: str) -> None:
    with pytest.raises(RuleBroken, match=code):
        check_state(state, {State.DRAFT})


@pytest.mark.parametrize("symbol", ["", "关工委1", "关 工委", "关〔工委", "长" * 25])
def test_a_short_name_that_cannot_stand_in_a_number_is_refused(symbol: str) -> None:
    with pytest.raises(RuleBroken, match="symbol_malformed"):
        check_symbol(symbol)


@pytest.mark.parametrize("kind", UnitKind)
def test_the_short_name_that_is_offered_is_a_right_one(kind: UnitKind) -> None:
    check_symbol(default_symbol(kind, "岚山市"))
    check_symbol(default_symbol(kind, "很长的名字" * 10))


@pytest.mark.parametrize("key", ["", "leads", "leads:class", "up:school", "leads:"])
def test_an_address_that_there_is_not_is_refused(key: str) -> None:
    with pytest.raises(RuleBroken, match="wrong_receiver"):
        address_of(key)


def test_a_meeting_lies_between_issue_and_now() -> None:
    hour = timedelta(hours=1)
    check_meeting(held_at=NOW + hour, issued_at=NOW, now=NOW + hour)
    for held_at in (NOW - hour, NOW + 2 * hour):
        with pytest.raises(RuleBroken, match="meeting_out_of_time"):
            check_meeting(held_at=held_at, issued_at=NOW, now=NOW + hour)


def test_hours_are_counted_from_the_issue() -> None:
    assert hours_between(NOW, NOW + timedelta(minutes=90)) == 1.5
    assert hours_between(NOW, None) is None
