"""Rows of groups, posts and entries as readers get them, and finding one by its public id."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import cast

from mingtian.groups.rules import Audience, Board, Called, EntryState, Platform, Vendor
from mingtian.groups.statements import Values, rows
from mingtian.org.queries import full_name, shown_name
from mingtian.org.rules import Line, Role, UnitKind


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupRow:
    """A group of the register. ``campaign_ends_on`` is None where no campaign runs.

    ``in_charge_left`` says that who was named holds no post at the owner any more.
    """

    id: int
    public_id: str
    unit_id: int
    unit_public_id: str
    unit_name: str
    unit_name_en: str
    line: Line
    name: str
    purpose: str
    platform: Platform
    audience: Audience
    size: int
    in_charge: int | None
    in_charge_name: str
    in_charge_role: Role | None
    code_expires_on: date | None
    closes_on: date
    closed_on: date | None
    robot: Vendor | None
    campaign_ends_on: date | None
    in_charge_left: bool = False

    @property
    def owner(self) -> str:
        return shown_name(self.unit_name, self.unit_name_en)

    @property
    def lapses(self) -> bool:
        """Its code opens it no more before the campaign is over."""
        ends = self.campaign_ends_on
        return bool(
            not self.closed_on and ends and self.code_expires_on and self.code_expires_on < ends
        )

    def is_past(self, today: date) -> bool:
        """It is still open after its closing date."""
        return self.closed_on is None and self.closes_on < today

    def is_over(self, today: date) -> bool:
        """It is still open although its closing date has come."""
        return self.closed_on is None and self.closes_on <= today


@dataclass(frozen=True, kw_only=True, slots=True)
class PostRow:
    """A post as its sender sees it: into how many groups, in how many it stands, how many read."""

    id: int
    public_id: str
    unit_id: int
    unit_public_id: str
    unit_name: str
    unit_name_en: str
    title: str
    text: str
    link: str
    image: str
    asks: bool
    posted_at: datetime
    by: str
    groups: int
    there: int
    acknowledged: int

    @property
    def sender(self) -> str:
        return shown_name(self.unit_name, self.unit_name_en)


@dataclass(frozen=True, kw_only=True, slots=True)
class EntryRow:
    """Something on a board, with the unit that wrote it."""

    id: int
    public_id: str
    group_id: int
    group_public_id: str
    group_name: str
    unit_id: int
    unit_name: str
    unit_name_en: str
    board: Board
    text: str
    version: int
    state: EntryState
    written_at: datetime
    tip_at: datetime | None

    @property
    def unit(self) -> str:
        return shown_name(self.unit_name, self.unit_name_en)


@dataclass(frozen=True, kw_only=True, slots=True)
class DeliveryRow:
    """A post on its way into one group."""

    id: int
    group_id: int
    group_public_id: str
    group_name: str
    platform: Platform
    audience: Audience
    unit_id: int
    owner: str
    added_at: datetime
    forwarded_by: str
    pasted_at: datetime | None
    pasted_by: str
    robot: Called
    robot_calls: int
    robot_next_at: datetime | None
    robot_code: str
    robot_done_at: datetime | None
    vendor: Vendor | None

    @property
    def is_there(self) -> bool:
        return self.pasted_at is not None or self.robot is Called.SENT


@dataclass(frozen=True, kw_only=True, slots=True)
class ReceiptRow:
    """A unit that a post is for."""

    public_id: str
    kind: UnitKind
    unit: str
    acknowledged_at: datetime | None
    by: str


@dataclass(frozen=True, kw_only=True, slots=True)
class NoteRow:
    """A post in a list of a unit that received it or is to paste it."""

    public_id: str
    title: str
    text: str
    asks: bool
    posted_at: datetime
    sender: str
    acknowledged_at: datetime | None

    @property
    def heading(self) -> str:
        return self.title or self.text


def as_group(found: tuple[object, ...]) -> GroupRow:
    """Return the row of the statement ``group``."""
    (key, own_id, unit, unit_id, name, name_en, line, called, purpose, platform, audience, size,
     user, username, role, expires, closes, closed, vendor, ends, left) = found  # fmt: skip
    return GroupRow(
        id=cast("int", key), public_id=str(own_id), unit_id=cast("int", unit),
        unit_public_id=str(unit_id), unit_name=str(name), unit_name_en=str(name_en),
        line=Line(str(line)), name=str(called), purpose=str(purpose),
        platform=Platform(str(platform)), audience=Audience(str(audience)),
        size=cast("int", size), in_charge=cast("int | None", user),
        in_charge_name=str(username or ""), in_charge_role=Role(str(role)) if role else None,
        code_expires_on=cast("date | None", expires), closes_on=cast("date", closes),
        closed_on=cast("date | None", closed), robot=Vendor(str(vendor)) if vendor else None,
        campaign_ends_on=cast("date | None", ends), in_charge_left=bool(left),
    )  # fmt: skip


def as_post(found: tuple[object, ...]) -> PostRow:
    """Return the row of the statement ``post``."""
    names = (
        "id", "public_id", "unit_id", "unit_public_id", "unit_name", "unit_name_en", "title",
        "text", "link", "image", "asks", "posted_at", "by", "groups", "there", "acknowledged",
    )  # fmt: skip
    values = dict(zip(names, found, strict=True))
    values["by"] = values["by"] or ""
    return PostRow(**values)  # type: ignore[arg-type]


def as_entry(found: tuple[object, ...]) -> EntryRow:
    """Return the row of the statement ``entries``."""
    names = (
        "id", "public_id", "group_id", "group_public_id", "group_name", "unit_id", "unit_name",
        "unit_name_en", "board", "text", "version", "state", "written_at", "tip_at",
    )  # fmt: skip
    values = dict(zip(names, found, strict=True))
    values["board"] = Board(str(values["board"]))
    values["state"] = EntryState(str(values["state"]))
    return EntryRow(**values)  # type: ignore[arg-type]


def find_group(public_id: str, day: date) -> GroupRow | None:
    """Return the group, or None."""
    found = rows("group_by_id", {"group": public_id, "day": day})
    return as_group(found[0]) if found else None


def find_post(public_id: str, day: date) -> PostRow | None:
    """Return the post, or None."""
    found = rows("post", {"post": public_id, "day": day}, " WHERE p.public_id = %(post)s")
    return as_post(found[0]) if found else None


def find_entry(public_id: str, day: date) -> EntryRow | None:
    """Return what was written, or None when it is not there or was taken back."""
    more = " WHERE e.public_id = %(entry)s AND e.state <> 'withdrawn'"
    found = rows("entries", {"entry": public_id, "day": day}, more)
    return as_entry(found[0]) if found else None


def memberships(group_ids: list[int], unit_ids: list[int], day: date) -> list[tuple[int, int]]:
    """Return which of the groups have which of the units as members: pairs of keys."""
    if not group_ids or not unit_ids:
        return []
    values: Values = {"groups": group_ids, "units": unit_ids, "day": day}
    found = rows("memberships", values)
    return [(cast("int", group), cast("int", unit)) for group, unit in found]


def list_deliveries(post_id: int, day: date) -> list[DeliveryRow]:
    """Return where a post goes, what still is to be done first."""
    return [_as_delivery(found) for found in rows("deliveries", {"post": post_id, "day": day})]


def receiving(post_id: int, unit_ids: list[int], day: date) -> dict[int, datetime | None]:
    """Return which of the units a post is for, each with when it acknowledged."""
    values: Values = {"post": post_id, "units": unit_ids, "day": day}
    return {
        cast("int", unit): cast("datetime | None", when)
        for unit, when in (rows("receiving", values) if unit_ids else [])
    }


STILL_PASTED = timedelta(days=3)
"""A text that was not pasted by then is of yesterday; it is no longer asked for."""

STILL_ASKED = timedelta(days=14)
"""So long a unit is reminded on its own page to acknowledge; nobody else reminds it."""


def _as_delivery(found: tuple[object, ...]) -> DeliveryRow:
    (key, group, group_id, group_name, platform, audience, unit, owner, added, forwarder,
     forwarder_en, pasted, hand, robot, calls, next_at, code, done, vendor) = found  # fmt: skip
    return DeliveryRow(
        id=cast("int", key), group_id=cast("int", group), group_public_id=str(group_id),
        group_name=str(group_name), platform=Platform(str(platform)),
        audience=Audience(str(audience)), unit_id=cast("int", unit),
        owner=full_name(cast("list[list[str]]", owner)), added_at=cast("datetime", added),
        forwarded_by=shown_name(str(forwarder or ""), str(forwarder_en or "")),
        pasted_at=cast("datetime | None", pasted), pasted_by=str(hand or ""),
        robot=Called(str(robot)), robot_calls=cast("int", calls),
        robot_next_at=cast("datetime | None", next_at), robot_code=str(code),
        robot_done_at=cast("datetime | None", done),
        vendor=Vendor(str(vendor)) if vendor else None,
    )  # fmt: skip
