"""What the answers of WeChat's sign-in mean, and where it may lead back to. Pure Python."""

from dataclasses import dataclass
from enum import StrEnum


class Refusal(StrEnum):
    """Why this phone could not be recognised. Entering by the class's code works all the same."""

    OUTSIDE = "wechat_outside"
    STATE = "wechat_state"
    CODE_USED = "wechat_code_used"
    BUSY = "wechat_busy"
    NO_ANSWER = "wechat_no_answer"
    UNCLEAR = "wechat_unclear"
    SET_UP_WRONG = "wechat_set_up_wrong"
    NO_SEAT = "wechat_no_seat"


REFUSAL_OF_CODE = {
    -1: Refusal.BUSY,
    40029: Refusal.CODE_USED,
    40163: Refusal.CODE_USED,
    42003: Refusal.CODE_USED,
    45011: Refusal.BUSY,
    40001: Refusal.SET_UP_WRONG,
    40013: Refusal.SET_UP_WRONG,
    40125: Refusal.SET_UP_WRONG,
    40164: Refusal.SET_UP_WRONG,
    48001: Refusal.SET_UP_WRONG,
}
"""By ``errcode``: system busy; code not valid, used, or too old; called too often; wrong secret,
account or sender address, or a sign-in that the account may not use."""

LONGEST_OPENID = 128


def inside_wechat(agent: str) -> bool:
    """Say whether a user agent is WeChat's browser; in any other WeChat answers with a dead end."""
    return "MicroMessenger" in agent


@dataclass(frozen=True, slots=True)
class Answer:
    """Who is there: an account by its openid, or a snapshot page that stands for nobody."""

    openid: str
    snapshot: bool


def read_answer(told: object) -> Answer | Refusal:
    """Read the JSON of ``/sns/oauth2/access_token``. Access and refresh tokens are not kept."""
    if not isinstance(told, dict):
        return Refusal.UNCLEAR
    code = told.get("errcode", 0)
    if code:
        return REFUSAL_OF_CODE.get(code, Refusal.UNCLEAR)
    openid = told.get("openid")
    if not isinstance(openid, str) or not 0 < len(openid) <= LONGEST_OPENID:
        return Refusal.UNCLEAR
    return Answer(openid, snapshot=told.get("is_snapshotuser") == 1)


def onward(wanted: str) -> str:
    """Return the page to go on to: one of the families' own, else their page."""
    own = wanted.startswith(("/e/", "/hall/", "/my/")) or wanted == "/my"
    plain = wanted.isascii() and wanted.isprintable() and not {"\\", "#"} & set(wanted)
    return wanted if own and plain and "//" not in wanted and len(wanted) <= 200 else "/my"
