"""Words for what meetings are, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mingtian.meetings.rules import Attending, Kind, State, Way
from mingtian.org.rules import Role

KIND_WORDS: dict[Kind, str | Promise] = {
    Kind.LAUNCH: _("Launch ceremony"),
    Kind.EMERGENCY: _("Emergency meeting"),
    Kind.JOINT: _("Joint meeting"),
    Kind.LEADERS: _("Leaders' meeting"),
    Kind.PRINCIPALS: _("Principals' meeting"),
    Kind.STAFF: _("Staff meeting"),
    Kind.PARENTS: _("Parents' meeting"),
    Kind.SEMINAR: _("Seminar"),
    Kind.STUDY: _("Document study"),
}

ATTENDING_WORDS: dict[Attending, str | Promise] = {
    Attending.LEADERS: _("leaders"),
    Attending.COMMITTEE: _("staff of the committee"),
    Attending.OTHER_BODIES: _("people of other bodies"),
    Attending.PRINCIPALS: _("principals"),
    Attending.CLASS_TEACHERS: _("class teachers"),
    Attending.TEACHERS: _("teachers and staff"),
    Attending.FIVE_OLD: _("five-old"),
    Attending.PARENTS: _("parents"),
    Attending.OTHERS: _("others"),
}

STATE_WORDS: dict[State, str | Promise] = {
    State.OPEN: _("to be done"),
    State.DONE: _("seen to"),
    State.WITHDRAWN: _("taken back"),
}

WAY_WORDS: dict[Way, str | Promise] = {
    Way.VISIT: _("by a visit"),
    Way.TELEPHONE: _("by telephone"),
    Way.LETTER: _("by letter"),
}

CHAIR_OF: dict[Role, str] = {
    Role.PRINCIPAL: "校长",
    Role.CLASS_TEACHER: "班主任",
    Role.OFFICE: "主任",
}
"""Who is proposed as chair to whoever keeps the meeting; offices read Chinese papers."""
