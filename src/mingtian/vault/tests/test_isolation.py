"""Ten thousand pairs of a person and a child: pages' door and raw SQL give what the parts say.

The oracle works on the facts of the making, in Python, and asks the database nothing.
"""

import contextlib
import random
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection

from mingtian.org.models import Unit
from mingtian.org.rules import Role
from mingtian.testing.cast import make_staff
from mingtian.testing.make import DAY, NOW, Tree, make_tree
from mingtian.vault import keystore, rules
from mingtian.vault.access import TurnedAway, _take_role, enter, keep
from mingtian.vault.models import Child, Reach
from mingtian.vault.rules import FieldClass, FileState, Part, Purpose

CHILDREN = 250
PAIRS = 10_000
AID = Purpose.AID


@dataclass(frozen=True)
class Post:
    """A person with one post; ``below`` are the keys of the units under it."""

    user: User
    role: Role
    kind: str
    below: frozenset[int]


HOLDING = {
    Part.WORKER: {Role.CASE_WORKER}, Part.HELPER: {Role.HELPER}, Part.COUNSELLOR: {Role.COUNSELLOR},
    Part.READER: set(Role),
}  # fmt: skip
"""A part opens nothing to who does not hold the post that goes with it."""


def units_below(tree: Tree) -> dict[str, frozenset[int]]:
    """The small world's subtrees on the leading line, written out."""
    county = {tree.county.pk, tree.town.pk, tree.village.pk, tree.school.pk, tree.other_school.pk}
    return {
        "city": frozenset(county | {tree.city.pk, tree.far_county.pk, tree.far_school.pk}),
        "county": frozenset(county),
        "town": frozenset({tree.town.pk, tree.village.pk}),
        "village": frozenset({tree.village.pk}),
        "school": frozenset({tree.school.pk}),
        "far_county": frozenset({tree.far_county.pk, tree.far_school.pk}),
    }


def make_posts(tree: Tree) -> list[Post]:
    below = units_below(tree)
    given = [
        ("city", Role.OFFICE), ("city", Role.AUDITOR), ("county", Role.OFFICE),
        ("county", Role.DIRECTOR), ("county", Role.CASE_WORKER), ("county", Role.AID_CLERK),
        ("town", Role.OFFICE), ("town", Role.CASE_WORKER), ("town", Role.CASHIER),
        ("village", Role.CASE_WORKER), ("village", Role.HELPER), ("school", Role.COUNSELLOR),
        ("school", Role.PRINCIPAL), ("school", Role.AID_CLERK), ("school", Role.OFFICE),
        ("far_county", Role.CASE_WORKER), ("far_county", Role.OFFICE),
    ]  # fmt: skip
    posts = []
    for number, (name, role) in enumerate(given):
        unit: Unit = getattr(tree, name)
        user = make_staff(f"person{number}", unit, role)
        posts.append(Post(user=user, role=role, kind=unit.kind, below=below[name]))
    return posts


@dataclass(frozen=True)
class Made:
    """A child with the facts of its making; parts by user key, as they stand at NOW."""

    row: Child
    parts: dict[int, frozenset[Part]]


def make_children(tree: Tree, posts: list[Post], chance: random.Random) -> list[Made]:
    villages = [tree.village, tree.town, tree.far_county]
    schools = [tree.school, tree.other_school, tree.far_school, None]
    made = []
    with keep("make children"):
        for _ in range(CHILDREN):
            school = chance.choice(schools)
            row = Child.objects.create(
                unit=chance.choice(villages), school=school, admitted_at=NOW,
                state=chance.choice([FileState.OPEN, FileState.OPEN, FileState.CLOSED]),
                erased_at=NOW if chance.random() < 0.05 else None,
            )  # fmt: skip
            made.append(Made(row=row, parts=_give_parts(row, posts, chance)))
    return made


def _give_parts(row: Child, posts: list[Post], chance: random.Random) -> dict[int, frozenset[Part]]:
    held: dict[int, set[Part]] = {}
    for number in range(chance.randrange(6)):
        post = chance.choice(posts)
        part = chance.choice([Part.WORKER, Part.HELPER, Part.COUNSELLOR, Part.READER])
        begins = NOW + timedelta(hours=chance.choice([-9, -1, 1]))
        ends = chance.choice([None, begins + timedelta(hours=3)])
        Reach.objects.create(
            child=row, user=post.user, part=part, starts_at=begins, ends_at=ends,
            source=f"test:{number}",
        )  # fmt: skip
        if begins <= NOW and (ends is None or ends > NOW) and post.role in HOLDING[part]:
            held.setdefault(post.user.pk, set()).add(part)
    return {user: frozenset(parts) for user, parts in held.items()}


def expected(post: Post, child: Made) -> tuple[bool, frozenset[FieldClass]]:
    """Whether the number is in sight, and which classes open: by the facts alone."""
    row = child.row
    if row.erased_at is not None:
        near = {row.unit_id, row.school_id} & post.below
        seeing = (post.role in rules.SUPERVISING and post.kind in rules.SUPERVISING_AT) or (
            post.role in rules.REGISTERING | rules.CLERKS
        )
        return bool(near) and seeing, frozenset()
    state = FileState(row.state)
    parts = set(child.parts.get(post.user.pk, frozenset()))
    near = {row.unit_id, row.school_id} & post.below
    if post.role in rules.CLERKS and near:
        parts.add(Part.CLERK)
    opened = frozenset().union(*(rules.opened(part, state) for part in parts))
    alive = {part for part in parts if rules.opened(part, state)}
    seeing = (post.role in rules.SUPERVISING and post.kind in rules.SUPERVISING_AT) or (
        post.role in rules.REGISTERING | rules.CLERKS
    )
    return bool(alive) or (seeing and bool(near)), opened


@pytest.fixture
def made(db: None) -> tuple[list[Post], list[Made]]:
    chance = random.Random(20230918)
    tree = make_tree()
    posts = make_posts(tree)
    return posts, make_children(tree, posts, chance)


def test_raw_sql_under_the_role_sees_what_the_oracle_says(
    made: tuple[list[Post], list[Made]],
) -> None:
    posts, children = made
    pairs = 0
    for post in posts:
        with connection.cursor() as cursor:
            _take_role(post.user.pk, NOW)
            cursor.execute("SELECT id FROM vault_child")
            seen = {key for (key,) in cursor.fetchall()}
            cursor.execute("SELECT set_config('role', 'none', true), vault_leave()")
        wanted = {one.row.pk for one in children if expected(post, one)[0]}
        assert seen == wanted, post
        pairs += len(children)
    assert pairs >= len(posts) * CHILDREN


def test_what_waits_is_counted_below_the_units_that_the_door_supervises(
    made: tuple[list[Post], list[Made]],
) -> None:
    """The counts on the desk are asked without the door, by posts written out in SQL."""
    posts, _children = made
    supervising = 0
    kinds = [kind.value for kind in rules.SUPERVISING_AT]
    places = set(Unit.objects.filter(kind__in=kinds).values_list("pk", flat=True))
    for post in posts:
        with connection.cursor() as cursor:
            _take_role(post.user.pk, NOW)
            cursor.execute("SELECT vault_ids('supervised')")
            (units,) = cursor.fetchone() or ([],)
            cursor.execute("SELECT set_config('role', 'none', true), vault_leave()")
            cursor.execute("SELECT vault_supervised(%s, %s)", [post.user.pk, DAY])
            # Classes and grades come along; no child is of a class.
            assert {unit for (unit,) in cursor.fetchall()} & places == set(units), post
        supervising += bool(units)
    assert supervising >= 4


def test_the_door_opens_what_the_oracle_says(made: tuple[list[Post], list[Made]]) -> None:
    """Random pairs with a random class each; a refusal is as good an answer as a key."""
    posts, children = made
    chance = random.Random(1)
    classes = list(FieldClass)
    for post in posts:
        with enter(post.user, now=NOW, purpose=Purpose.CASE_WORK) as door:
            for _ in range(PAIRS // len(posts) + 1):
                child, wanted = chance.choice(children), chance.choice(classes)
                assert door.may(child.row.pk, wanted) == (wanted in expected(post, child)[1])


def test_a_key_is_handed_out_for_all_classes_or_none(made: tuple[list[Post], list[Made]]) -> None:
    posts, children = made
    chance = random.Random(2)
    keystore.make_many([one.row.public_id for one in children], now=NOW)
    for _ in range(300):
        post, child = chance.choice(posts), chance.choice(children)
        asked = chance.sample(list(FieldClass), chance.choice([1, 1, 2]))
        given = False
        with contextlib.suppress(TurnedAway), enter(post.user, now=NOW, purpose=AID) as door:
            given = set(door.keys([child.row.pk], asked)) == {child.row.pk}
        assert given == (set(asked) <= expected(post, child)[1])


@pytest.mark.parametrize(
    "table", ["vault_child", "vault_reach", "vault_reading", "vault_link", "vault_tombstone",
              "vault_request"],
)  # fmt: skip
def test_the_owner_without_the_door_sees_no_row(
    made: tuple[list[Post], list[Made]], table: str
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False,)
        cursor.execute(f"SELECT count(*) FROM {table}")
        assert cursor.fetchone() == (0,)


def test_posts_that_ended_open_nothing(db: None) -> None:
    tree = make_tree()
    office = make_staff("office", tree.town, Role.OFFICE)
    with keep("make a child"):
        Child.objects.create(unit=tree.village, admitted_at=NOW)
    with enter(office, now=NOW, purpose=Purpose.SUPERVISING):
        assert Child.objects.count() == 1
    office.posts.update(ends_on=date(2023, 9, 18))
    with enter(office, now=NOW, purpose=Purpose.SUPERVISING):
        assert Child.objects.count() == 0


def test_a_worker_who_left_the_post_has_left_the_child(db: None) -> None:
    tree = make_tree()
    worker = make_staff("worker", tree.village, Role.CASE_WORKER)
    with keep("make a child"):
        child = Child.objects.create(unit=tree.village, admitted_at=NOW)
        Reach.objects.create(
            child=child, user=worker, part=Part.WORKER, starts_at=NOW, source="test:1"
        )
    keystore.make(child.public_id, now=NOW)
    with enter(worker, now=NOW, purpose=Purpose.CASE_WORK) as door:
        assert door.may(child.pk, FieldClass.NAME)
    worker.posts.update(ends_on=date(2023, 9, 18))
    with enter(worker, now=NOW, purpose=Purpose.CASE_WORK) as door:
        assert not door.may(child.pk, FieldClass.NAME)
        assert Child.objects.count() == 0


def test_a_person_whose_account_is_off_sees_nothing(db: None) -> None:
    tree = make_tree()
    office = make_staff("office", tree.town, Role.OFFICE)
    with keep("make a child"):
        Child.objects.create(unit=tree.village, admitted_at=NOW)
    User.objects.update(is_active=False)
    with enter(office, now=NOW, purpose=Purpose.SUPERVISING):
        assert Child.objects.count() == 0
