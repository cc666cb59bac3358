"""Kinds of people and kin. Pure Python, shared with the ingest path."""

from enum import IntEnum, StrEnum


class PersonKind(IntEnum):
    """Exclusive kinds, so that shares add up to 100 % (STA-6). Stored as small numbers."""

    PUPIL = 1
    PARENT = 2
    GRANDPARENT = 3
    OTHER_GUARDIAN = 4
    TEACHER = 5
    FIVE_OLD = 6
    RESIDENT = 7


class Kin(StrEnum):
    """How a relative stands to the child it watches with (FAM-1)."""

    MOTHER = "mother"
    FATHER = "father"
    PATERNAL_GRANDFATHER = "paternal_grandfather"
    PATERNAL_GRANDMOTHER = "paternal_grandmother"
    MATERNAL_GRANDFATHER = "maternal_grandfather"
    MATERNAL_GRANDMOTHER = "maternal_grandmother"
    OTHER_GUARDIAN = "other_guardian"


KIND_OF_KIN: dict[Kin, PersonKind] = {
    Kin.MOTHER: PersonKind.PARENT,
    Kin.FATHER: PersonKind.PARENT,
    Kin.PATERNAL_GRANDFATHER: PersonKind.GRANDPARENT,
    Kin.PATERNAL_GRANDMOTHER: PersonKind.GRANDPARENT,
    Kin.MATERNAL_GRANDFATHER: PersonKind.GRANDPARENT,
    Kin.MATERNAL_GRANDMOTHER: PersonKind.GRANDPARENT,
    Kin.OTHER_GUARDIAN: PersonKind.OTHER_GUARDIAN,
}

MOST_ON_ONE_SEAT = 8
"""A seat speaks for up to eight people (design.md part 1, idea 5)."""
