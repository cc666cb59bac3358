"""Who may see how ready a unit is, keep its papers, and meet its pilot families."""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import AnonymousUser, User
from django.http import Http404

from mingtian.campaigns.access import campaigns_visible_to
from mingtian.campaigns.queries import CampaignRow, find_campaign
from mingtian.core.clock import day_of
from mingtian.org.access import get_unit_for
from mingtian.org.queries import UnitRow, list_posts, path_on, unit_rows
from mingtian.org.rules import IN_OFFICE, Line, Role, UnitKind
from mingtian.readiness.models import Swap, Turn
from mingtian.readiness.rules import (
    CHOOSING,
    COMMITTEES,
    KEEPERS,
    LOOKERS,
    NEAR_VOLUNTEERS,
    OVERSEEING,
    PREPARING,
)

Reader = User | AnonymousUser


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A campaign at a unit, as a reader stands before it.

    ``day`` is the day on which the tree is read, ``path`` the keys along ``line`` from the top,
    ``leads`` those along the leading line. ``roles`` are the reader's at this very unit;
    ``more`` says whether the reader sees more than counts, ``near`` whether pilot families are
    the reader's to meet: in an office of the village or its township. ``direct`` says whether
    the reader stands at the unit or directly above it: who is late is seen by nobody else.
    """

    campaign: CampaignRow
    unit: UnitRow
    line: Line
    path: tuple[int, ...]
    leads: tuple[int, ...]
    day: date
    today: date
    roles: frozenset[Role]
    more: bool
    near: bool
    direct: bool

    @property
    def subtree(self) -> str:
        return ".".join(map(str, self.path))

    @property
    def is_school(self) -> bool:
        return self.unit.kind is UnitKind.SCHOOL

    @property
    def oversees(self) -> bool:
        return self.unit.kind in OVERSEEING

    @property
    def has_helpers(self) -> bool:
        """Whether five-old and pilot communities are at home here or below."""
        return self.unit.kind in COMMITTEES or self.unit.kind is UnitKind.VILLAGE

    @property
    def may_keep(self) -> bool:
        """Whether the reader keeps the plan and the log of this unit."""
        return bool(self.roles & KEEPERS)

    @property
    def may_issue(self) -> bool:
        """Whether the reader signs the requirements of this school (SUP-4)."""
        return self.is_school and Role.PRINCIPAL in self.roles

    @property
    def may_share_out(self) -> bool:
        """Whether the reader shares out the duties of the five-old here (PER-1)."""
        return self.unit.kind in NEAR_VOLUNTEERS and Role.OFFICE in self.roles

    @property
    def may_choose(self) -> bool:
        """Whether the reader chooses pilot communities below (PIL-1)."""
        return self.unit.kind in CHOOSING and Role.OFFICE in self.roles

    @property
    def is_direct_superior(self) -> bool:
        """Whether the reader may see which of the schools directly below are not ready."""
        return bool(self.roles & IN_OFFICE)


def get_place_for(reader: Reader, campaign: str, unit: str, now: datetime) -> Place:
    """Return the place, or 404 when it is absent, elsewhere, or not the reader's to see."""
    place = _place(reader, campaign, unit, now)
    if place.unit.kind not in PREPARING:
        raise Http404
    return place


def get_place_to_read(reader: Reader, campaign: str, unit: str, now: datetime) -> Place:
    """Return the place for more than its counts, or 404: an auditor sees counts."""
    place = get_place_for(reader, campaign, unit, now)
    return _only(place, place.more)


def get_place_to_keep(reader: Reader, campaign: str, unit: str, now: datetime) -> Place:
    """Return the reader's own unit, whose papers the reader keeps, or 404."""
    place = get_place_for(reader, campaign, unit, now)
    return _only(place, place.may_keep)


def get_school_for(reader: Reader, campaign: str, unit: str, now: datetime) -> Place:
    """Return a school whose duty the reader may look at, or 404."""
    place = get_place_to_read(reader, campaign, unit, now)
    return _only(place, place.is_school)


def get_school_to_keep(reader: Reader, campaign: str, unit: str, now: datetime) -> Place:
    """Return the school whose checklist and duty the reader keeps, or 404."""
    place = get_place_to_keep(reader, campaign, unit, now)
    return _only(place, place.is_school)


def get_school_to_issue(reader: Reader, campaign: str, unit: str, now: datetime) -> Place:
    """Return the school whose requirements the reader signs, or 404."""
    place = get_place_to_keep(reader, campaign, unit, now)
    return _only(place, place.may_issue)


def get_sheet_place_for(
    reader: Reader, campaign: str, unit: str, now: datetime
) -> tuple[Place, UnitRow]:
    """Return the place and the school whose requirements hold there, or 404.

    A class is its class teacher's alone; a school is everybody's who sees more than counts.
    """
    place = _place(reader, campaign, unit, now)
    if place.is_school:
        return _only(place, place.more), place.unit
    if Role.CLASS_TEACHER not in place.roles:
        raise Http404
    above = unit_rows(place.leads, place.day)
    schools = (each for each in above.values() if each.kind is UnitKind.SCHOOL)
    school = next(schools, None)
    if school is None:
        raise Http404
    return place, school


def get_place_to_share_out(reader: Reader, campaign: str, unit: str, now: datetime) -> Place:
    """Return the township or village whose five-old the reader gives their duties, or 404."""
    place = get_place_for(reader, campaign, unit, now)
    return _only(place, place.may_share_out)


def get_place_of_helpers(reader: Reader, campaign: str, unit: str, now: datetime) -> Place:
    """Return a committee or community, where five-old and pilots are at home, or 404."""
    place = get_place_to_read(reader, campaign, unit, now)
    return _only(place, place.has_helpers)


def get_place_to_choose(reader: Reader, campaign: str, unit: str, now: datetime) -> Place:
    """Return the unit whose office the reader keeps and chooses pilots for, or 404."""
    place = get_place_for(reader, campaign, unit, now)
    return _only(place, place.may_choose)


def get_place_of_families(reader: Reader, campaign: str, unit: str, now: datetime) -> Place:
    """Return the village whose pilot families the reader meets, or 404 to everybody above."""
    place = get_place_for(reader, campaign, unit, now)
    return _only(place, place.near and place.unit.kind is UnitKind.VILLAGE)


def may_write_families(reader: Reader, place: Place) -> bool:
    """Say whether the reader keeps the office of the village or of its township."""
    return Role.OFFICE in _roles_near(reader, place.leads, place.today)


def get_families_to_keep(reader: Reader, campaign: str, unit: str, now: datetime) -> Place:
    """Return the village whose pilot families the reader writes down, or 404."""
    place = get_place_of_families(reader, campaign, unit, now)
    return _only(place, may_write_families(reader, place))


def units_worked_at(reader: Reader, now: datetime) -> set[int]:
    """Return the units at which the reader holds a post today, and those above them."""
    posts = list_posts(reader.pk, day_of(now)) if isinstance(reader, User) else []
    return {key for post in posts for key in post.path}


def get_turn_for(reader: Reader, public_id: str, now: datetime) -> Turn:
    """Return the reader's own turn with its lecture, or 404; so too after the post's end."""
    found = Turn.objects.select_related("lecture", "unit").filter(public_id=public_id).first()
    if found is None or found.user_id != reader.pk:
        raise Http404
    if found.unit_id not in units_worked_at(reader, now):
        raise Http404
    return found


def get_swap_for(reader: Reader, public_id: str, now: datetime) -> Swap:
    """Return a swap that the reader asked for or is asked about, or 404."""
    every = Swap.objects.select_related("turn__lecture", "back__lecture")
    found = every.filter(public_id=public_id).first()
    if found is None or reader.pk not in {found.asked_by_id, found.asked_of_id}:
        raise Http404
    if found.turn.unit_id not in units_worked_at(reader, now):
        raise Http404
    return found


def own_place(reader: User, now: datetime) -> tuple[str, UnitRow] | None:
    """Return the newest campaign the reader sees and the own unit in it, or None."""
    today = day_of(now)
    campaign = campaigns_visible_to(reader, today).first()
    if campaign is None:
        return None
    below = [
        post
        for post in list_posts(reader.pk, today)
        if campaign.scope_id in path_on(post.unit.id, today)
        and (post.unit.kind in PREPARING or post.role is Role.CLASS_TEACHER)
    ]
    return (campaign.public_id, below[0].unit) if below else None


def _place(reader: Reader, campaign: str, unit: str, now: datetime) -> Place:
    today = day_of(now)
    row = find_campaign(campaign)
    if row is None or not isinstance(reader, User):
        raise Http404
    day = min(today, row.last_on)
    found = get_unit_for(reader, unit, today, tree_on=day)
    paths = {line: tuple(path_on(found.pk, day, line)) for line in Line}
    named = unit_rows([found.pk], day, in_full=True).get(found.pk)
    if named is None or row.scope_id not in paths[Line.LEADS]:
        raise Http404
    guided = named.kind is UnitKind.SECTOR and paths[Line.GUIDES]
    line = Line.GUIDES if guided else Line.LEADS
    posts = [post for post in list_posts(reader.pk, today) if post.unit.id in paths[post.line]]
    direct = {found.pk, *(path[-2] for path in paths.values() if len(path) > 1)}
    near = [post for post in posts if post.unit.kind in NEAR_VOLUNTEERS]
    return Place(
        campaign=row,
        unit=named,
        line=line,
        path=paths[line],
        leads=paths[Line.LEADS],
        day=day,
        today=today,
        roles=frozenset(post.role for post in posts if post.unit.id == found.pk),
        more=reader.is_superuser or any(post.role in LOOKERS for post in posts),
        near=any(post.role in IN_OFFICE for post in near),
        direct=any(post.unit.id in direct and post.role in LOOKERS for post in posts),
    )


def _roles_near(reader: Reader, path: tuple[int, ...], today: date) -> set[Role]:
    posts = list_posts(reader.pk, today) if isinstance(reader, User) else []
    return {
        post.role for post in posts if post.unit.id in path and post.unit.kind in NEAR_VOLUNTEERS
    }


def _only(place: Place, allowed: bool) -> Place:
    if not allowed:
        raise Http404
    return place
