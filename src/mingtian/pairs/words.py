"""Words for ways, areas, states, endings and questions."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mingtian.care.rules import Area
from mingtian.pairs.rules import Check, Ending, Kind, Question, State, Way

Word = str | Promise

KIND_WORDS: dict[Kind, Word] = {Kind.FIVE_OLD: _("five-old"), Kind.TEACHER: _("teacher")}

WAY_WORDS: dict[Way, Word] = {
    Way.HOME: _("At home"),
    Way.SCHOOL: _("At school"),
    Way.TELEPHONE: _("By telephone"),
    Way.OUTING: _("Out together"),
}

AREA_WORDS: dict[Area, Word] = {
    Area.MORALS: _("Morals"),
    Area.STUDY: _("Study and life"),
    Area.HABITS: _("Habits"),
    Area.FEELINGS: _("Feelings"),
}

STATE_WORDS: dict[State, Word] = {
    State.ACTIVE: _("under way"),
    State.SILENT: _("silent for long"),
    State.PAUSED: _("at rest"),
    State.INACTIVE: _("no vetted helper"),
    State.ENDED: _("ended"),
}

STATE_CHIPS: dict[State, str] = {
    State.ACTIVE: "good",
    State.SILENT: "live",
    State.PAUSED: "off",
    State.INACTIVE: "wait",
    State.ENDED: "off",
}

CHECK_WORDS: dict[Check, Word] = {
    Check.MISSING: _("not checked"),
    Check.OVER: _("run out"),
    Check.LAPSING: _("lapses soon"),
    Check.HOLDS: _("still holds"),
}

CHECK_CHIPS: dict[Check, str] = {
    Check.MISSING: "off",
    Check.OVER: "live",
    Check.LAPSING: "wait",
    Check.HOLDS: "good",
}

ENDING_WORDS: dict[Ending, Word] = {
    Ending.REACHED: _("The goals are reached"),
    Ending.TERM: _("The agreed time is over"),
    Ending.CHILD_GONE: _("The child has moved or grown up"),
    Ending.WISH: _("Child, family or helper wish it"),
    Ending.HANDED_OVER: _("Handed over"),
    Ending.HELPER_GONE: _("The helper helps no more"),
    Ending.CONSENT: _("The consent was taken back"),
    Ending.FILE_CLOSED: _("The child's file was closed"),
}

QUESTION_WORDS: dict[Question, Word] = {
    Question.MANY: _("Several visits on one day: how was it done?"),
    Question.OVERLAP: _("Two visits at the same hour: were the children together?"),
    Question.QUICK: _("A very short visit: was something in the way?"),
    Question.OFF_HOURS: _("Between 22:00 and 6:00: was there a reason?"),
    Question.SAME_WORDS: _("The same words as before: what was different this time?"),
}
