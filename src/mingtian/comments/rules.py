"""What may be said, by whom, and who reads it first. Pure Python, shared with the intake."""

from dataclasses import dataclass
from enum import StrEnum

from mingtian.people.rules import PersonKind

LONGEST_TEXT = 200
"""Characters of a comment in own words."""

MOST_A_LECTURE = 5
"""Comments of one person at one lecture, prepared phrases among them."""

KINDS_READ_AT_CLASS = frozenset({PersonKind.PUPIL})
"""Whose own words only the class teacher reads and releases: under the real-identity bar, a
pupil's words go no further before that (Minors Online Regulation 31)."""


class State(StrEnum):
    """Where a comment stands. Only approved ones are shown to anybody but their reviewers."""

    WAITING = "waiting"
    APPROVED = "approved"
    DECLINED = "declined"
    REFERRED = "referred"


class Concern(StrEnum):
    """Why a text asks for a closer look. Every one sends to review, none rejects."""

    HARM = "harm"
    TELEPHONE = "telephone"
    CITIZEN_NUMBER = "citizen_number"
    ACCOUNT = "account"
    CONTACT = "contact"
    ADDRESS = "address"
    COARSE = "coarse"
    ADVERT = "advert"
    LISTED = "listed"


URGENT = frozenset({Concern.HARM})
"""Comes first in the queue: a child may be telling of harm (Regulation 38)."""


class ToldTo(StrEnum):
    """Who was told of a comment that needs a referral, by office and not by name."""

    CLASS_TEACHER = "class_teacher"
    PRINCIPAL = "principal"
    COUNSELLOR = "counsellor"
    GUARDIAN = "guardian"
    CIVIL_AFFAIRS = "civil_affairs"
    POLICE = "police"


@dataclass(frozen=True, kw_only=True, slots=True)
class PhraseText:
    """A prepared phrase in both languages. Numbers are never used again for other words."""

    number: int
    text: str
    text_en: str


FIRST_OWN_PHRASE = 100
"""Phrases of a lecture's own are numbered from here; those below are the defaults."""

DEFAULT_PHRASES = (
    PhraseText(number=1, text="我们一家都在看", text_en="Our whole family is watching"),
    PhraseText(number=2, text="今天学到了新知识", text_en="I learnt something new today"),
    PhraseText(number=3, text="老师讲得很清楚", text_en="It was explained very clearly"),
    PhraseText(number=4, text="我会遵守法律", text_en="I will keep the law"),
    PhraseText(number=5, text="我会保护好自己", text_en="I will look after myself"),
    PhraseText(number=6, text="遇到困难我会告诉大人", text_en="In trouble I will tell an adult"),
    PhraseText(number=7, text="这一段想再听一遍", text_en="I would like to hear that part again"),
    PhraseText(number=8, text="谢谢讲课的老师", text_en="Thank you to the lecturer"),
)
MOST_PHRASES = 12
LONGEST_PHRASE = 40


def state_at_first(*, phrase: int | None) -> State:
    """Return where a new comment stands: prepared phrases were read before, texts wait."""
    return State.WAITING if phrase is None else State.APPROVED


def read_concerns(words: str) -> list[Concern]:
    """Return the concerns written in a row, urgent ones first."""
    known = {Concern(word) for word in words.split() if word in set(Concern)}
    return [each for each in Concern if each in known]


class DigestState(StrEnum):
    """Above the school only released digests are seen (COM-1)."""

    DRAFT = "draft"
    RELEASED = "released"
