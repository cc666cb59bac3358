"""Who works with aid, where, and the step from a child's lines to the books.

Clerks and cashiers work at the units of their posts; an office or director sees amounts, states and
dates of the units below, and decides on money of the own unit's funds. Pages about lines stand
inside the vault's door; the tables of funds, schemes and rates hold no child.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.contrib.auth.models import AnonymousUser, User
from django.db import connection
from django.db.models import Q
from django.http import Http404

from mingtian.aid.models import Batch, Fund, Grant, Listing, Scheme, Upload
from mingtian.aid.rules import APPROVERS, FUNDS_AT, LISTS_AT, ListState, parse_term
from mingtian.aid.statements import rows
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.org.queries import PostRow, list_posts
from mingtian.org.rules import Line, Role, UnitKind
from mingtian.vault.access import Door

Reader = User | AnonymousUser

_ROLES = {
    Role.AID_CLERK: LISTS_AT,
    Role.CASHIER: FUNDS_AT | {UnitKind.SCHOOL},
    Role.OFFICE: FUNDS_AT,
    Role.DIRECTOR: FUNDS_AT,
}


@dataclass(frozen=True)
class Desk:
    """The posts with which somebody works on aid."""

    posts: tuple[PostRow, ...]

    def roles_at(self, unit_id: int) -> frozenset[Role]:
        """Return the roles of aid that the person holds at this very unit."""
        return frozenset(post.role for post in self.posts if post.unit.id == unit_id)

    def units_of(self, *roles: Role) -> list[PostRow]:
        """Return the posts in one of these roles, the oldest first."""
        return [post for post in self.posts if post.role in roles]

    @cached_property
    def above(self) -> list[int]:
        """The units of the posts and all above them: whose funds and schemes are used."""
        return sorted({unit for post in self.posts for unit in post.path})

    def holds(self, *roles: Role) -> bool:
        return any(post.role in roles for post in self.posts)


def desk_for(user: Reader, now: datetime) -> Desk:
    """Return the reader's posts of aid, or 404 for who has none. One statement."""
    if not user.is_authenticated or not user.is_active:
        raise Http404
    posts = tuple(
        post
        for post in list_posts(user.pk, day_of(now))
        if post.line is Line.LEADS and post.unit.kind in _ROLES.get(post.role, ())
    )
    if not posts:
        raise Http404
    return Desk(posts)


def need(desk: Desk, *roles: Role) -> None:
    """404 unless the person holds one of the roles somewhere."""
    if not desk.holds(*roles):
        raise Http404


def funds_of(desk: Desk) -> list[Fund]:
    """Return the funds of the desk's units and of those above; inside the door, of those below too."""
    below = list_units_in_reach()
    return list(
        Fund.objects.filter(Q(unit_id__in=desk.above) | Q(unit_id__in=below)).order_by("unit", "pk")
    )


def schemes_of(desk: Desk) -> list[Scheme]:
    """Return the schemes of the desk's units and of those above."""
    return list(Scheme.objects.filter(unit_id__in=desk.above).order_by("unit", "pk"))


def get_fund(desk: Desk, public_id: str, *roles: Role) -> Fund:
    """Return a fund in sight, or 404; with roles, only where the person holds one of them."""
    found = next((fund for fund in funds_of(desk) if fund.public_id == public_id), None)
    if found is None or (roles and not desk.roles_at(found.unit_id) & set(roles)):
        raise Http404
    return found


def get_listing(desk: Desk, public_id: str) -> Listing:
    """Return a list in sight, or 404. Inside the door: rows of other units are not there."""
    del desk
    found = (
        Listing.objects.filter(public_id=public_id)
        .select_related("fund", "scheme", "unit")
        .exclude(state=ListState.SENT_BACK)
        .first()
    )
    if found is None:
        raise Http404
    return found


def get_listing_of_clerk(desk: Desk, public_id: str) -> Listing:
    """Return a list that the reader keeps as aid clerk of its unit or above, or 404."""
    found = get_listing(desk, public_id)
    if not desk.holds(Role.AID_CLERK) or found.unit_id not in list_units_of_clerk():
        raise Http404
    return found


def get_batch(desk: Desk, public_id: str, *roles: Role) -> Batch:
    """Return a batch in sight, or 404; with roles, only at a fund where the person holds one."""
    found = Batch.objects.filter(public_id=public_id).select_related("fund").first()
    if found is None or (roles and not desk.roles_at(found.fund.unit_id) & set(roles)):
        raise Http404
    return found


def get_grant(public_id: str) -> Grant:
    """Return a line in sight, or 404."""
    found = (
        Grant.objects.filter(public_id=public_id)
        .select_related("fund", "scheme", "unit", "listing")
        .first()
    )
    if found is None:
        raise Http404
    return found


def get_upload(public_id: str, now: datetime) -> Upload:
    """Return the reader's own upload while its hour lasts, or 404."""
    found = (
        Upload.objects.filter(public_id=public_id, expires_at__gt=now)
        .select_related("fund", "scheme", "unit")
        .first()
    )
    if found is None:
        raise Http404
    return found


def get_upload_to_read(public_id: str, now: datetime) -> Upload:
    """Return the reader's own upload of which something is left to read, or 404."""
    found = get_upload(public_id, now)
    if not found.content:
        raise Http404
    return found


def list_entered_from(upload: Upload) -> str | None:
    """Return the public id of the list that a file became, if it became one. At most one statement."""
    if upload.taken_at is None:
        return None
    return (
        Listing.objects.filter(
            unit=upload.unit_id, scheme=upload.scheme_id, term=upload.term,
            entered_by=upload.uploader_id, entered_at=upload.taken_at,
        )
        .values_list("public_id", flat=True)
        .first()
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Keeping:
    """Whether the reader keeps a list as clerk; the upload with the refused rows of its file, and until when."""

    keeps: bool = False
    rest: str | None = None
    until: datetime | None = None


def keeping(desk: Desk, listing: Listing, now: datetime) -> Keeping:
    """Return what the reader is to a list. One statement, and none for who is no clerk."""
    if not desk.holds(Role.AID_CLERK):
        return Keeping()
    values = {
        "unit": listing.unit_id, "scheme": listing.scheme_id, "term": listing.term,
        "entered_at": listing.entered_at, "now": now,
    }  # fmt: skip
    ((keeps, rest, until),) = rows("keeping", values)
    return Keeping(keeps=keeps, rest=rest, until=until)


def approving_at(desk: Desk, fund_units: Collection[int]) -> dict[int, frozenset[Role]]:
    """Return the roles in which the person decides at each of these units."""
    return {unit: desk.roles_at(unit) & APPROVERS for unit in fund_units}


def term_of_address(code: str) -> str:
    """Return a term's code from an address, or 404."""
    try:
        return parse_term(code).code
    except RuleBroken:
        raise Http404 from None


def list_units_in_reach() -> list[int]:
    """Return the units whose lines the person at the door sees; none without a door."""
    return _ids("units")


def list_units_of_clerk() -> list[int]:
    """Return the units whose lists the person at the door keeps."""
    return _ids("clerks")


def _ids(word: str) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT vault_ids(%s)", [word])
        (found,) = cursor.fetchone() or ([],)
    return list(found)


@contextmanager
def books(door: Door) -> Iterator[None]:
    """Step from the children's lines to the books and back, inside the door's transaction.

    The books belong to the owner, who sees no child; the person at the door may not write there. A
    fund that is empty is told in this module's words.
    """
    del door
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('role', 'none', true)")
        try:
            yield
        except RuleBroken as refusal:
            if refusal.code != "ledger_fund_empty":
                raise
            raise RuleBroken("aid_fund_empty", shown=refusal.facts["shown"]) from refusal
        # After an error the transaction is undone, and the role with it.
        cursor.execute("SELECT set_config('role', 'mingtian_case', true)")
