"""Reads of accounts: second factors that are missing, people without a post, sessions."""

from dataclasses import dataclass
from datetime import date, datetime

from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.http import HttpRequest

from mingtian.staff.rules import FROM_COUNTY_UP, OPENING_FILES

NEEDING: dict[str, list[str]] = {
    "high": sorted(kind.value for kind in FROM_COUNTY_UP),
    "opening": sorted(role.value for role in OPENING_FILES),
}
"""What :data:`NEEDS_FACTOR` compares with."""

# A sector belongs to the level of the committee it stands at; at the top of its line to the highest.
NEEDS_FACTOR = """
    EXISTS (
        SELECT 1 FROM org_post post JOIN org_unit unit ON unit.id = post.unit_id
        WHERE post.user_id = person.id AND org_holds(post.starts_on, post.ends_on, %(day)s)
          AND (post.role = ANY(%(opening)s) OR unit.kind = ANY(%(high)s)
               OR unit.kind = 'sector' AND NOT EXISTS (
                SELECT 1 FROM org_placement place
                JOIN org_unit above ON above.id = place.superior_id
                WHERE place.unit_id = unit.id AND place.line = 'leads'
                  AND org_holds(place.starts_on, place.ends_on, %(day)s)
                  AND above.kind <> ALL(%(high)s))))
"""
NO_FACTOR = """
    NOT EXISTS (SELECT 1 FROM mfa_authenticator own
                WHERE own.user_id = person.id AND own.type IN ('totp', 'webauthn'))
"""
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What counts as a second factor, here as in :data:`NO_FACTOR`; recovery codes alone do not."""


def needs_second_factor(user_id: int, day: date) -> bool:
    """Say whether the person holds a post that needs a second factor, and has none.

    Posts from county level up need one, and at every level those that open children's files. Superusers
    see everything, so they need one as well. One statement.
    """
    with connection.cursor() as cursor:
        cursor.execute(_MISSING, {"user": user_id, "day": day, **NEEDING})
        return cursor.fetchone() is not None


def factors_are_required() -> bool:
    """Say whether second factors are asked for; a demonstration leaves them to the reader."""
    # Servers do not run the checks, so production asks whatever the variable says.
    return settings.PRODUCTION or settings.SECOND_FACTOR != "offered"


def lacks_second_factor(user_id: int) -> bool:
    """Say whether the person has no second factor, whatever the post; False where none is asked for.

    For what no post may do by a password alone. One statement.
    """
    if not factors_are_required():
        return False
    return not Authenticator.objects.filter(user=user_id, type__in=FACTORS).exists()


def confirmed_lately(request: HttpRequest) -> bool:
    """Say whether the person typed password or code in the last five minutes, or has just signed in."""
    return bool(did_recently_reauthenticate(request))


def users_without_post(day: date) -> list[User]:
    """Return who has a session and holds no post on the day; superusers need none."""
    with_session = RawSQL("SELECT user_id FROM usersessions_usersession", ())
    holding = RawSQL("SELECT user_id FROM org_post WHERE org_holds(starts_on, ends_on, %s)", (day,))
    return list(
        User.objects.filter(Q(pk__in=with_session) & ~Q(pk__in=holding), is_superuser=False)
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionRow:
    """A browser in which somebody is signed in."""

    id: int
    browser: str
    address: str
    created_at: datetime
    seen_at: datetime
    own: bool


BROWSERS = (
    ("MicroMessenger", "WeChat"),
    ("Edg", "Edge"),
    ("HuaweiBrowser", "Huawei"),
    ("MiuiBrowser", "Mi"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def list_sessions(user: User, own_key: str) -> list[SessionRow]:
    """Return the person's sessions, the newest use first; those that are over are left out."""
    rows = UserSession.objects.filter(
        user=user, session_key__in=RawSQL("SELECT session_key FROM django_session", ())
    ).order_by("-last_seen_at", "-pk")
    return [
        SessionRow(
            id=row.pk,
            browser=browser_of(row.user_agent),
            address=row.ip,
            created_at=row.created_at,
            seen_at=row.last_seen_at,
            own=row.session_key == own_key,
        )
        for row in rows
    ]


def browser_of(agent: str) -> str:
    """Return a browser's name and system in two words, as far as it tells them."""
    browser = next((word for mark, word in BROWSERS if mark in agent), "")
    system = next((word for mark, word in SYSTEMS if mark in agent), "")
    return " · ".join(word for word in (browser, system) if word)


# The parts are constants of this file; values go as parameters.
_MISSING = f"""
    SELECT 1 FROM auth_user person
    WHERE person.id = %(user)s AND {NO_FACTOR} AND (person.is_superuser OR {NEEDS_FACTOR})
"""  # noqa: S608
