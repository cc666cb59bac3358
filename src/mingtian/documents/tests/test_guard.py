"""Forbidden indicators are refused with the norm that forbids them (domain.md 12, idea 9)."""

import pytest

from mingtian.core.errors import RuleBroken
from mingtian.documents.guard import EDUCATION, STATE_COUNCIL, check_indicators, check_scoring
from mingtian.documents.rules import Genre
from mingtian.documents.tests.conftest import Office
from mingtian.documents.wording import parse
from mingtian.web.refusals import sentence


@pytest.mark.parametrize(
    ("indicator", "word"),
    [
        ("点赞数量", "点赞"),
        ("number of likes", "likes"),
        ("转发朋友圈次数", "转发"),
        ("人均观看时长", "观看时长"),
        ("minutes watched by each family", "minutes"),
        ("小程序安装率", "安装"),
        ("每日上报截图", "截图"),
        ("screenshots handed in", "screenshot"),
        ("家长收看率达到 97%", "收看率"),
        ("按时打卡", "打卡"),
    ],
)
def test_what_families_do_on_their_phones_is_no_indicator(indicator: str, word: str) -> None:
    with pytest.raises(RuleBroken, match="indicator_forbidden") as refused:
        check_indicators(["文件是否按时转发", indicator])

    assert refused.value.facts["word"] == word
    assert str(refused.value.facts["norm"]) in sentence(refused.value)


def test_the_norm_that_forbids_is_named() -> None:
    for text, norm in (("点赞", STATE_COUNCIL), ("工作留痕", EDUCATION)):
        with pytest.raises(RuleBroken) as refused:
            check_indicators([text])
        assert refused.value.facts["norm"] == norm


def test_what_organisers_do_may_be_scored() -> None:
    check_indicators(
        ["转发文件及时", "召开专题会议", "帮助老人进入课堂", "如实报告数字", "解决问题单"]
    )


def test_a_sentence_that_scores_what_is_forbidden_is_refused_and_one_that_forbids_it_is_not() -> (
    None
):
    check_scoring(parse("不得以点赞、转发、观看时长作为考核依据。\n请家长按时收看。"))
    with pytest.raises(RuleBroken, match="indicator_forbidden"):
        check_scoring(parse("各校每少一张截图扣分。"))
    with pytest.raises(RuleBroken, match="indicator_forbidden"):
        check_scoring(parse("| 收看率 | 20分 |"))


def test_a_plan_with_a_forbidden_indicator_is_not_kept(office: Office) -> None:
    for changes in ({"indicators": ["点赞数"]}, {"text": "截图上交情况纳入考核。"}):
        with pytest.raises(RuleBroken, match="indicator_forbidden"):
            office.draft(genre=Genre.EVALUATION, **changes)
