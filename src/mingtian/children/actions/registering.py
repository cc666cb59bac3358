"""A child comes onto the register, after somebody has looked whether it is there."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import IntegrityError, connection, transaction

from mingtian.children import rules
from mingtian.children.actions.categories import category_row, keep_notes
from mingtian.children.models import Guardian, Identity, Token
from mingtian.children.queries.looking import check_looked, count_doubles, list_doubles
from mingtian.children.queries.places import counties_of
from mingtian.children.spec import ChildSpec, GuardianSpec
from mingtian.children.tokens import Keyed, tokens_of
from mingtian.core import audit
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.core.ids import public_id
from mingtian.vault.access import Door
from mingtian.vault.actions import Admission, Admitted, admit_many, give_parts
from mingtian.vault.rules import FieldClass, Part

C = FieldClass


@dataclass(frozen=True, kw_only=True, slots=True)
class Registered:
    """A child that is on the register from now on."""

    id: int
    public_id: str


def register(door: Door, spec: ChildSpec) -> Registered:
    """Put a child on the register; a case worker becomes its worker.

    Refused without a look just before (``children_look_first``), while another is likely the same and
    ``despite`` says nothing (``children_doubles``), and when somebody registers the same child at
    this moment (``children_registered_already``). Somebody who only enters lists of aid keeps name and
    year alone (``children_aid_only``).
    """
    check_looked(door, spec)
    if spec.despite is None and (doubles := list_doubles(door, spec)):
        raise RuleBroken("children_doubles", number=len(doubles))
    return _register(door, [_checked(door, spec)])[0]


def register_many(door: Door, specs: Sequence[ChildSpec]) -> list[Registered]:
    """Put children of a list on the register, in the order given: all of them or none.

    Nobody looked for each, so likely doubles without ``despite`` refuse the whole (``children_doubles``);
    ``queries.count_doubles`` tells which before. One statement for each table.
    """
    waiting = {number for number, spec in enumerate(specs) if spec.despite is None}
    doubles = count_doubles(door, specs).keys() & waiting
    if doubles:
        raise RuleBroken("children_doubles", number=len(doubles))
    return _register(door, [_checked(door, spec) for spec in specs])


def _register(door: Door, specs: Sequence[ChildSpec]) -> list[Registered]:
    if not specs:
        return []
    workers = _registering(specs)
    for spec in specs:
        if spec.unit_id not in workers and (spec.facts or spec.home or spec.guardians):
            raise RuleBroken("children_aid_only")
    places = [Admission(unit_id=spec.unit_id, school_id=spec.school_id) for spec in specs]
    admitted = admit_many(door, places, classes=[C.NAME, C.IDENTITY, C.HOME])
    pairs = list(zip(admitted, specs, strict=True))
    mine = [child for child, spec in pairs if spec.unit_id in workers]
    give_parts(
        door, {child.id: f"children.child:{child.public_id}" for child in mine},
        user_id=door.user_id, part=Part.WORKER,
    )  # fmt: skip
    counties = counties_of([spec.unit_id for spec in specs], day_of(door.now))
    Identity.objects.bulk_create(_identity(door, child, spec) for child, spec in pairs)
    Guardian.objects.bulk_create(
        _guardian(door, child, each) for child, spec in pairs for each in spec.guardians
    )
    keep_notes(
        category_row(door, child.id, spec.birth_year, each)
        for child, spec in pairs
        for each in spec.categories
    )
    keep_tokens(
        [
            (child.id, each)
            for child, spec in pairs
            for each in tokens_of(spec, counties[spec.unit_id])
        ]
    )
    if len(pairs) > 1:
        audit.record(
            actor=door.username, action="children.registered_many", subject="child:many",
            now=door.now, children=len(pairs),
        )  # fmt: skip
    else:
        ((child, spec),) = pairs
        audit.record(
            actor=door.username, action="children.registered", subject=f"child:{child.public_id}",
            now=door.now, unit=spec.unit_id, despite=spec.despite.value if spec.despite else None,
        )  # fmt: skip
    return [Registered(id=child.id, public_id=child.public_id) for child in admitted]


def keep_tokens(tokens: Sequence[tuple[int, Keyed]]) -> None:
    """Keep by what children are found; the same child of two hands at once is one."""
    rows = [Token(child_id=child, kind=kind, token=token) for child, (kind, token) in tokens]
    try:
        # A savepoint: PostgreSQL goes on after the refusal, which undoes everything at the door.
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO children_token (child_id, kind, token)"
                " SELECT * FROM unnest(%s::bigint[], %s::text[], %s::bytea[])",
                [
                    [row.child_id for row in rows],
                    [row.kind for row in rows],
                    [row.token for row in rows],
                ],
            )
    except IntegrityError:
        raise RuleBroken("children_registered_already") from None


def _checked(door: Door, spec: ChildSpec) -> ChildSpec:
    today = day_of(door.now)
    facts, home = spec.facts, spec.home
    if facts is not None:
        if facts.born_on is not None:
            rules.check_birth_day(facts.born_on, today=today)
        facts = replace(
            facts, ethnicity=rules.check_line(facts.ethnicity), grade=rules.check_line(facts.grade)
        )
    year = facts.born_on.year if facts is not None and facts.born_on else spec.birth_year
    return replace(
        spec,
        name=rules.check_name(spec.name),
        birth_year=rules.check_birth_year(year, today=today),
        facts=facts,
        home=replace(home, address=rules.check_line(home.address)) if home else None,
        guardians=tuple(checked_guardian(each) for each in spec.guardians),
    )


def checked_guardian(said: GuardianSpec) -> GuardianSpec:
    """Return what is kept of a guardian; refuse what cannot be."""
    return replace(said, name=rules.check_name(said.name), phone=rules.check_phone(said.phone))


def _registering(specs: Sequence[ChildSpec]) -> set[int]:
    """Return those of the units at which the person registers children as a case worker."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT unit FROM unnest(%s::bigint[]) AS unit"
            " WHERE unit = ANY ((SELECT vault_ids('registering'))::bigint[])",
            [sorted({spec.unit_id for spec in specs})],
        )
        return {unit for (unit,) in cursor.fetchall()}


def _identity(door: Door, child: Admitted, spec: ChildSpec) -> Identity:
    seal, own = child.seal, str(child.id)
    facts, home = spec.facts, spec.home
    return Identity(
        child_id=child.id,
        name=seal.seal(C.NAME, spec.name, "children_identity", "name", own),
        facts=facts and seal.seal(C.IDENTITY, facts.as_text(), "children_identity", "facts", own),
        home=home and seal.seal(C.HOME, home.as_text(), "children_identity", "home", own),
        birth_year=spec.birth_year,
        despite=spec.despite.value if spec.despite else "",
        changed_at=door.now,
    )


def _guardian(door: Door, child: Admitted, said: GuardianSpec) -> Guardian:
    own = public_id()
    return Guardian(
        public_id=own,
        child_id=child.id,
        sealed=child.seal.seal(C.HOME, said.as_text(), "children_guardian", "sealed", own),
        starts_on=day_of(door.now),
    )
