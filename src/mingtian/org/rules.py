"""What a unit may be and where it may stand. Pure Python."""

from enum import StrEnum


class UnitKind(StrEnum):
    """Kinds of units in the tree (ORG-2, ORG-3)."""

    NATION = "nation"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"
    VILLAGE = "village"
    SECTOR = "sector"
    SCHOOL = "school"
    GRADE = "grade"
    CLASS = "class"
    STAFF_GROUP = "staff_group"


class Line(StrEnum):
    """The two superior lines: who leads a unit, and who guides it in its trade (ORG-2)."""

    LEADS = "leads"
    GUIDES = "guides"


COUNTING_KINDS = frozenset({UnitKind.CLASS, UnitKind.STAFF_GROUP, UnitKind.VILLAGE})
"""Units at which people are counted; everything above is a sum."""
