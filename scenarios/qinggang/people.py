"""Who works in the county: accounts with a post each, and the five-old helpers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from scenarios.qinggang.register import QINGGANG, YINGCHUN
from scenarios.qinggang.times import Times
from scenarios.suihua.city import Account
from scenarios.suihua.names import invented_name

from mingtian.org.actions import PostSpec, give_post
from mingtian.org.models import Unit
from mingtian.org.queries import unit_rows
from mingtian.org.rules import Line, Role

CHILDREN_OF_A_HELPER = 8
ACTOR = "system:scenario"

POSTS: Sequence[tuple[str, Role, str]] = (
    ("qinggang", Role.OFFICE, QINGGANG),
    ("qinggang-auditor", Role.AUDITOR, QINGGANG),
    ("aid-clerk", Role.AID_CLERK, QINGGANG),
    ("cashier", Role.CASHIER, QINGGANG),
    ("yingchun", Role.OFFICE, YINGCHUN),
    ("case-worker", Role.CASE_WORKER, YINGCHUN),
    ("counsellor", Role.COUNSELLOR, "school"),
    ("helper", Role.HELPER, YINGCHUN),
)
"""Accounts that people sign in with. ``school`` is Yingchun's."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Staff:
    """The people by user name, and those who help; ``accounts`` are told at the end."""

    by_name: Mapping[str, User]
    helpers: tuple[User, ...]
    accounts: tuple[Account, ...]

    def __getitem__(self, name: str) -> User:
        return self.by_name[name]


def appoint(
    units: Mapping[str, int], school: Unit, *, pairs: int, password: str, times: Times, rng: Random,
) -> Staff:  # fmt: skip
    """Make the accounts, and as many helpers as the pairs need; nobody signs in as the latter."""
    places = Unit.objects.in_bulk([units[key] for _, _, key in POSTS if key in units])
    where = {key: places[units[key]] for _, _, key in POSTS if key in units} | {"school": school}
    day = times.since
    hashed = make_password(password)
    by_name, accounts = {}, []
    for username, role, key in POSTS:
        user = User.objects.create(
            username=username, password=hashed, first_name=invented_name(rng)
        )
        _post(user, where[key], role, times)
        by_name[username] = user
    rows = unit_rows([unit.pk for unit in where.values()], day)
    for username, role, key in POSTS:
        row = rows[where[key].pk]
        accounts.append(
            Account(
                username=username, role=role, unit_id=row.id, unit_name=row.name,
                unit_name_en=row.name_en, line=Line.LEADS,
            )
        )  # fmt: skip
    helpers = [by_name["helper"]]
    for number in range(2, -(-pairs // CHILDREN_OF_A_HELPER) + 1):
        user = User(username=f"five-old-{number}", first_name=invented_name(rng))
        user.set_unusable_password()
        user.save(force_insert=True)
        _post(user, where[YINGCHUN], Role.HELPER, times)
        helpers.append(user)
    return Staff(by_name=by_name, helpers=tuple(helpers), accounts=tuple(accounts))


def _post(user: User, unit: Unit, role: Role, times: Times) -> None:
    spec = PostSpec(user=user, unit=unit, role=role)
    give_post(spec=spec, starts_on=times.since, actor=ACTOR, now=times.begun)
