"""What waits at gifts is counted for the right people, and rows open to nobody else (isolation)."""

import random
from datetime import timedelta

from django.contrib.auth.models import User
from django.db import connection

from mingtian.core.clock import day_of
from mingtian.gifts import actions
from mingtian.gifts.access import get_handover
from mingtian.gifts.models import HandOver, Need, Round
from mingtian.gifts.queries.todo import SHOWN
from mingtian.gifts.rules import SignWay
from mingtian.gifts.tests.conftest import TODAY, Place
from mingtian.org.queries import list_posts
from mingtian.org.rules import Role
from mingtian.testing.cast import make_staff
from mingtian.testing.make import NOW
from mingtian.vault.access import enter, keep
from mingtian.vault.models import Child, Reach
from mingtian.vault.queries.todo import list_waiting
from mingtian.vault.rules import Purpose


def waiting(user: User) -> dict[str, int]:
    posts = list_posts(user.pk, day_of(NOW))
    return {todo.kind: todo.number for todo in list_waiting({"gifts": SHOWN}, posts, now=NOW)}


def test_the_desk_counts_what_to_carry_confirm_and_look_at(place: Place) -> None:
    place.receive(10)
    child = place.child()
    place.help(child)
    row = place.plan(child)
    place.need(child)

    assert waiting(place.helper) == {"gifts.carry": 1}
    assert waiting(place.worker) == {"gifts.carry": 1}
    assert waiting(place.town) == {"gifts.release": 1}

    with enter(place.helper, now=NOW, purpose=Purpose.HELPING) as door:
        actions.hand_over(door, get_handover(door, row.public_id), SignWay.SECOND)
    assert waiting(place.helper) == {}
    assert waiting(place.worker) == {"gifts.confirm": 1}
    assert waiting(place.town) == {"gifts.confirm": 1, "gifts.release": 1}
    far = make_staff("far", place.tree.far_county, Role.OFFICE)
    assert waiting(far) == {}


def make_rows(place: Place, people: list[User], chance: random.Random) -> None:
    units = [place.tree.village, place.tree.town, place.tree.far_county]
    for number in range(60):
        unit = chance.choice(units)
        going = Round.objects.create(
            unit=unit, county=place.tree.county, title=f"{number}", tag="other", goes_on=TODAY,
            noted_by=place.town, noted_at=NOW,
        )  # fmt: skip
        with keep("make rows"):
            child = Child.objects.create(unit=unit, admitted_at=NOW)
            HandOver.objects.create(
                round=going, unit=unit, child=child, planned_by=place.town, planned_at=NOW
            )
            Need.objects.create(
                child=child, unit=unit, county=place.tree.county, thing="coat",
                written_by=place.worker, written_at=NOW,
            )  # fmt: skip
            for part in ("worker", "helper", "reader", "counsellor"):
                if chance.random() < 0.3:
                    begins = NOW + timedelta(hours=chance.choice([-2, -1, 1]))
                    Reach.objects.create(
                        child=child, user=chance.choice(people), part=part, starts_at=begins,
                        ends_at=chance.choice([None, begins + timedelta(minutes=90)]), source="test",
                    )  # fmt: skip


HOLDING = {
    "worker": Role.CASE_WORKER, "helper": Role.HELPER, "counsellor": Role.COUNSELLOR,
}  # fmt: skip


def test_rows_open_as_an_oracle_says_through_raw_sql(place: Place) -> None:
    chance = random.Random(20230918)
    tree = place.tree
    reach = {
        "county": {tree.county.pk, tree.town.pk, tree.village.pk},
        "town": {tree.town.pk, tree.village.pk}, "village": {tree.village.pk},
        "far_county": {tree.far_county.pk}, "city": set(), "school": set(),
    }  # fmt: skip
    posts = [(unit, role) for unit in reach for role in (
        Role.OFFICE, Role.DIRECTOR, Role.CASE_WORKER, Role.HELPER, Role.CASHIER, Role.AID_CLERK,
        Role.COUNSELLOR, Role.AUDITOR)]  # fmt: skip
    chance.shuffle(posts)
    people = {}
    for number, (unit, role) in enumerate(posts):
        try:
            people[make_staff(f"one{number}", getattr(tree, unit), role)] = (unit, role)
        except Exception:  # noqa: BLE001 - a post that there is not at such a unit
            continue
    make_rows(place, list(people), chance)
    roles = {user.pk: role for user, (_, role) in people.items()}
    with keep("the facts"):
        rows = list(HandOver.objects.values_list("id", "unit_id", "child_id"))
        parts = [
            (r.user_id, r.child_id, r.part) for r in Reach.objects.all()
            if r.starts_at <= NOW and (r.ends_at is None or r.ends_at > NOW)
            # A part opens nothing to who does not hold the post that goes with it.
            and (r.part == "reader" or roles[r.user_id] == HOLDING[r.part])
        ]  # fmt: skip
        needs = dict(Need.objects.values_list("child_id", "id"))

    compared = 0
    for user, (unit, role) in people.items():
        offices = reach[unit] if role in {Role.OFFICE, Role.DIRECTOR} else set()
        seen = offices | (reach[unit] if role is Role.CASE_WORKER else set())
        going = {c for u, c, part in parts if u == user.pk and part in {"worker", "helper"}}
        working = {c for u, c, part in parts if u == user.pk and part == "worker"}
        with (
            enter(user, now=NOW, purpose=Purpose.AID),
            connection.cursor() as cursor,
        ):
            cursor.execute("SELECT id FROM gifts_handover")
            assert {k for (k,) in cursor.fetchall()} == {
                key for key, at, child in rows if at in seen or child in going
            }, (unit, role)
            cursor.execute("SELECT id FROM gifts_need")
            assert {k for (k,) in cursor.fetchall()} == {
                needs[child] for _, at, child in rows if at in offices or child in working
            }, (unit, role)
        compared += 2 * len(rows)
    assert compared > 2_000
