"""What is kept about a child is set right (Minors Online Regulation 34)."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db import connection

from mingtian.children import rules
from mingtian.children.access import thing_of
from mingtian.children.actions.registering import checked_guardian, keep_tokens
from mingtian.children.models import Guardian, Identity
from mingtian.children.queries.places import counties_of
from mingtian.children.spec import Facts, GuardianSpec, Home
from mingtian.children.tokens import (
    AGAIN,
    OF_NAME,
    PHONE,
    WHOLE,
    phone_token,
    tokens_of_name,
)
from mingtian.core import audit
from mingtian.core.clock import day_of
from mingtian.core.ids import public_id
from mingtian.vault.access import Door
from mingtian.vault.rules import FieldClass

if TYPE_CHECKING:
    from mingtian.vault.seals import ChildSeal

C = FieldClass


@dataclass(frozen=True, kw_only=True, slots=True)
class Correction:
    """What is right: everything of the form, for what was right stays so."""

    name: str
    birth_year: int
    facts: Facts
    home: Home


def correct(door: Door, child: int, said: Correction) -> None:
    """Set right who a child is. A new name or year is found by; the old one is not any more."""
    today = day_of(door.now)
    if said.facts.born_on is not None:
        rules.check_birth_day(said.facts.born_on, today=today)
    year = said.facts.born_on.year if said.facts.born_on else said.birth_year
    plain = replace(said, name=rules.check_name(said.name), birth_year=year)
    rules.check_birth_year(year, today=today)
    facts = replace(
        said.facts, ethnicity=rules.check_line(said.facts.ethnicity),
        grade=rules.check_line(said.facts.grade),
    )  # fmt: skip
    home = replace(said.home, address=rules.check_line(said.home.address))
    seal, own = door.keys([child], [C.NAME, C.IDENTITY, C.HOME])[child], str(child)
    before = Identity.objects.get(child_id=child)
    Identity.objects.filter(child_id=child).update(
        name=seal.seal(C.NAME, plain.name, "children_identity", "name", own),
        facts=seal.seal(C.IDENTITY, facts.as_text(), "children_identity", "facts", own),
        home=seal.seal(C.HOME, home.as_text(), "children_identity", "home", own),
        birth_year=year, changed_at=door.now,
    )  # fmt: skip
    was = seal.open(C.NAME, before.name, "children_identity", "name", own)
    if (was, before.birth_year) != (plain.name, year):
        whole = AGAIN if before.despite else WHOLE
        _find_by(child, plain.name, year, _county(door, child), whole=whole)
    _record(door, child, "children.corrected")


def add_guardian(door: Door, child: int, said: GuardianSpec) -> Guardian:
    """Note somebody who looks after the child from today on."""
    plain = checked_guardian(said)
    seal = door.keys([child], [C.HOME])[child]
    own = public_id()
    row = Guardian.objects.create(
        public_id=own, child_id=child, starts_on=day_of(door.now),
        sealed=seal.seal(C.HOME, plain.as_text(), "children_guardian", "sealed", own),
    )  # fmt: skip
    _find_by_phones(child, seal, _county(door, child))
    _record(door, child, "children.guardian_added")
    return row


def end_guardian(door: Door, child: int, guardian: str) -> bool:
    """Note that somebody does not look after the child any more, by the row's public id; says whether
    that was new."""
    row = thing_of(Guardian, child, guardian)
    if not Guardian.objects.filter(pk=row.pk, ends_on=None).update(ends_on=day_of(door.now)):
        return False
    _find_by_phones(child, door.keys([child], [C.HOME])[child], _county(door, child))
    _record(door, child, "children.guardian_ended")
    return True


def find_elsewhere(door: Door, child: int, county: int) -> None:
    """Have the child found in the county where it is to live; not in the one that it leaves.

    Another of the same name and year may be on the register there, as it is when a family moved
    and asked for help anew: the look shows both.
    """
    seal, own = door.keys([child], [C.NAME, C.HOME])[child], str(child)
    row = Identity.objects.get(child_id=child)
    name = seal.open(C.NAME, row.name, "children_identity", "name", own)
    _find_by(child, name, row.birth_year, county, whole=AGAIN)
    _find_by_phones(child, seal, county)


def _find_by(child: int, name: str, birth_year: int, county: int, *, whole: str) -> None:
    _unfind(child, OF_NAME)
    tokens = tokens_of_name(name, birth_year, county, whole=whole)
    keep_tokens([(child, each) for each in tokens])


def _find_by_phones(child: int, seal: "ChildSeal", county: int) -> None:
    rows = Guardian.objects.filter(child_id=child, ends_on=None)
    opened = [
        seal.open(C.HOME, row.sealed, "children_guardian", "sealed", row.public_id) for row in rows
    ]
    phones = {GuardianSpec.from_text(text).phone for text in opened} - {""}
    _unfind(child, (PHONE,))
    keep_tokens([(child, phone_token(phone, county)) for phone in sorted(phones)])


def _unfind(child: int, kinds: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT children_unfind(%s, %s)", [child, list(kinds)])


def _county(door: Door, child: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT unit_id FROM vault_child WHERE id = %s", [child])
        (unit,) = cursor.fetchone() or (0,)
    return counties_of([unit], day_of(door.now))[unit]


def _record(door: Door, child: int, action: str) -> None:
    audit.record(
        actor=door.username, action=action, subject=f"child:{child}", now=door.now, child=child
    )
