"""What a text may hold and how numbers stand in it (SUP-1, STA-5, PUB-5)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from mingtian.bulletins.facts import Facts, changes, from_plain, to_plain
from mingtian.bulletins.rules import (
    Again,
    Kind,
    Section,
    check_again,
    check_day,
    check_text,
    in_words,
    parts_of,
    percent,
    rate_in_words,
    typed_numbers,
    unproved,
)
from mingtian.bulletins.switching import Ground, check_switching
from mingtian.bulletins.wording import Evening, body_of, draft, group_text, title_of
from mingtian.core.errors import RuleBroken
from mingtian.core.figures import Basis, Bound, Figure, Period, Status

DAY = date(2023, 9, 18)
STARTS = datetime(2023, 9, 18, 12, tzinfo=UTC)
EVENING = Evening(
    number=1, title="未成年人保护法", held_on=DAY, starts_at=STARTS,
    ends_at=STARTS + timedelta(hours=1), next_number=2, next_title="民法典里的家",
    next_starts_at=STARTS + timedelta(days=1),
    next_doors_at=STARTS + timedelta(days=1, minutes=-10),
)  # fmt: skip


def figure(
    value: int, counts: str = "arrived", *, basis: Basis = Basis.PERSONS, days: int = 1,
    status: Status = Status.PROVISIONAL, bound: Bound = Bound.EXACT,
) -> Figure:  # fmt: skip
    period = Period(first=DAY, last=DAY + timedelta(days=days - 1))
    return Figure(
        value=value, basis=basis, counts=counts, unit_id="u", period=period, status=status,
        bound=bound,
    )  # fmt: skip


def facts(status: Status = Status.PROVISIONAL, **values: int) -> Facts:
    found = {"arrived": 1620, "pupils": 800, "completed": 1200, "expected": 1000, "exempt": 20}
    figures = {key: figure(value, key, status=status) for key, value in {**found, **values}.items()}
    figures["households"] = figure(700, "households", basis=Basis.HOUSEHOLDS, status=status)
    for key in ("silent", "late"):
        figures[key] = figure(2, key, basis=Basis.UNITS, status=status)
    return Facts(figures=figures)


def test_a_number_brings_its_unit_and_a_sum_over_days_counts_person_times() -> None:
    first, second = figure(100), figure(50)
    later = Figure(
        value=50, basis=Basis.PERSONS, counts="arrived", unit_id="u", status=second.status,
        period=Period(first=DAY + timedelta(days=1), last=DAY + timedelta(days=1)),
    )  # fmt: skip

    assert in_words(first) == "100人"
    assert in_words(first.then(later)) == "150人次"
    assert in_words(figure(4500, bound=Bound.MORE_THAN)) == "超过4,500人"
    with pytest.raises(ValueError, match="person-times"):
        in_words(figure(733_680, days=8))


def test_a_rate_names_its_denominator_and_is_not_made_of_more_than() -> None:
    known = {
        "pupils": figure(800, "pupils"),
        "expected": figure(1000, "expected"),
        "exempt": figure(20, "exempt"),
    }

    assert rate_in_words(known) == "80.0%（应到1,000人，已除去免于参加20人）"
    assert rate_in_words({**known, "pupils": figure(800, "pupils", bound=Bound.MORE_THAN)}) == ""
    assert rate_in_words({**known, "expected": figure(1000, "expected", days=8)}) == ""
    assert rate_in_words({**known, "expected": figure(0, "expected")}) == ""
    times = figure(800, "pupils", basis=Basis.PERSON_TIMES)
    assert rate_in_words({**known, "pupils": times}) == ""
    assert rate_in_words({}) == ""


def test_a_share_is_never_rounded_to_all_or_none() -> None:
    assert (percent(9999, 10_000), percent(1, 100_000), percent(1, 2)) == ("99.9%", "0.1%", "50.0%")


def test_numbers_stand_in_the_text_with_how_final_they_are() -> None:
    parts = list(parts_of("到课{到课}，率{学生到课率}，{没有}。", facts().figures))

    assert [part.words for part in parts] == [
        "到课", "1,620人", "，率", "80.0%（应到1,000人，已除去免于参加20人）", "，", "{没有}", "。",
    ]  # fmt: skip
    assert [part.status for part in parts if part.status] == [Status.PROVISIONAL] * 2


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("到课{人数}。", "bulletin_number_unknown"),
        ("累计{累计}人。", "bulletin_number_has_unit"),
        ("好" * 1501, "bulletin_text_too_long"),
    ],
)
def test_a_text_is_refused(text: str, code: str) -> None:
    with pytest.raises(RuleBroken, match=code):
        check_text(text)


def test_a_text_is_kept_without_margins() -> None:
    assert check_text("  到课{到课}。 \n\n 好\0。\n") == "到课{到课}。\n\n好。"


def test_people_are_told_of_numbers_and_claims_that_no_figure_shows() -> None:
    text = "到课{到课}，第1讲有3名老师、约97%的家庭，9月18日20:00开始，家长满意度高，效果显著。"

    assert typed_numbers(text) == ["3名", "97%"]
    assert unproved(text) == ["满意度", "效果显著"]


def test_nothing_is_told_before_the_end() -> None:
    check_day(ends_at=STARTS, now=STARTS)
    with pytest.raises(RuleBroken, match="bulletin_before_the_end"):
        check_day(ends_at=STARTS, now=STARTS - timedelta(seconds=1))


@pytest.mark.parametrize(
    ("reason", "words", "code"),
    [
        ("", "", "bulletin_twice"),
        ("", "数字错", "bulletin_reason_missing"),
        ("other", " ", "bulletin_reason_missing"),
        ("nonsense", "数字错", "bulletin_reason_missing"),
        ("other", "好" * 201, "bulletin_reason_too_long"),
    ],
)
def test_a_second_one_needs_a_reason_in_code_and_words(reason: str, words: str, code: str) -> None:
    with pytest.raises(RuleBroken, match=code):
        check_again(reference="岚山关工委〔2023〕1号", reason=reason, words=words)


def test_a_second_one_with_its_reason_is_let_through() -> None:
    assert check_again(reference="x", reason="other", words="漏了一段") is Again.OTHER


@pytest.mark.parametrize(
    ("on", "ground", "words", "code"),
    [
        (True, "", "通知要求", "comparison_reason_missing"),
        (True, "not_asked", "通知要求", "comparison_reason_missing"),
        (True, "superior", " ", "comparison_reason_missing"),
        (True, "mandate", "通知要求", "comparison_without_mandate"),
        (False, "does_harm", "好" * 201, "bulletin_reason_too_long"),
    ],
)
def test_a_switch_without_ground_stays(on: bool, ground: str, words: str, code: str) -> None:
    with pytest.raises(RuleBroken, match=code):
        check_switching(on=on, ground=ground, words=words, mandate_complete=False)


def test_a_switch_with_its_ground_turns() -> None:
    known = check_switching(on=True, ground="mandate", words="第五条", mandate_complete=True)
    assert known is Ground.MANDATE


def test_the_draft_leads_with_figures_claims_no_effect_and_blames_nobody() -> None:
    for kind in Kind:
        texts = draft(kind, EVENING, facts())
        whole = "".join(texts.values())

        assert next(iter(texts)) == Section.OVERALL
        assert "{到课}" in texts["overall"]
        assert typed_numbers(whole) == []
        assert unproved(whole) == []
        assert texts.get("practice", "") == ""
        for text in texts.values():
            assert check_text(text) == text
    assert "9月19日20:00第2讲《民法典里的家》开讲，19:50开始进入" in texts["tomorrow"]


def test_a_frozen_day_is_not_asked_to_be_confirmed() -> None:
    open_ = draft(Kind.BULLETIN, EVENING, facts())["tomorrow"]
    frozen = draft(Kind.BULLETIN, EVENING, facts(Status.FROZEN))["tomorrow"]

    assert "请尚未确认的{未报}单位核对后确认" in open_
    assert "{未报}" not in frozen


def test_after_the_last_evening_nobody_is_called_to_another() -> None:
    last = Evening(
        number=8, title="宪法在身边", held_on=DAY, starts_at=STARTS,
        ends_at=STARTS + timedelta(hours=1),
    )  # fmt: skip

    assert "集中收看已结束" in draft(Kind.BULLETIN, last, facts())["tomorrow"]


def test_a_paper_of_provisional_figures_says_so_in_its_title_and_first_line() -> None:
    texts = draft(Kind.BULLETIN, EVENING, facts())

    title = title_of(Kind.BULLETIN, EVENING, 1, Status.PROVISIONAL)
    body = body_of(Kind.BULLETIN, texts, facts(), STARTS + timedelta(hours=2))

    assert title == "关于9月18日大讲堂第1讲情况的通报（待确认数据）"
    assert "截至2023年9月18日22:00，为待确认数据" in body[0].text  # type: ignore[union-attr]
    assert "待确认" not in title_of(Kind.BULLETIN, EVENING, 1, Status.FROZEN)
    assert title_of(Kind.NOTE, EVENING, 2, Status.FROZEN) == (
        "关于9月18日大讲堂第1讲督导情况的通报（第2次）"
    )


def test_a_number_less_final_than_the_others_says_so_itself() -> None:
    known = facts(Status.FROZEN)
    mixed = Facts(figures={**known.figures, "arrived": figure(9, status=Status.PROVISIONAL)})

    body = body_of(Kind.NOTE, {"overall": "到课{到课}，看完{看完}。"}, mixed, STARTS)

    assert body[2].text == "到课9人，看完1,200人（已冻结）。"  # type: ignore[union-attr]


def test_the_text_for_groups_is_short_and_carries_status_and_number() -> None:
    text = group_text(Kind.BULLETIN, "岚山市", EVENING, facts(), "岚山关工委〔2023〕1号")

    assert len(text) <= 300
    assert "到课1,620人" in text
    assert "以上为待确认数据。详见岚山关工委〔2023〕1号。" in text
    assert len(group_text(Kind.BULLETIN, "岚" * 290, EVENING, facts())) == 300


def test_a_change_is_another_value_and_not_a_better_status() -> None:
    before, now = facts(), facts(Status.FROZEN, arrived=1619)

    assert changes(before, facts(Status.FROZEN)) == []
    [change] = changes(before, now)
    assert (change.name, change.old, change.new) == ("到课", "1,620人", "1,619人")


def test_figures_come_back_as_they_were_kept() -> None:
    assert to_plain(from_plain(to_plain(facts()))) == to_plain(facts())
