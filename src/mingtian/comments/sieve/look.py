"""Which concerns a text raises. Whatever it finds sends the text to review, never to reject."""

import re

import ahocorasick

from mingtian.comments.rules import Concern
from mingtian.comments.sieve.normal import DIGIT_SIGNS, digits, tight
from mingtian.comments.sieve.words import WordList
from mingtian.people.rules import holds_citizen_number

_RUN = re.compile(f"[{DIGIT_SIGNS}]{{7,}}x?")
_HANDLE = re.compile(
    r"(?:微信|薇信|威信|维信|vx|wx|v信|企鹅|qq|扣扣|抖音|快手|tiktok|whatsapp)号?群?[是为叫]?"
    rf"(?:[a-z][a-z0-9]{{4,}}|[{DIGIT_SIGNS}]{{5,}})"
)
_ADDRESS = re.compile(
    rf"[{DIGIT_SIGNS}十百]+(?:号楼|号院|栋|单元|弄|门牌|室)|(?:家住|住在|住址|家庭地址|我家在|门牌号)"
    rf"|(?:小区|花园|家园|大街|路|街|巷|屯|村)[\u4e00-\u9fff]{{0,4}}[{DIGIT_SIGNS}十百]+[号组户]"
    r"|\d+(?:street|road|avenue)|myaddress|liveat"
)
_HINTS_OF_HANDLE = (
    "微信", "薇信", "威信", "维信", "vx", "wx", "v信", "企鹅", "qq", "扣扣", "抖音", "快手",
    "tiktok", "whatsapp",
)  # fmt: skip
_HINTS_OF_ADDRESS = (
    "号楼", "号院", "栋", "单元", "弄", "门牌", "室", "住", "家庭地址", "我家在", "号", "组", "户",
    "street", "road", "avenue", "myaddress", "liveat",
)  # fmt: skip

_ALLOW, _WORD, _HANDLE_HINT, _ADDRESS_HINT = range(4)


class Sieve:
    """Looks for listed words, contact details and numbers; more than 100,000 texts a second.

    Safe to share between threads. ``version`` is that of the list it was built from.
    """

    def __init__(self, words: WordList, version: int = 0) -> None:
        self.version = version
        entries: dict[str, tuple[int, int, Concern | None]] = {}
        for kind, hints in ((_HANDLE_HINT, _HINTS_OF_HANDLE), (_ADDRESS_HINT, _HINTS_OF_ADDRESS)):
            entries.update((hint, (kind, len(hint), None)) for hint in hints)
        entries.update((word, (_WORD, len(word), why)) for word, why in words.words.items())
        entries.update((phrase, (_ALLOW, len(phrase), None)) for phrase in words.allowed)
        self._automaton = ahocorasick.Automaton()
        for word, what in entries.items():
            self._automaton.add_word(word, what)
        self._automaton.make_automaton()

    def look(self, text: str) -> list[Concern]:
        """Return the concerns that a text raises, the urgent first; usually none."""
        found = self._look(tight(text))
        return [each for each in Concern if each in found] if found else []

    def _look(self, text: str) -> set[Concern]:
        found: set[Concern] = set()
        hits = list(self._automaton.iter(text))
        if hits:
            kinds = {kind for _, (kind, _, _) in hits}
            if _WORD in kinds:
                found |= _not_allowed(hits)
            if _HANDLE_HINT in kinds and _HANDLE.search(text):
                found.add(Concern.CONTACT)
            if _ADDRESS_HINT in kinds and _ADDRESS.search(text):
                found.add(Concern.ADDRESS)
        for run in _RUN.findall(text):
            found.add(number_concern(digits(run)))
        return found


def _not_allowed(hits: list[tuple[int, tuple[int, int, Concern | None]]]) -> set[Concern]:
    """Return the concerns of words that do not stand inside an allowed phrase."""
    allowed = [(end - length, end) for end, (kind, length, _) in hits if kind == _ALLOW]
    return {
        why
        for end, (_, length, why) in hits
        if why is not None
        and not any(first <= end - length and end <= last for first, last in allowed)
    }


def number_concern(run: str) -> Concern:
    """Say what a long run of digits is taken for."""
    if len(run) >= 15 and holds_citizen_number(run):
        return Concern.CITIZEN_NUMBER
    return Concern.ACCOUNT if len(run.rstrip("x")) >= 13 else Concern.TELEPHONE
