"""The people at the head of every school and county: a post and an invented name, no password.

Without them most of what an office asks would have nobody to answer it. Nobody signs in as they.
"""

from datetime import timedelta
from random import Random

from django.contrib.auth.models import User
from scenarios.suihua.build import OPENED_DAYS_BEFORE
from scenarios.suihua.city import City
from scenarios.suihua.names import invented_name
from scenarios.suihua.register import COUNTIES, ZHAODONG

from mingtian.org.actions import PostSpec, give_post
from mingtian.org.models import Unit
from mingtian.org.rules import Role


def head_of(key: str) -> str:
    """Return the account of whoever heads a unit of the plan."""
    return f"head-{key}"


def appoint_heads(*, city: City, actor: str) -> int:
    """Name everybody who has none, and give each school and county a head; return how many."""
    rng = Random(city.plan.seed)
    for user in User.objects.filter(first_name="").order_by("pk"):
        user.first_name = invented_name(rng)
        user.save(update_fields=["first_name"])
    posts = [
        *((county.code, Role.OFFICE) for county in COUNTIES if county.code != ZHAODONG),
        *((school.key, Role.PRINCIPAL) for school in city.plan.schools
          if school is not city.plan.shangjia),
    ]  # fmt: skip
    units = Unit.objects.in_bulk([city.units[key] for key, _role in posts])
    since = city.evenings[0].held_on - timedelta(days=OPENED_DAYS_BEFORE)
    now = city.evenings[0].starts_at - timedelta(days=OPENED_DAYS_BEFORE - 1)
    for key, role in posts:
        user = User(username=head_of(key), first_name=invented_name(rng))
        user.set_unusable_password()
        user.save(force_insert=True)
        post = PostSpec(user=user, unit=units[city.units[key]], role=role)
        give_post(spec=post, starts_on=since, actor=actor, now=now)
    return len(posts)
