"""Who may open the addresses of accounts.

The own account belongs to whoever holds a post; invitations, ends and hand-overs belong to offices, directors and
principals at their unit and below along their line.
"""

from mingtian.org.rules import Role
from mingtian.staff.access import post_key
from mingtian.staff.models import Invitation
from mingtian.staff.rules import OPEN_FOR
from mingtian.testing.make import NOW, OPENED_ON
from mingtian.testing.matrix import (
    ANY_POST,
    AT_OR_ABOVE_CLASS_ONE,
    AUDITORS,
    CITY_COMMITTEE,
    OFFICES,
    PRINCIPALS,
    Parts,
    Row,
    Rows,
    Who,
    World,
)

W = Who

INVITING = OFFICES | PRINCIPALS | {W.CITY_DIRECTOR}
FILL_CLASS_ONE = AT_OR_ABOVE_CLASS_ONE & INVITING
"""Class 1 stands at No. 1 Primary School, under both lines."""

SEES_NOBODY: frozenset[Who] = frozenset()


def the_class(world: World) -> dict[str, object]:
    return {"unit": world.tree.class_one.public_id}


def the_post(world: World) -> dict[str, object]:
    """Name the class teacher's post."""
    unit = world.tree.class_one.public_id
    return {"post": post_key(unit, Role.CLASS_TEACHER, OPENED_ON, W.TEACHER)}


def invited(world: World) -> dict[str, object]:
    made = Invitation.objects.create(
        unit=world.tree.class_one, role=Role.CLASS_TEACHER, line="leads", starts_on=OPENED_ON,
        name="周明川", secret_hash=b"s" * 32, word_hash=b"w" * 32, once="matrix",
        made_at=NOW, expires_at=NOW + OPEN_FOR,
    )  # fmt: skip
    return {"invitation": made.public_id}


def in_form(form: str) -> Parts:
    return lambda _world: {"form": form}


OWN_ACCOUNT = Row(get=ANY_POST, post=ANY_POST)

ROWS: Rows = {
    "staff:own": Row(get=ANY_POST),
    "staff:password": Row(get=ANY_POST, post=ANY_POST),
    "staff:session-end": Row(post=ANY_POST),
    "staff:sessions-end": Row(post=ANY_POST),
    "staff:people": [
        Row(get=INVITING | CITY_COMMITTEE),
        Row(get=(AT_OR_ABOVE_CLASS_ONE & (INVITING | CITY_COMMITTEE)), asked=the_class),
        Row(get=INVITING | CITY_COMMITTEE, asked=lambda _world: {"q": "小学", "show": "asleep"}),
    ],
    "staff:people-file": [
        Row(get=INVITING | CITY_COMMITTEE, key=in_form("csv")),
        Row(get=INVITING | CITY_COMMITTEE, key=in_form("xlsx")),
        Row(get=SEES_NOBODY, key=in_form("pdf")),
    ],
    "staff:post": Row(get=FILL_CLASS_ONE, asked=the_post),
    "staff:post-end": Row(post=FILL_CLASS_ONE, sent=the_post),
    "staff:post-hand-over": Row(post=FILL_CLASS_ONE, sent=the_post),
    "staff:access": Row(post=FILL_CLASS_ONE, sent=the_post),
    "staff:account-close": Row(post=FILL_CLASS_ONE, sent=the_post),
    "staff:invite": [
        Row(get=INVITING, post=SEES_NOBODY),
        Row(get=FILL_CLASS_ONE, post=FILL_CLASS_ONE, asked=the_class, sent=the_class),
    ],
    "staff:invitation": Row(get=FILL_CLASS_ONE, key=invited),
    "staff:invitation-withdraw": Row(post=FILL_CLASS_ONE, key=invited),
    "staff:trail": Row(get=OFFICES | AUDITORS | {W.CITY_DIRECTOR}),
    "staff:trail-file": [
        Row(get=OFFICES | AUDITORS | {W.CITY_DIRECTOR}, key=in_form("csv")),
        Row(get=OFFICES | AUDITORS | {W.CITY_DIRECTOR}, key=in_form("xlsx")),
        Row(get=SEES_NOBODY, key=in_form("pdf")),
    ],
    # allauth's own: each shows the own account, after the password has been typed again.
    "mfa_authenticate": Row(get=ANY_POST, post=ANY_POST),
    "account_reauthenticate": OWN_ACCOUNT,
    "mfa_reauthenticate": OWN_ACCOUNT,
    "mfa_reauthenticate_webauthn": OWN_ACCOUNT,
    "mfa_index": Row(get=ANY_POST),
    "mfa_activate_totp": OWN_ACCOUNT,
    # There is nothing to take off yet, and nothing to show.
    "mfa_deactivate_totp": Row(get=SEES_NOBODY, post=SEES_NOBODY),
    "mfa_view_recovery_codes": Row(get=SEES_NOBODY),
    "mfa_download_recovery_codes": Row(get=SEES_NOBODY),
    "mfa_generate_recovery_codes": OWN_ACCOUNT,
    "mfa_add_webauthn": OWN_ACCOUNT,
    "mfa_remove_webauthn": Row(get=ANY_POST, post=ANY_POST, key=lambda _world: {"pk": 1}),
}
