"""What kinds, states, steps and sections are called, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mingtian.documents.rules import Genre, Section, Stage, State
from mingtian.org.rules import Line, UnitKind

GENRES: dict[Genre, str | Promise] = {
    Genre.NOTICE: _("Notice"),
    Genre.BULLETIN: _("Bulletin"),
    Genre.REPORT: _("Report"),
    Genre.OPINION: _("Opinions"),
    Genre.LETTER: _("Letter"),
    Genre.MINUTES: _("Minutes of a meeting"),
    Genre.IMPLEMENTATION: _("Implementation opinions"),
    Genre.MEASURES: _("Measures"),
    Genre.EVALUATION: _("Evaluation plan"),
}
STATES: dict[State, str | Promise] = {
    State.DRAFT: _("draft"),
    State.REVIEWED: _("waits for a signature"),
    State.SIGNED: _("signed"),
    State.ISSUED: _("issued"),
    State.CLOSED: _("dealt with"),
}
STATE_CHIPS = {
    State.DRAFT: "off",
    State.REVIEWED: "wait",
    State.SIGNED: "wait",
    State.ISSUED: "good",
    State.CLOSED: "off",
}
STAGES: dict[Stage, str | Promise] = {
    Stage.RECEIVED: _("Document received"),
    Stage.RELAYED: _("Relayed"),
    Stage.MEETING: _("Own meeting held"),
    Stage.REQUIREMENTS: _("Own requirements issued"),
}
GAPS: dict[Stage, str | Promise] = {
    Stage.RECEIVED: _("not opened yet"),
    Stage.RELAYED: _("not relayed yet"),
    Stage.MEETING: _("no meeting yet"),
    Stage.REQUIREMENTS: _("no requirements yet"),
}
SECTIONS: dict[Section, str | Promise] = {
    Section.SIGNIFICANCE: _("significance"),
    Section.PARTICIPANTS: _("participants"),
    Section.WAY: _("way of taking part"),
    Section.ORGANISATION: _("organisation and leadership"),
}
LINES: dict[Line, str | Promise] = {
    Line.LEADS: _("along the leading line"),
    Line.GUIDES: _("along the education line"),
}
KINDS: dict[UnitKind, str | Promise] = {
    UnitKind.NATION: _("nation"),
    UnitKind.PROVINCE: _("provinces"),
    UnitKind.CITY: _("cities"),
    UnitKind.COUNTY: _("counties"),
    UnitKind.TOWNSHIP: _("townships"),
    UnitKind.VILLAGE: _("villages and communities"),
    UnitKind.SECTOR: _("sector committees"),
    UnitKind.SCHOOL: _("schools"),
}
SKELETONS = {
    Genre.IMPLEMENTATION: "一、重要意义\n\n二、参加对象\n\n三、参与方式\n\n四、组织领导\n",
}
"""What the editor offers to begin with; Chinese, as the papers are."""
