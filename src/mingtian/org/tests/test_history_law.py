"""Whatever is moved, merged or closed later, each past day keeps its tree and its totals."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mingtian.core.errors import RuleBroken
from mingtian.org.actions import (
    UnitSpec,
    close_unit,
    create_tree,
    create_unit,
    merge_units,
    move_unit,
    place_unit,
    rename_unit,
)
from mingtian.org.models import Unit
from mingtian.org.rules import INNER_SUPERIORS, SUPERIORS, Line, UnitKind
from mingtian.testing.make import ACTOR, NOW

pytestmark = pytest.mark.django_db

K = UnitKind
FIRST = date(2026, 9, 1)
Picture = dict[tuple[int, str], str]

SCHOOLS, GRADES = 4, 2
KINDS_TO_MOVE = [K.SCHOOL, K.GRADE, K.CLASS, K.TOWNSHIP, K.STAFF_GROUP, K.SECTOR]


def specs() -> list[UnitSpec]:
    tree = [UnitSpec(key="city", kind=K.CITY, name="岚山市", root_of=(Line.LEADS,))]
    tree.append(
        UnitSpec(key="edu", kind=K.SECTOR, name="市教育", leads="city", root_of=(Line.GUIDES,))
    )
    for place in ("a", "b"):
        tree += [
            UnitSpec(key=place, kind=K.COUNTY, name=f"{place}县", leads="city"),
            UnitSpec(key=f"{place}t", kind=K.TOWNSHIP, name="镇", leads=place),
            UnitSpec(key=f"{place}o", kind=K.STAFF_GROUP, name="五老", leads=f"{place}t"),
            UnitSpec(key=f"{place}e", kind=K.SECTOR, name="教育", leads=place, guides="edu"),
        ]
    for number in range(SCHOOLS):
        place, own = "ab"[number % 2], f"s{number}"
        guided = f"{place}e" if number else None
        tree.append(
            UnitSpec(key=own, kind=K.SCHOOL, name=own, leads=f"{place}t" if number > 1 else place, guides=guided)
        )  # fmt: skip
        for grade in range(GRADES):
            tree.append(
                UnitSpec(key=f"{own}g{grade}", kind=K.GRADE, name=f"{grade + 1}年级", leads=own)
            )
            tree += [
                UnitSpec(key=f"{own}g{grade}c{c}", kind=K.CLASS, name=f"{c + 1}班", leads=f"{own}g{grade}")
                for c in range(2)
            ]  # fmt: skip
    return tree


@dataclass
class World:
    """A growing history, and pictures of the days that have passed."""

    random: Random
    today: date = FIRST
    founded: int = 0
    pictures: dict[date, Picture] = field(default_factory=dict)
    done: int = 0

    def any_unit(self, kind: UnitKind | None = None) -> Unit:
        units = Unit.objects.filter(closed_on=None).order_by("pk")
        if kind is not None:
            units = units.filter(kind=kind)
        return self.random.choice(list(units) or list(Unit.objects.order_by("pk")))


def act_move(world: World) -> None:
    unit = world.any_unit(world.random.choice(KINDS_TO_MOVE))
    line = world.random.choice(list(Line))
    fitting = sorted(SUPERIORS[line].get(K(unit.kind), set())) or [K.CITY]
    move_unit(
        unit=unit,
        line=line,
        superior=world.any_unit(world.random.choice(fitting)),
        on=world.today,
        actor=ACTOR,
        now=NOW,
    )


def act_place(world: World) -> None:
    place_unit(
        unit=world.any_unit(K.SCHOOL),
        line=Line.GUIDES,
        superior=world.any_unit(K.SECTOR),
        on=world.today,
        actor=ACTOR,
        now=NOW,
    )


def act_merge(world: World) -> None:
    into = world.any_unit(world.random.choice(KINDS_TO_MOVE))
    units = [world.any_unit(K(into.kind)) for _ in range(2)]
    merge_units(units=units, into=into, on=world.today, actor=ACTOR, now=NOW)


def act_close(world: World) -> None:
    close_unit(
        unit=world.any_unit(world.random.choice(KINDS_TO_MOVE)),
        on=world.today,
        with_inferiors=world.random.random() < 0.3,
        actor=ACTOR,
        now=NOW,
    )


def act_rename(world: World) -> None:
    name = f"{world.random.randrange(9)}号"
    rename_unit(unit=world.any_unit(), name=name, name_en="", on=world.today, actor=ACTOR, now=NOW)


def act_found(world: World) -> None:
    world.founded += 1
    spec = UnitSpec(
        key="new", kind=K.CLASS, name=f"新{world.founded}班", leads=world.any_unit(K.GRADE).pk
    )
    create_unit(spec=spec, opened_on=world.today, actor=ACTOR, now=NOW)


ACTS: list[Callable[[World], None]] = [
    act_move, act_move, act_move, act_place, act_merge, act_close, act_rename, act_found,
]  # fmt: skip


def try_to(act: Callable[[World], None], world: World) -> None:
    try:
        with transaction.atomic():
            act(world)
            world.done += 1
    except RuleBroken:
        pass  # Refusals are part of the law: they must leave no trace, which the checks see.


def picture(day: date) -> Picture:
    """Return each unit's path and name on a day; two paths of one unit fail at once."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT p.unit_id, p.line, p.path::text || ' ' || n.name
               FROM org_placement p JOIN org_unit_name n USING (unit_id)
               WHERE org_holds(p.starts_on, p.ends_on, %(day)s)
                 AND org_holds(n.starts_on, n.ends_on, %(day)s)""",
            {"day": day},
        )
        rows = cursor.fetchall()
    found = {(unit_id, line): shown for unit_id, line, shown in rows}
    assert len(found) == len(rows)
    return found


def check_tree(day: date) -> None:
    """Every open unit stands once per line, its path is its superior's and itself, without circles."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT p.unit_id, p.line, p.path::text, p.superior_id, u.kind
               FROM org_placement p JOIN org_unit u ON u.id = p.unit_id
               WHERE org_holds(p.starts_on, p.ends_on, %(day)s)""",
            {"day": day},
        )
        rows = cursor.fetchall()
    paths = {(unit_id, line): path for unit_id, line, path, _superior, _kind in rows}
    kinds = {unit_id: kind for unit_id, _line, _path, _superior, kind in rows}
    for unit_id, line, path, superior_id, _kind in rows:
        above = f"{paths[superior_id, line]}." if superior_id else ""
        assert path == f"{above}{unit_id}"
        assert len(set(path.split("."))) == len(path.split("."))
    for unit_id, line, _path, superior_id, _kind in rows:
        if line == Line.LEADS and superior_id and kinds[superior_id] in INNER_SUPERIORS:
            follows = (unit_id, Line.GUIDES.value) in paths
            assert follows == ((superior_id, Line.GUIDES.value) in paths)
    open_units = {
        unit.pk
        for unit in Unit.objects.all()
        if unit.opened_on <= day and (unit.closed_on is None or unit.closed_on > day)
    }
    assert {unit_id for unit_id, _line in paths} == open_units


def leaf_totals(day: date) -> dict[str, int]:
    """Return how many persons each unit sums on a day, were every class as large as its key."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT above.line || above.unit_id, sum(leaf.unit_id)
               FROM org_placement above
               JOIN org_placement leaf ON leaf.path <@ above.path AND leaf.line = above.line
               JOIN org_unit u ON u.id = leaf.unit_id AND u.kind IN ('class', 'staff_group')
               WHERE org_holds(above.starts_on, above.ends_on, %(day)s)
                 AND org_holds(leaf.starts_on, leaf.ends_on, %(day)s)
               GROUP BY 1""",
            {"day": day},
        )
        return dict(cursor.fetchall())


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    seed=st.integers(0, 2**32),
    days=st.lists(st.lists(st.sampled_from(ACTS), max_size=4), min_size=1, max_size=8),
)
def test_later_changes_leave_every_past_day_as_it_was(
    seed: int, days: list[list[Callable[[World], None]]]
) -> None:
    world = World(Random(seed))
    with transaction.atomic():
        create_tree(specs=specs(), opened_on=FIRST, actor=ACTOR, now=NOW)
        totals: dict[date, dict[str, int]] = {}
        for acts in days:
            for act in acts:
                try_to(act, world)
            check_tree(world.today)
            world.pictures[world.today] = picture(world.today)
            totals[world.today] = leaf_totals(world.today)
            world.today += timedelta(days=1)

        for day, seen in world.pictures.items():
            assert picture(day) == seen
            assert leaf_totals(day) == totals[day]
            check_tree(day)
        transaction.set_rollback(True)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    seed=st.integers(0, 2**32),
    acts=st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 20)), max_size=10),
)
def test_changes_entered_out_of_order_leave_one_sound_tree_on_every_day(
    seed: int, acts: list[tuple[Callable[[World], None], int]]
) -> None:
    world = World(Random(seed))
    with transaction.atomic():
        create_tree(specs=specs(), opened_on=FIRST, actor=ACTOR, now=NOW)
        for act, offset in acts:
            world.today = FIRST + timedelta(days=offset)
            before = [picture(FIRST + timedelta(days=n)) for n in range(offset)]
            try_to(act, world)
            assert [picture(FIRST + timedelta(days=n)) for n in range(offset)] == before

        for number in range(22):
            check_tree(FIRST + timedelta(days=number))
        transaction.set_rollback(True)
