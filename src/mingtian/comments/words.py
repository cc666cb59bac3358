"""Words of this module for people: concerns, offices, states, who spoke."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mingtian.comments.rules import Concern, State, ToldTo
from mingtian.people.rules import PersonKind

Words = dict[str, str | Promise]

CONCERNS: Words = {
    Concern.HARM: _("may tell of harm"),
    Concern.TELEPHONE: _("telephone number"),
    Concern.CITIZEN_NUMBER: _("citizen number"),
    Concern.ACCOUNT: _("account number"),
    Concern.CONTACT: _("contact details"),
    Concern.ADDRESS: _("address"),
    Concern.COARSE: _("coarse word"),
    Concern.ADVERT: _("advertising"),
    Concern.LISTED: _("word on the list"),
}
TOLD: Words = {
    ToldTo.CLASS_TEACHER: _("the class teacher"),
    ToldTo.PRINCIPAL: _("the principal"),
    ToldTo.COUNSELLOR: _("the counsellor of the school"),
    ToldTo.GUARDIAN: _("the guardian"),
    ToldTo.CIVIL_AFFAIRS: _("civil affairs"),
    ToldTo.POLICE: _("the police"),
}
STATES: Words = {
    State.WAITING: _("waiting"),
    State.APPROVED: _("approved"),
    State.DECLINED: _("not shown"),
    State.REFERRED: _("referred"),
}
KINDS: Words = {
    "pupil": _("A pupil"),
    "parent": _("A parent"),
    "grandparent": _("A grandparent"),
    "other_guardian": _("Another guardian"),
    "teacher": _("A teacher"),
    "five_old": _("A five-old"),
    "resident": _("A resident"),
}
KIN: Words = {
    "mother": _("A mother"),
    "father": _("A father"),
    "paternal_grandmother": _("A grandmother"),
    "paternal_grandfather": _("A grandfather"),
    "maternal_grandmother": _("A grandmother"),
    "maternal_grandfather": _("A grandfather"),
    "other_guardian": _("Another guardian"),
}


def speaker(kind: int, kin: str) -> str:
    """Return who spoke, without a name."""
    return str(KIN.get(kin) or KINDS[PersonKind(kind).name.lower()])
