"""How the book calls what it counts."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mingtian.aid.rules import SchemeKind
from mingtian.children.rules import Category
from mingtian.core.figures import Bound
from mingtian.yearbook.rules import IN_SEVERAL, WITHOUT, Measure, OfRules

Words = Mapping[str, str | Promise]

CATEGORIES: Words = {
    Category.LEFT_BEHIND: _("left-behind"),
    Category.POVERTY: _("poor family"),
    Category.OWN_DISABILITY: _("ill or disabled"),
    Category.GUARDIANSHIP: _("guardian missing or unfit"),
    Category.ORPHAN: _("orphans"),
    Category.UNATTENDED: _("in fact unattended"),
    Category.SINGLE_PARENT: _("single parent"),
}

OVERLAP_WORDS: Words = {
    IN_SEVERAL: _("in more than one category"),
    WITHOUT: _("in no category"),
}

MEASURES: Words = {
    Measure.CHILDREN: _("Children on the register"),
    Measure.PAIRED: _("Children with a helping pair"),
    Measure.PAIRS: _("Helping pairs"),
    Measure.VISITS: _("Visits"),
    Measure.CASES: _("Cases"),
    Measure.TALKS: _("Talks with a counsellor"),
    Measure.GRANTS: _("Grants paid"),
    Measure.AIDED: _("Children aided"),
    Measure.PAID: _("Money paid"),
    Measure.GIFTS: _("Gifts"),
    Measure.GIFT_MONEY: _("Gifts in money"),
}

OF_RULES: Words = {
    OfRules.SCHEMES: _("Schemes of the county"),
    OfRules.AREAS: _("Areas in which pairs help"),
}

BOUNDS: Words = {
    Bound.EXACT: "",
    Bound.MORE_THAN: _("more than"),
    Bound.ABOUT: _("about"),
}

SOURCES: Words = {
    Measure.CHILDREN: _("from the register"),
    Measure.PAIRED: _("from the pairs' files"),
    Measure.PAIRS: _("from the pairs' files"),
    Measure.VISITS: _("from the pairs' files"),
    Measure.CASES: _("from the case files"),
    Measure.TALKS: _("from the counsellors' lists"),
    Measure.GRANTS: _("from the lines of the aid ledger"),
    Measure.AIDED: _("from the lines of the aid ledger"),
    Measure.PAID: _("from the lines of the aid ledger"),
    Measure.GIFTS: _("from the gift ledger"),
    Measure.GIFT_MONEY: _("from the gift ledger"),
}

KINDS: Words = {
    SchemeKind.ASSISTANCE: _("assistances"),
    SchemeKind.EXEMPTION: _("exemptions"),
    SchemeKind.SUPPLEMENT: _("supplements"),
    SchemeKind.SUPPORT: _("other support"),
}

CASE_STATES: Words = {
    "found": _("found"),
    "assessed": _("assessed"),
    "consented": _("consented"),
    "planned": _("planned"),
    "served": _("served"),
    "reviewed": _("reviewed"),
    "closed": _("closed"),
}
