"""Words for papers, sections, reasons, indicators and grounds."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mingtian.bulletins.lists import Indicator
from mingtian.bulletins.rules import Again, Kind, Section
from mingtian.bulletins.switching import Ground
from mingtian.core.figures import Status
from mingtian.org.rules import UnitKind

KIND_WORDS: dict[Kind, str | Promise] = {
    Kind.NOTE: _("Supervision note"),
    Kind.BULLETIN: _("Bulletin"),
}
SECTION_WORDS: dict[Section, str | Promise] = {
    Section.OVERALL: _("The evening as a whole"),
    Section.UNITS: _("Unit by unit"),
    Section.CONFIRMING: _("Checking the figures"),
    Section.HELPED: _("What was helped"),
    Section.PRACTICE: _("Good practice"),
    Section.TOMORROW: _("For tomorrow"),
}
AGAIN_WORDS: dict[Again, str | Promise] = {
    Again.FIGURES_CORRECTED: _("Figures were corrected"),
    Again.TEXT_WRONG: _("The text was wrong"),
    Again.SUPERIOR_ASKED: _("The office above asked for it"),
    Again.OTHER: _("Another reason"),
}
AGAIN_IN_CHINESE = {
    Again.FIGURES_CORRECTED: "数据更正",
    Again.TEXT_WRONG: "文字有误",
    Again.SUPERIOR_ASKED: "上级要求",
    Again.OTHER: "其他",
}
"""As the papers themselves say it, whatever language the writer reads."""

INDICATOR_WORDS: dict[Indicator, str | Promise] = {
    Indicator.PERSONS: _("Number of persons"),
    Indicator.RATE: _("Rate"),
    Indicator.PUPILS: _("Pupils only"),
}
GROUND_WORDS: dict[Ground, str | Promise] = {
    Ground.MANDATE: _("The mandate asks for it"),
    Ground.SUPERIOR: _("The office above asks for it in writing"),
    Ground.NOT_ASKED: _("Nobody asks for it any more"),
    Ground.DOES_HARM: _("It does more harm than good"),
}

LIST_WORDS: dict[UnitKind, str | Promise] = {
    UnitKind.PROVINCE: _("Provinces"),
    UnitKind.CITY: _("Cities"),
    UnitKind.COUNTY: _("Counties and districts"),
    UnitKind.TOWNSHIP: _("Townships and streets"),
    UnitKind.VILLAGE: _("Villages and communities"),
    UnitKind.SECTOR: _("Sector committees"),
    UnitKind.SCHOOL: _("Schools"),
}
"""Kinds of units that are listed, as headings."""

STATUS_WORDS: dict[Status, str | Promise] = {
    Status.LIVE: _("live"),
    Status.PROVISIONAL: _("to be confirmed"),
    Status.CONFIRMED: _("confirmed"),
    Status.FROZEN: _("frozen"),
    Status.CORRECTED: _("corrected"),
}
