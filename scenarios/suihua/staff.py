"""Accounts and posts of staff, one for every role that the lecture hall knows."""

from collections.abc import Mapping
from datetime import date, datetime

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from scenarios.suihua.city import Account
from scenarios.suihua.places import CITY, PROVINCE, SHANGJIA
from scenarios.suihua.plan import Plan
from scenarios.suihua.register import ZHAODONG
from scenarios.suihua.tree import sector_key

from mingtian.org.actions import PostSpec, UnitSpec, give_post
from mingtian.org.models import Unit
from mingtian.org.rules import Line, Role


def posts_of(plan: Plan) -> list[tuple[str, Role, str, Line]]:
    """Return user name, role, plan key of the unit and line of every post.

    From the province down to a class of Shangjia's school; the education bureau sees the
    schools of Zhaodong along the guiding line (ORG-3).
    """
    school = plan.shangjia
    return [
        ("province", Role.OFFICE, PROVINCE, Line.LEADS),
        ("city", Role.OFFICE, CITY, Line.LEADS),
        ("director", Role.DIRECTOR, CITY, Line.LEADS),
        ("auditor", Role.AUDITOR, CITY, Line.LEADS),
        ("county", Role.OFFICE, ZHAODONG, Line.LEADS),
        ("education", Role.OFFICE, sector_key(ZHAODONG), Line.GUIDES),
        ("clerk", Role.CLERK, sector_key(ZHAODONG), Line.GUIDES),
        ("township", Role.OFFICE, SHANGJIA, Line.LEADS),
        ("principal", Role.PRINCIPAL, school.key, Line.LEADS),
        ("duty", Role.DUTY_TEACHER, school.key, Line.LEADS),
        ("teacher", Role.CLASS_TEACHER, school.rooms[0].key, Line.LEADS),
    ]


def give_accounts(
    *, plan: Plan, units: Mapping[str, int], password: str, since: date, actor: str, now: datetime
) -> tuple[Account, ...]:
    """Make the accounts with their posts."""
    # One slow hash for all: they have one password and are the demo's anyway.
    hashed = make_password(password)
    specs: dict[str, UnitSpec] = {spec.key: spec for spec in plan.specs}
    accounts = []
    for username, role, key, line in posts_of(plan):
        user = User.objects.create(username=username, password=hashed)
        unit = Unit.objects.get(pk=units[key])
        post = PostSpec(user=user, unit=unit, role=role, line=line)
        give_post(spec=post, starts_on=since, actor=actor, now=now)
        accounts.append(
            Account(
                username=username,
                role=role,
                unit_id=units[key],
                unit_name=specs[key].name,
                unit_name_en=specs[key].name_en,
                line=line,
            )
        )
    return tuple(accounts)
