"""What a school may not ask of families, whoever asks (domain.md 11.5 and 12, EXE-2). Pure Python.

The guard reads clause by clause. A clause that forbids the thing ("no screenshots") passes. It
catches plain words, not ill will: the sheet is read by people too.
"""

import re

from mingtian.core.errors import RuleBroken

_CLAUSE = re.compile(r"[，,。；;！!？?：:\n]|\.(?!\d)|、(?=不|无|勿|禁)")
_NOT = re.compile(
    # "不打卡" forbids; "不打卡的扣分" and "不参加扣分" threaten, "不少于" sets a number.
    r"不(?!少于|低于|得少|参加|看|收看|达标|(?:打卡|截图|签到|回复)(?:的|者|不|就|要|将|则|一律|必))"
    r"|无需|无须|勿|禁止|没有|取消(?:打卡|截图)"
    r"|\bno\b|\bnot\b|\bnever\b|\bwithout\b|\bneither\b|\bnor\b",
    re.IGNORECASE,
)
_FAMILIES = (
    r"(?:家长|家庭|学生|孩子|每户|户户|parents?|famil(?:y|ies)|pupils?|students?|households?)"
)
_AMOUNT = (
    r"(?:\d[\d,.]*\s*(?:%|％|户|人|名|家|per ?cent)|百分之|全覆盖|一个不(?:少|落|漏)|人人必须)"
)

_DEMANDS: dict[str, re.Pattern[str]] = {
    "demands_screenshot": re.compile(
        r"截图|截屏|晒图|拍照上传|screen ?shots?|upload (?:a )?(?:picture|photo)", re.IGNORECASE
    ),
    "demands_reply": re.compile(
        r"收到请回复|收到回复|必须回复|立即回复|及时回复|秒回|接龙|"
        r"repl(?:y|ies) (?:at once|immediately|instantly|is required)|instant repl|must reply",
        re.IGNORECASE,
    ),
    "demands_punch_in": re.compile(
        r"打卡|每[日天]签到|punch(?:ing)?[- ]in|daily check-?in|clock in", re.IGNORECASE
    ),
    "names_consequence": re.compile(
        r"扣分|处分|批评|点名|取消评|评优|评先|考核|后果自负|记入档案|纳入成绩|罚|"
        r"penalt|punish|deduct|will be criticis|marks? off|consequence",
        re.IGNORECASE,
    ),
    "names_target": re.compile(
        rf"{_FAMILIES}[^，,。；;\n]*{_AMOUNT}|{_AMOUNT}[^，,。；;\n]*{_FAMILIES}"
        r"|参与率|收看率|覆盖率|参加率|达标|排名|participation rate|coverage rate|ranking|quota",
        re.IGNORECASE,
    ),
}

_VOLUNTARY = re.compile(r"自愿|尽量|voluntar|as far as possible", re.IGNORECASE)


def faults_of(text: str) -> list[tuple[str, str]]:
    """Return what the text demands against the rules, as pairs of code and the words that say so.

    >>> faults_of("家长自愿参加。请每日截图发群")
    [('demands_screenshot', '截图')]
    >>> faults_of("家长自愿参加，不要求截图")
    []
    """
    found: list[tuple[str, str]] = []
    for clause in _CLAUSE.split(text):
        if not clause or _NOT.search(clause):
            continue
        found += [
            (code, hit[0].strip())
            for code, pattern in _DEMANDS.items()
            if (hit := pattern.search(clause))
        ]
    if _VOLUNTARY.search(text) is None:
        found.append(("not_voluntary", ""))
    return found


def check_sheet(text: str) -> None:
    """Refuse a sheet for the first thing it may not ask, naming the words."""
    for code, words in faults_of(text):
        _refuse(code, words)


def check_free_text(text: str) -> None:
    """Refuse demands in words that are no sheet: what an office writes about its work."""
    for code, words in faults_of(text):
        if code in {"demands_screenshot", "demands_reply", "demands_punch_in"}:
            _refuse(code, words)


def _refuse(code: str, words: str) -> None:
    if code == "demands_screenshot":
        raise RuleBroken("demands_screenshot", words=words)
    if code == "demands_reply":
        raise RuleBroken("demands_reply", words=words)
    if code == "demands_punch_in":
        raise RuleBroken("demands_punch_in", words=words)
    if code == "names_consequence":
        raise RuleBroken("names_consequence", words=words)
    if code == "names_target":
        raise RuleBroken("names_target", words=words)
    raise RuleBroken("not_voluntary")
