"""What asks for a closer look, in all spellings; what is allowed; what is taken out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingtian.comments.rules import Concern
from mingtian.comments.sieve.look import Sieve
from mingtian.comments.sieve.scrub import MASKS, Scrubber, mask_contacts
from mingtian.comments.sieve.words import BadLine, parse, starting_text

SIEVE = Sieve(parse(starting_text()))
SCRUBBER = Scrubber(["林小满", "欧阳望舒", "周晨"], ["第一小学", "柳河村", "安平县"])


@pytest.mark.parametrize(
    ("text", "concern"),
    [
        ("我的电话１３８１２３４５６７８", Concern.TELEPHONE),
        ("打一三八 1234-5678", Concern.TELEPHONE),
        ("幺三八，一二三四，五六七八", Concern.TELEPHONE),
        ("座机0455-8234567", Concern.TELEPHONE),
        ("号码23010219900307123X", Concern.CITIZEN_NUMBER),
        ("卡号6222 0212 3456 7890 123", Concern.ACCOUNT),
        ("加v信abc12345", Concern.CONTACT),
        ("QQ：一二三四五六", Concern.CONTACT),
        ("我家在幸福小区3号楼", Concern.ADDRESS),
        ("爸爸喝酒就打*我", Concern.HARM),
        ("不 想 活 了", Concern.HARM),
        ("你这个傻\u200b子", Concern.COARSE),
        ("兼职刷单日结", Concern.ADVERT),
        ("我想买毒品", Concern.LISTED),
    ],
)
def test_tricks_of_writing_do_not_hide_what_asks_for_a_look(text: str, concern: Concern) -> None:
    assert concern in SIEVE.look(text)


@pytest.mark.parametrize(
    "text",
    [
        "远离毒品，从我做起",
        "今天学了怎么防诈骗",
        "我们一家三口都在看",
        "2023年9月18日第一讲",
        "法律保护未成年人，谢谢老师",
        "垃圾分类我来做",
        "网络诈骗这一段很实用",
        "老师请打我电话",
    ],
)
def test_what_a_law_lecture_says_all_evening_raises_nothing(text: str) -> None:
    assert SIEVE.look(text) == []


def test_a_word_outside_the_allowed_phrase_still_counts() -> None:
    assert SIEVE.look("毒品危害大，可我想买毒品") == [Concern.LISTED]


def test_the_urgent_concern_comes_first() -> None:
    assert SIEVE.look("他威胁我，我的电话13812345678")[0] is Concern.HARM


@given(st.text(max_size=200))
def test_any_text_can_be_looked_at_and_scrubbed(text: str) -> None:
    SIEVE.look(text)
    mask_contacts(text)
    SCRUBBER.scrub(text)


@pytest.mark.parametrize(
    ("text", "line"), [("毒品", 1), ("[harm]\n好", 2), ("[unknown]\n", 1), ("[harm]\n\n、、、", 3)]
)
def test_a_bad_line_of_the_list_is_named(text: str, line: int) -> None:
    with pytest.raises(BadLine) as caught:
        parse(text)
    assert caught.value.number == line


CANARIES = (
    "林小满", "小满", "林 小 满", "望舒", "欧阳望舒", "周晨", "13812345678", "138 1234 5678",
    "一三八一二三四五六七八", "abc_12345", "第一小学三年级一班", "三(1)班", "三（1）班", "初二3班",
    "柳河村三组12号", "幸福小区3号楼2单元501室", "人民路12号", "王老师", "wang@mail.cn",
    "23010219900307123X", "安平县实验小学",
)  # fmt: skip


@pytest.mark.parametrize("canary", CANARIES)
@pytest.mark.parametrize("frame", ["{}讲得好", "我是{}，今天学了很多", "请问{}怎么办？"])
def test_no_canary_survives_scrubbing(canary: str, frame: str) -> None:
    clean = SCRUBBER.scrub(frame.format(canary))

    assert canary.lower() not in clean
    assert any(mask in clean for mask in MASKS)
    assert SCRUBBER.scrub(clean) == clean, "scrubbing twice changes nothing more"


@pytest.mark.parametrize(
    "text",
    [
        "老师讲得好",
        "家庭保护、学校保护、社会保护",
        "全家12口人都在看",
        "在路上遇到坏人怎么办",
        "谢谢老师",
        "感谢各位老师",
    ],
)
def test_ordinary_words_stay(text: str) -> None:
    assert SCRUBBER.scrub(text) == text


def test_contacts_are_masked_and_other_texts_stay_as_they_were() -> None:
    assert mask_contacts("电话138-1234-5678") == "电话〔号码〕"
    assert mask_contacts("ＡＢＣ很好！") == "ＡＢＣ很好！"
