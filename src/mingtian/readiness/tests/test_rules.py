"""States of a checklist, and what a school may not ask (PUB-2, SUP-4, EXE-2)."""

from datetime import date, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from mingtian.core.errors import RuleBroken
from mingtian.readiness.rules import NOTHING_YET, Points, State, state_of
from mingtian.readiness.rules.norms import check_free_text, check_sheet, faults_of
from mingtian.readiness.views.plans import draft

FIRST = date(2023, 9, 18)
KIND = "家庭自愿参加。"


@pytest.mark.parametrize(
    ("points", "state"),
    [
        (NOTHING_YET, State.SILENT),
        (Points(met_on=FIRST, named=False, plan_on=None, completed_on=None), State.BEGUN),
        (
            Points(met_on=FIRST, named=True, plan_on=FIRST, completed_on=FIRST - timedelta(days=1)),
            State.READY,
        ),
        (Points(met_on=FIRST, named=True, plan_on=FIRST, completed_on=FIRST), State.LATE),
    ],
)
def test_a_checklist_is_late_from_the_first_evening_on(points: Points, state: State) -> None:
    assert state_of(points, FIRST) is state


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (KIND + "请每日截图发群", "demands_screenshot"),
        ("Voluntary. Upload a photo of the screen.", "demands_screenshot"),
        (KIND + "收到请回复", "demands_reply"),
        ("Voluntary. You must reply to every notice.", "demands_reply"),
        (KIND + "每天打卡学习", "demands_punch_in"),
        (KIND + "不打卡不行，必须坚持打卡", "demands_punch_in"),
        (KIND + "参与率不低于 97%", "names_target"),
        (KIND + "每班家长不少于 45 人", "names_target"),
        (KIND + "学生全覆盖", "names_target"),
        ("Voluntary. 97 % of parents take part.", "names_target"),
        (KIND + "不参加的班级扣分", "names_consequence"),
        (KIND + "不打卡的扣分", "demands_punch_in"),
        (KIND + "收看情况纳入班主任考核", "names_consequence"),
        ("全体教师参加，邀请全体家长和学生。", "not_voluntary"),
    ],
)
def test_a_sheet_with_a_forbidden_demand_is_refused_with_its_words(text: str, code: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        check_sheet(text)
    assert refused.value.code == code
    assert str(refused.value.facts.get("words", "")) in text


@pytest.mark.parametrize(
    "text",
    [
        KIND + "不要求截图，不打卡，无需回复。",
        KIND + "全体教师参加。邀请全体家长和学生。",
        KIND + "20:00—21:00 收看，提前 5 分钟进入。",
        "Taking part is voluntary. No screenshots, no punch-in.",
    ],
)
def test_what_a_sheet_forbids_or_invites_passes(text: str) -> None:
    check_sheet(text)


def test_the_draft_passes_its_own_guard() -> None:
    for language in ("zh-hans", "en"):
        with translation.override(language):
            assert faults_of(draft()) == []


def test_words_elsewhere_need_not_say_voluntary_but_may_not_demand() -> None:
    check_free_text("入户宣传")
    with pytest.raises(RuleBroken, match="demands_screenshot"):
        check_free_text("收集截图")


@given(before=st.text(max_size=40), after=st.text(max_size=40))
def test_a_demand_on_a_line_of_its_own_is_found_whatever_stands_around(
    before: str, after: str
) -> None:
    codes = [code for code, _words in faults_of(f"{before}\n请截图上传\n{after}")]
    assert "demands_screenshot" in codes
