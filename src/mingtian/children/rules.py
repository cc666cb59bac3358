"""What may be said of a child in difficulty: categories, kin, consents, what is looked for. Pure Python.

Definitions carry the day from which they hold (domain.md 11.8); a category noted for an earlier
day would claim a definition that did not exist.
"""

import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from mingtian.core.errors import RuleBroken
from mingtian.vault.rules import Purpose


class Category(StrEnum):
    """Legal categories. A child may be in several at once, and totals say so (AID-1, AID-6)."""

    LEFT_BEHIND = "left_behind"
    POVERTY = "poverty"
    OWN_DISABILITY = "own_disability"
    GUARDIANSHIP = "guardianship"
    ORPHAN = "orphan"
    UNATTENDED = "unattended"
    SINGLE_PARENT = "single_parent"


class Basis(StrEnum):
    """By which clause of its definition a child is in a category."""

    BOTH_AWAY = "both_away"
    ONE_AWAY_OTHER_UNABLE = "one_away_other_unable"
    MINIMUM_LIVING = "minimum_living"
    LOW_INCOME = "low_income"
    OTHER_HARDSHIP = "other_hardship"
    DISABLED = "disabled"
    GRAVELY_ILL = "gravely_ill"
    NO_GUARDIAN = "no_guardian"
    IMPROPER_GUARDIAN = "improper_guardian"
    PARENTS_DEAD = "parents_dead"
    PARENTS_UNFOUND = "parents_unfound"
    BOTH_UNABLE = "both_unable"
    ONE_LOST_OTHER_UNABLE = "one_lost_other_unable"
    PARENT_DEAD = "parent_dead"
    PARENTS_APART = "parents_apart"


@dataclass(frozen=True, kw_only=True, slots=True)
class Definition:
    """A category as a document defines it. ``since`` None: the committee's own word, no document.

    ``below_age`` is the age from which a child is no longer in it; None for the age of majority.
    """

    bases: tuple[Basis, ...]
    document: str = ""
    since: date | None = None
    below_age: int = 18


C, B = Category, Basis

DEFINITIONS: Mapping[Category, Definition] = {
    C.LEFT_BEHIND: Definition(
        bases=(B.BOTH_AWAY, B.ONE_AWAY_OTHER_UNABLE),
        document="国发〔2016〕13号", since=date(2016, 2, 4), below_age=16,
    ),
    C.POVERTY: Definition(
        bases=(B.MINIMUM_LIVING, B.LOW_INCOME, B.OTHER_HARDSHIP),
        document="国发〔2016〕36号", since=date(2016, 6, 13),
    ),
    C.OWN_DISABILITY: Definition(
        bases=(B.DISABLED, B.GRAVELY_ILL), document="国发〔2016〕36号", since=date(2016, 6, 13)
    ),
    C.GUARDIANSHIP: Definition(
        bases=(B.NO_GUARDIAN, B.IMPROPER_GUARDIAN),
        document="国发〔2016〕36号", since=date(2016, 6, 13),
    ),
    C.ORPHAN: Definition(
        bases=(B.PARENTS_DEAD, B.PARENTS_UNFOUND),
        document="国办发〔2010〕54号", since=date(2010, 11, 16),
    ),
    C.UNATTENDED: Definition(
        bases=(B.BOTH_UNABLE, B.ONE_LOST_OTHER_UNABLE),
        document="民发〔2019〕62号", since=date(2020, 1, 1),
    ),
    C.SINGLE_PARENT: Definition(bases=(B.PARENT_DEAD, B.PARENTS_APART)),
}  # fmt: skip

DIFFICULTY = frozenset({C.POVERTY, C.OWN_DISABILITY, C.GUARDIANSHIP})
"""The three classes of children in difficulty (国发〔2016〕36号)."""


def check_category(
    category: Category, basis: Basis, *, starts_on: date, birth_year: int, today: date
) -> None:
    """Refuse a category that the definition does not give to this child from that day."""
    definition = DEFINITIONS[category]
    if basis not in definition.bases:
        raise RuleBroken("children_basis_of_other_category")
    if starts_on > today:
        raise RuleBroken("children_category_in_future")
    if definition.since is not None and starts_on < definition.since:
        raise RuleBroken(
            "children_category_before_definition",
            document=definition.document, since=definition.since.isoformat(),
        )  # fmt: skip
    if starts_on.year - birth_year > definition.below_age:
        raise RuleBroken("children_too_old_for_category", age=definition.below_age)
    if starts_on.year < birth_year:
        raise RuleBroken("children_category_before_birth")


def check_end(starts_on: date, ends_on: date, *, today: date) -> None:
    """Refuse an end before the beginning or after today."""
    if ends_on < starts_on:
        raise RuleBroken("children_end_before_start")
    if ends_on > today:
        raise RuleBroken("children_category_in_future")


# --- Who the child is -------------------------------------------------------


class Sex(StrEnum):
    """As the survey form asks (domain.md 11.8)."""

    GIRL = "girl"
    BOY = "boy"
    UNSAID = "unsaid"


class GuardianKin(StrEnum):
    """What a guardian is to the child."""

    FATHER = "father"
    MOTHER = "mother"
    GRANDPARENT = "grandparent"
    RELATIVE = "relative"
    ENTRUSTED = "entrusted"
    INSTITUTION = "institution"


class Whereabouts(StrEnum):
    """Where a parent is, as coarsely as care needs it."""

    HOME = "home"
    IN_PROVINCE = "in_province"
    OTHER_PROVINCE = "other_province"
    ABROAD = "abroad"
    UNKNOWN = "unknown"
    DEAD = "dead"


def fits(basis: Basis, father: Whereabouts, mother: Whereabouts) -> bool:
    """Say whether a basis can be true of parents who are there. A parent not known fits any.

    Where it cannot, either note may be the old one: a question to the worker, no refusal.
    """
    both, dead, unknown = {father, mother}, Whereabouts.DEAD, Whereabouts.UNKNOWN
    match basis:
        case Basis.BOTH_AWAY:
            return not both & {Whereabouts.HOME, dead}
        case Basis.ONE_AWAY_OTHER_UNABLE:
            return both not in ({Whereabouts.HOME}, {dead})
        case Basis.PARENTS_DEAD | Basis.PARENTS_UNFOUND:
            return both <= {dead, unknown}
        case Basis.PARENT_DEAD:
            return both != {dead} and bool(both & {dead, unknown})
        case _:
            return True


OLDEST = 18
"""Registered are minors; whoever turns 18 this year still is."""

LONGEST_NAME = 40
LONGEST_LINE = 120
CITIZEN_NUMBER = 15
"""A run of so many digits or more is an old or new citizen number, or a bank card."""


def check_name(name: str) -> str:
    """Return the name as it is kept; refuse one that is too short, too long or holds digits."""
    plain = unicodedata.normalize("NFC", name).strip()
    if len("".join(plain.split())) < LEAST_CHARACTERS:
        raise RuleBroken("children_name_missing")
    if len(plain) > LONGEST_NAME:
        raise RuleBroken("children_name_too_long", most=LONGEST_NAME)
    if any(unicodedata.category(each)[0] in "CN" for each in plain):
        raise RuleBroken("children_name_unprintable")
    return plain


def check_birth_year(year: int, *, today: date) -> int:
    """Refuse a year in which no minor of today was born."""
    if not today.year - OLDEST <= year <= today.year:
        raise RuleBroken("children_not_a_minor", first=today.year - OLDEST, last=today.year)
    return year


def check_birth_day(day: date, *, today: date) -> date:
    """Refuse a birthday in the future or of somebody who is grown up."""
    if day > today:
        raise RuleBroken("children_not_a_minor", first=today.year - OLDEST, last=today.year)
    check_birth_year(day.year, today=today)
    return day


def check_line(text: str) -> str:
    """Return a line of text as it is kept; refuse one too long, or one that holds a citizen number."""
    plain = unicodedata.normalize("NFC", text).strip()
    if len(plain) > LONGEST_LINE:
        raise RuleBroken("children_line_too_long", most=LONGEST_LINE)
    if longest_digits(plain) >= CITIZEN_NUMBER:
        raise RuleBroken("children_citizen_number")
    return plain


def check_phone(phone: str) -> str:
    """Return the digits of a telephone number, or nothing; refuse what is none."""
    plain = fold_phone(phone)
    if plain and not 7 <= len(plain) <= 13:
        raise RuleBroken("children_phone_unknown")
    return plain


def fold_phone(phone: str) -> str:
    """Return the digits alone, without the country's number in front."""
    digits = "".join(
        each for each in unicodedata.normalize("NFKC", phone) if each.isascii() and each.isdigit()
    )
    for front in ("0086", "86"):
        if digits.startswith(front) and len(digits) - len(front) == 11:
            return digits[len(front) :]
    return digits


def longest_digits(text: str) -> int:
    """Return the length of the longest run of digits; spaces and hyphens do not end a run."""
    longest = run = 0
    for each in unicodedata.normalize("NFKC", text):
        if each.isdigit():
            run += 1
            longest = max(longest, run)
        elif each not in " -":
            run = 0
    return longest


def turns(age: int, born_on: date) -> date:
    """Return the birthday; who was born on 29 February has it on 1 March in other years."""
    try:
        return born_on.replace(year=born_on.year + age)
    except ValueError:
        return date(born_on.year + age, 3, 1)


# --- Looking for a child before registering one ------------------------------

LEAST_CHARACTERS = 2
"""Nobody looks through the register with less: one surname would list a county."""

LOOKED_FOR = timedelta(minutes=15)
"""How long a look allows registering what was looked for."""


LOOKS_AN_HOUR = 60
"""Who looks more often goes through a list of names, which is an import's work or nobody's."""


class Despite(StrEnum):
    """Why a child is registered although another like it is on the register."""

    SIBLING = "sibling"
    NAMESAKE = "namesake"
    OTHER_CHILD = "other_child"


# --- Consent ----------------------------------------------------------------


class ConsentPurpose(StrEnum):
    """What is agreed to, each on its own (PIPL 23, 25, 29)."""

    CASE_WORK = "case_work"
    HELPING = "helping"
    COUNSELLING = "counselling"
    AID = "aid"
    SHARING = "sharing"
    PUBLISHING = "publishing"


class Party(StrEnum):
    """Who agrees."""

    GUARDIAN = "guardian"
    CHILD = "child"


class Way(StrEnum):
    """How it was given, so that it can be shown later."""

    PAPER = "paper"
    VISIT = "visit"
    SPOKEN = "spoken"


class Closing(StrEnum):
    """Why a file is closed without a case; a case has reasons of its own."""

    GROWN_UP = "grown_up"
    MOVED_AWAY = "moved_away"
    NO_LONGER = "no_longer"
    WITHDRAWN = "withdrawn"
    MISTAKE = "mistake"


OWN_FROM_AGE = 14
"""From 14 the child's own consent is needed too, and the guardian is told (domain.md 11.3)."""

TEXTS: Mapping[ConsentPurpose, tuple[date, ...]] = dict.fromkeys(
    ConsentPurpose, (date(2023, 9, 1),)
)
"""The days from which versions 1, 2, … of the texts hold; the words stand in words.py."""

WITHOUT_CONSENT = frozenset({Purpose.RIGHTS, Purpose.BROKEN_GLASS, Purpose.APPROVED_READING})
"""Reading for safety and for the family's rights waits for no consent; nor does a report of duty."""


class Standing(StrEnum):
    """How a purpose stands with a child."""

    GIVEN = "given"
    MISSING = "missing"
    WITHDRAWN = "withdrawn"


def version_on(purpose: ConsentPurpose, day: date) -> int:
    """Return the version of the text that holds on the day; the first also before it."""
    return max(1, sum(1 for since in TEXTS[purpose] if since <= day))


def parties_needed(purpose: ConsentPurpose, birth_year: int, day: date) -> frozenset[Party]:
    """Return who must agree on the day.

    Whoever turns 14 in the year is asked from its first day: the register shows the year alone to
    those who check, and asking a child a few months early does no harm. To publish needs both at
    any age (the measures of January 2025). To be counselled, a child that is surely 14 agrees alone:
    the guardian is told, and may be what the talk is about.
    """
    if purpose is ConsentPurpose.COUNSELLING and day.year - birth_year > OWN_FROM_AGE:
        return frozenset({Party.CHILD})
    if purpose is ConsentPurpose.PUBLISHING or day.year - birth_year >= OWN_FROM_AGE:
        return frozenset(Party)
    return frozenset({Party.GUARDIAN})


def standing(
    needed: Collection[Party], given: Collection[Party], withdrawn: Collection[Party]
) -> Standing:
    """Say how a purpose stands.

    A withdrawal that was not given anew outweighs the rest: of whoever must agree, and of the child
    at any age.
    """
    if any(party in withdrawn and party not in given for party in {*needed, Party.CHILD}):
        return Standing.WITHDRAWN
    return Standing.GIVEN if set(needed) <= set(given) else Standing.MISSING


# --- How long the register keeps a child --------------------------------------

KEPT_AFTER_CLOSING = timedelta(days=365 * 3)
"""Closed files are erased three years later (PIPL 19; records of processing are kept three years)."""
