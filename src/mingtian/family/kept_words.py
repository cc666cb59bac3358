"""What the words in a family's file mean: kinds of kept things, their facts, their codes."""

from datetime import datetime

from django.utils import dateformat
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mingtian.core.clock import SHANGHAI
from mingtian.people.queries.words import KIN_WORDS, named_kinds

Words = dict[str, "str | Promise"]

WHAT: Words = {
    "person": _("Entry on the home"),
    "consent": _("Consent"),
    "standing": _("Decision of the class teacher"),
    "departed": _("Not counted since the withdrawal"),
    "phone": _("Phone of this home"),
    "evening": _("Recorded evening"),
    "noted_by_hand": _("Note of the class teacher"),
    "question": _("Question to the class teacher"),
    "certificate": _("Certificate"),
    "screenshot": _("Screenshot"),
    "comment": _("Comment"),
    "like": _("Like"),
    "wechat_phone": _("Link with WeChat"),
    "pilot_family": _("Pilot family, under a number"),
}
FACTS: Words = {
    "kind": _("Kind"),
    "kin": _("Kin"),
    "number": _("Number"),
    "name": _("Name on the roster"),
    "left_on": _("Left the class on"),
    "version": _("Version of the notice"),
    "language": _("Language"),
    "given_by": _("Agreed by"),
    "withdrawn_at": _("Withdrawn"),
    "state": _("State"),
    "reason": _("Reason"),
    "pseudonym": _("Number of the pilot family"),
    "consent_on": _("Consent given on"),
    "starts_on": _("From"),
    "review_on": _("Looked at again on"),
    "ends_on": _("Until"),
    "persons": _("Persons"),
    "assisted": _("Signed in with help"),
    "evenings_arrived": _("Evenings it arrived"),
    "lecture": _("Lecture"),
    "lecture_number": _("Which evening"),
    "arrived": _("Arrived"),
    "slots_live": _("Slots live"),
    "slots_replay": _("Slots of the replay"),
    "how": _("How"),
    "undone_at": _("Undone"),
    "text": _("Text"),
    "words": _("Words"),
    "answer": _("Answer"),
    "answered_at": _("Answered"),
    "campaign": _("Campaign"),
    "serial": _("Serial number"),
    "valid": _("Valid"),
    "revoked_for": _("Taken back because"),
    "day": _("Day"),
    "deleted_at": _("Will be deleted"),
    "remembered": _("This phone can be recognised"),
}
CODES: dict[str, Words] = {
    "kind": named_kinds(),
    "kin": KIN_WORDS,
    "given_by": {
        "guardian": _("a guardian"), "pupil": _("the pupil"), "self": _("oneself"),
        "paper": _("on paper"),
    },
    "state": {
        "exempt": _("Exempt"), "unwilling": _("Not taking part"),
        "open": _("Waiting for an answer"), "granted": _("Granted"), "declined": _("Declined"),
        "waiting": _("Waiting to be read"), "approved": _("Shown to the school"),
        "referred": _("Passed on for help"),
    },
    "reason": {
        "no_smartphone": _("no smartphone"), "elderly_guardian": _("elderly guardian"),
        "other": _("another reason"),
    },
    "how": {
        "telephone": _("by telephone"), "paper": _("on paper"),
        "in_class": _("watched in class"), "other_screen": _("on another screen"),
    },
    "language": {"zh-hans": _("Chinese"), "en": _("English")},
    "revoked_for": {
        "correction": _("a figure was corrected"), "in_error": _("it was given in error"),
        "withdrawn": _("the family withdrew"),
    },
}  # fmt: skip
NOT_SHOWN = frozenset({"live", "replay"})
"""Maps of sixty slots: in the file, but too long to read."""

COUNTS: Words = {
    "persons": _("Persons of the home"),
    "relatives": _("Relatives and guests removed"),
    "names": _("Names on rosters"),
    "standings": _("Decisions of class teachers"),
    "households": _("Homes"),
    "phones": _("Phones of homes"),
    "records": _("Recorded evenings of persons"),
    "notes": _("Notes of class teachers"),
    "questions": _("Questions to class teachers"),
    "consents": _("Consents removed"),
    "attendance": _("Rows of attendance"),
    "certificates": _("Certificates without a person now"),
    "comments": _("Likes and comments"),
    "screenshots": _("Screenshots"),
    "wechat": _("Links with WeChat"),
    "pilot_families": _("Pilot families"),
    "readiness": _("Entries as a pilot family"),
}


def what_word(what: str) -> str:
    """Name a kept thing; a word that is not known passes unchanged, so nothing is hidden."""
    return str(WHAT.get(what, what))


def fact_word(key: str) -> str:
    return str(FACTS.get(key, key))


def value_word(key: str, value: str | int | bool) -> str:
    """Put a value into words: yes and no, codes, instants of Asia/Shanghai."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, int):
        return str(value)
    known = CODES.get(key, {}).get(value)
    if known is not None:
        return str(known)
    return moment(datetime.fromisoformat(value)) if key.endswith("_at") else value


def moment(instant: datetime) -> str:
    """Write an instant as people read it, in Asia/Shanghai."""
    return dateformat.format(instant.astimezone(SHANGHAI), "Y-m-d H:i")
