"""What may not be scored or counted against anybody, with the rule that forbids it. Pure Python.

Evaluation looks at what organisers did: relayed, met, helped, solved, reported truthfully. What
families do on their phones is no basis for it (domain.md 11.5 and 12). A sentence that itself
forbids such counting may of course name it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mingtian.core.errors import RuleBroken
from mingtian.papers.paper import Block, Grid

STATE_COUNCIL = "国办函〔2026〕12号"
EDUCATION = "教师厅〔2025〕2号"
CYBERSPACE = "中央网信委《关于防治“指尖上的形式主义”的若干意见》（2023年12月）"


@dataclass(frozen=True, slots=True)
class Forbidden:
    """Words for something that norms forbid to score, the norm, and words beside which it is meant
    otherwise."""

    words: str
    norm: str
    unless: str = ""


FORBIDDEN = (
    Forbidden(r"点赞|投票|\blikes?\b|\bvotes?\b", STATE_COUNCIL),
    # Relaying a document is what is asked of organisers; forwarding a link is not.
    Forbidden(r"转发", STATE_COUNCIL, unless="文件|通知|意见|方案|部署|精神"),
    Forbidden(r"分享|\bforward|\bshares?\b", STATE_COUNCIL),
    Forbidden(
        r"(?:观看|收看|学习|在线|听课)(?:时长|时间|分钟)|分钟数|学时"
        r"|\b(?:minutes|hours)\b|(?:watch|watching|study|online) time",
        STATE_COUNCIL,
    ),
    Forbidden(
        r"安装|下载(?:量|率|数|次)|注册(?:量|率|数)|关注(?:量|率|数)|粉丝"
        r"|\binstall|\bdownload|\bfollowers?\b|\bregistration",
        STATE_COUNCIL,
    ),
    Forbidden(
        r"(?:参与|参加|收看|观看|到课|听课|看完)(?:率|人数|人次|比例)|(?:participation|viewing) rate",
        STATE_COUNCIL,
    ),
    Forbidden(r"截图|截屏|screenshot|上传(?:图片|照片|视频|轨迹)", STATE_COUNCIL),
    Forbidden(r"打卡|签到|积分|秒回|即时回复|punch-in|check-ins?\b|instant repl", CYBERSPACE),
    Forbidden(r"留痕|痕迹|台账|\btraces?\b", EDUCATION),
)

_SCORING = re.compile(
    r"考核|考评|评分|得分|计分|记分|加分|扣分|评比|排名|挂钩|[0-9一二三四五六七八九十]分(?!钟)"
    r"|\bscor|\bpoints?\b|\bassess|\brank|\bevaluat",
    re.IGNORECASE,
)
_FORBIDDING = re.compile(
    r"不得|禁止|严禁|不以|不将|不把|不作为|不纳入|不与|不再|不要求|\bnot\b|\bnever\b|\bno\b",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"[。；;！？\n]|\.\s")


def check_indicators(indicators: Iterable[str]) -> None:
    """Refuse an indicator that norms forbid; the refusal names the word and the norm."""
    for text in indicators:
        _check(text)


def check_scoring(body: Sequence[Block]) -> None:
    """Refuse a sentence or a row that scores what norms forbid to score."""
    for block in body:
        texts = [" ".join(row) for row in block.rows] if isinstance(block, Grid) else [block.text]
        for sentence in (part for text in texts for part in _SENTENCES.split(text)):
            if _SCORING.search(sentence) and not _FORBIDDING.search(sentence):
                _check(sentence)


def _check(text: str) -> None:
    for each in FORBIDDEN:
        found = re.search(each.words, text, re.IGNORECASE)
        if found and not (each.unless and re.search(each.unless, text)):
            raise RuleBroken("indicator_forbidden", word=found[0], norm=each.norm)
