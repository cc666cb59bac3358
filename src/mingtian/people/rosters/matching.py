"""Which class or staff group a row means, by the names of school, grade and class.

Only units below the one the import is made under are known, so a row can never reach
somebody else's class.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from mingtian.org import queries as units
from mingtian.org.queries import UnitRow
from mingtian.org.rules import Line, UnitKind, fold_name
from mingtian.people.rules import PersonKind

K = UnitKind
HOLDERS = frozenset({K.SCHOOL, K.TOWNSHIP, K.VILLAGE, K.SECTOR, K.COUNTY, K.CITY})
"""Units that the column ``school`` may name."""


class Named(NamedTuple):
    """What a row says about its place, as written."""

    school: str
    grade: str
    class_name: str
    kind: PersonKind | None

    @property
    def class_as_written(self) -> str:
        return f"{self.grade} {self.class_name}".strip()


@dataclass(frozen=True, slots=True)
class Missing:
    """A class that does not exist yet, in a school that does.

    ``grade`` and ``class_key`` are folded, so that two spellings are one class; the names
    are as the file wrote them first.
    """

    school_id: int
    grade: str
    class_key: str
    grade_name: str = field(compare=False, default="")
    class_name: str = field(compare=False, default="")


@dataclass(frozen=True, slots=True)
class Unknown:
    """Why no unit was found: a code with a sentence, and the names it may repeat."""

    code: str
    facts: dict[str, str] = field(default_factory=dict, hash=False)


Found = int | Missing | Unknown


class UnitBook:
    """The units below one unit on a day, found by name. Answers are remembered.

    ``kinds`` tells of each found unit whose roster it is.
    """

    def __init__(self, under: UnitRow, day: date) -> None:
        line = Line.GUIDES if under.kind is K.SECTOR else Line.LEADS
        above = units.list_ancestors(under.id, day, line)
        below = units.list_subtree(under.id, day, line)
        self._rows = {row.id: row for row in [*above, *below]}
        self._under = under
        self._inside = {row.id for row in below}
        self._holders: dict[str, set[int]] = defaultdict(set)
        self._classes: dict[tuple[int, str], set[int]] = defaultdict(set)
        self._groups: dict[int, list[UnitRow]] = defaultdict(list)
        self._schools: set[int] = set()
        for row in below:
            self._enter(row)
        if (own := self._school_of(under)) is not None:
            self._add_holder(self._rows[own])
            self._schools.add(own)
        self._answers: dict[Named, Found] = {}

    def find(self, named: Named) -> Found:
        """Return the unit's key, a class that could be founded, or why there is none."""
        found = self._answers.get(named)
        if found is None:
            found = self._answers[named] = self._find(named)
        return found

    def kind_at(self, unit_id: int) -> PersonKind:
        """Return the kind of people on this unit's roster when the file names none."""
        row = self._rows[unit_id]
        if row.kind is K.CLASS:
            return PersonKind.PUPIL
        above = self._rows.get(row.superior_id or 0)
        in_school = above is not None and above.kind is K.SCHOOL
        return PersonKind.TEACHER if in_school else PersonKind.FIVE_OLD

    def title(self, unit_id: int) -> str:
        """Return school, grade and class as one name for people."""
        titles: list[str] = []
        row: UnitRow | None = self._rows[unit_id]
        while row is not None and row.kind in {K.CLASS, K.STAFF_GROUP, K.GRADE, K.SCHOOL}:
            titles.insert(0, row.title)
            row = self._rows.get(row.superior_id or 0)
        return " · ".join(titles)

    def school_title(self, school_id: int) -> str:
        return self._rows[school_id].title

    def _enter(self, row: UnitRow) -> None:
        if row.kind in HOLDERS:
            self._add_holder(row)
        if row.kind is K.SCHOOL:
            self._schools.add(row.id)
        if row.kind is K.STAFF_GROUP and row.superior_id is not None:
            self._groups[row.superior_id].append(row)
        if row.kind is K.CLASS and (school := self._school_of(row)) is not None:
            grade = self._rows.get(row.superior_id or 0)
            for key in class_keys(row, grade if grade and grade.kind is K.GRADE else None):
                self._classes[school, key].add(row.id)

    def _add_holder(self, row: UnitRow) -> None:
        for name in filter(None, (row.name, row.name_en)):
            self._holders[fold_name(name)].add(row.id)

    def _school_of(self, row: UnitRow) -> int | None:
        here: UnitRow | None = row
        while here is not None and here.kind is not K.SCHOOL:
            here = self._rows.get(here.superior_id or 0)
        return here.id if here else None

    def _find(self, named: Named) -> Found:
        wants_class = named.kind in {None, PersonKind.PUPIL}
        if self._under.kind is K.STAFF_GROUP and named.kind is not PersonKind.PUPIL:
            return self._under.id
        holder = self._holder(named.school, schools_only=wants_class)
        if isinstance(holder, Unknown):
            return holder
        return self._class(holder, named) if wants_class else self._group(holder, named)

    def _holder(self, name: str, *, schools_only: bool) -> int | Unknown:
        if name:
            found = self._holders.get(fold_name(name), set())
            found = found & self._schools if schools_only else found
        else:
            found = self._schools
        if len(found) == 1:
            return next(iter(found))
        if not name:
            return Unknown("school_missing")
        return Unknown("school_ambiguous" if found else "school_unknown", {"school": name})

    def _class(self, school_id: int, named: Named) -> Found:
        if not named.class_name:
            return self._under.id if self._under.kind is K.CLASS else Unknown("class_missing")
        grade, own = grade_key(named.grade), class_key(named.class_name)
        keys = [own] if not grade or own.startswith(grade) else [grade + own]
        found = {each for key in keys for each in self._classes.get((school_id, key), ())}
        if len(found) == 1:
            return next(iter(found))
        facts = {"class_name": named.class_as_written}
        if found:
            return Unknown("class_ambiguous", facts)
        if school_id not in self._inside:
            return Unknown("class_unknown", facts)
        return _missing(school_id, named)

    def _group(self, holder: int, named: Named) -> Found:
        groups: Sequence[UnitRow] = self._groups[holder]
        if named.class_name:
            # A group is often named after what it stands under: 五老 of 河口镇 is 河口镇五老.
            above, own = fold_name(self._rows[holder].name), fold_name(named.class_name)
            groups = [
                row
                for row in groups
                if {own, above + own} & {fold_name(row.name), fold_name(row.name_en)}
            ]
        if len(groups) == 1:
            return groups[0].id
        facts = {"group": named.class_name or self._rows[holder].title}
        return Unknown("group_ambiguous" if groups else "group_unknown", facts)


_GRADE_AND_CLASS = re.compile(r"([0-9]+年级)(.+)")


def grade_key(name: str) -> str:
    """Return the folded grade; a bare number is a grade."""
    folded = fold_name(name).removesuffix("级").removesuffix("年") if name else ""
    return f"{folded}年级" if folded.isdecimal() else fold_name(name)


def class_key(name: str) -> str:
    """Return the folded class; a bare number is a class."""
    folded = fold_name(name)
    return f"{folded}班" if folded.isdecimal() else folded


def class_keys(row: UnitRow, grade: UnitRow | None) -> set[str]:
    """Return every key by which a class may be named: alone, and with its grade."""
    keys = {class_key(name) for name in (row.name, row.name_en) if name}
    above = {grade_key(name) for name in (grade.name, grade.name_en) if name} if grade else set()
    return keys | {
        grade_name + own for grade_name in above for own in keys if not own.startswith(grade_name)
    }


def _missing(school_id: int, named: Named) -> Missing:
    """Name a class to be founded, so that two spellings of it become one."""
    grade, own = grade_key(named.grade), class_key(named.class_name)
    if (parts := _GRADE_AND_CLASS.fullmatch(own)) is not None:
        grade, own = grade or parts[1], parts[2] if not grade or parts[1] == grade else own
    return Missing(
        school_id,
        grade,
        own,
        grade_name=named.grade if fold_name(named.grade) == grade else grade,
        class_name=named.class_name if fold_name(named.class_name) == own else own,
    )
