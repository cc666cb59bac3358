"""What a refusal says to people, in the language of the request."""

from pathlib import Path

from mingtian.attendance.ingest.reasons import Reason
from mingtian.core.catalogue import gettext_noop, translated

LOCALE = Path(__file__).resolve().parents[1] / "locale"

SENTENCES: dict[Reason, str] = {
    Reason.MALFORMED: gettext_noop("This request could not be read. Please open the page again."),
    Reason.TOO_LARGE: gettext_noop("This request is too large. Please open the page again."),
    Reason.TOO_SLOW: gettext_noop("The network was too slow. The phone will try again by itself."),
    Reason.NOT_FOUND: gettext_noop("There is nothing at this address."),
    Reason.WRONG_METHOD: gettext_noop(
        "This address does not answer such a request. Please open the page again."
    ),
    Reason.BAD_SEAT: gettext_noop("This phone has to enter again. Please scan the learning code."),
    Reason.EXPIRED_SEAT: gettext_noop("This campaign is over, so nothing more is counted."),
    Reason.OTHER_CAMPAIGN: gettext_noop(
        "This phone has entered another campaign. Please scan the learning code of this one."
    ),
    Reason.UNKNOWN_LECTURE: gettext_noop(
        "This lecture is not known. Please scan the learning code again."
    ),
    Reason.NOT_OPEN_YET: gettext_noop("The doors are not open yet. The page opens by itself."),
    Reason.OVER: gettext_noop("This lecture is closed, so nothing more is counted."),
    Reason.BUSY: gettext_noop(
        "Very many people are arriving just now. What you watched is kept on this phone and sent by itself."
    ),
    Reason.NOT_DURABLE: gettext_noop(
        "Nothing can be recorded at the moment. What you watched is kept on this phone and sent by itself."
    ),
    Reason.UNKNOWN_CODE: gettext_noop(
        "This learning code is not known. Please compare it with the sheet, or ask your class teacher."
    ),
    Reason.CLOSED_CODE: gettext_noop(
        "This learning code is closed. Please ask your class teacher for the present one."
    ),
    Reason.NOT_ON_ROSTER: gettext_noop(
        "Number and name do not match the roster of this class. Please check both."
    ),
    Reason.ASK_CLASS_TEACHER: gettext_noop(
        "Number and name did not match five times. Please ask your class teacher, who can look them up."
    ),
    Reason.TOO_MANY_PEOPLE: gettext_noop("One phone can count eight people at most."),
    Reason.TWO_HOUSEHOLDS: gettext_noop(
        "These children belong to different homes. Please enter one child after the other."
    ),
    Reason.NOBODY_NAMED: gettext_noop("Please say first who is watching."),
    Reason.CONSENT_NEEDED: gettext_noop(
        "Please read first what is kept about you, and say whether you agree."
    ),
    Reason.WITHDRAWN: gettext_noop(
        "Your family asked not to be counted, so nothing is. To be counted again, enter once more."
    ),
    Reason.NO_BROADCAST: gettext_noop("There is no picture at the moment."),
}


def sentence(reason: Reason, language: str) -> str:
    """Return the sentence for a reason in ``zh-hans`` or ``en``."""
    return translated(SENTENCES[reason], language, LOCALE)
