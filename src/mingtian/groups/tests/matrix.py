"""Who may see, keep and use groups: the county's of its schools, with a post and an entry."""

from datetime import timedelta

from mingtian.groups.actions import To, make_list, register_group, send, write
from mingtian.groups.doer import Sender
from mingtian.groups.models import Group
from mingtian.groups.queries import GroupRow, find_group
from mingtian.groups.rules import Board, Platform, Words
from mingtian.groups.tests.conftest import BY, facts
from mingtian.org.queries import unit_rows
from mingtian.org.rules import Line
from mingtian.testing.make import DAY, NOW
from mingtian.testing.matrix import (
    AT_OR_ABOVE_COUNTY,
    AT_OR_ABOVE_SCHOOL,
    AT_SCHOOL,
    AUDITORS,
    EVERYBODY,
    Key,
    Row,
    Rows,
    Who,
    World,
)

W = Who
ABOVE_COUNTY = AT_OR_ABOVE_COUNTY - AUDITORS
ABOVE_SCHOOL = AT_OR_ABOVE_SCHOOL - AUDITORS
KEEPS_SCHOOLS = frozenset({W.PRINCIPAL, W.SCHOOL_OFFICE})
IN_GROUP = AT_SCHOOL | {W.OTHER_PRINCIPAL}
OWNER = frozenset({W.COUNTY})


def at(unit: str, **more: str) -> Key:
    """Return the key of an address of a unit of the small world."""

    def key(world: World) -> dict[str, object]:
        return {"unit": world.unit(unit).public_id, **more}

    return key


def group_of(world: World) -> GroupRow:
    """Return the county's group of its schools, registered at first asking."""
    county = world.tree.county
    there = Group.objects.filter(unit=county).values_list("public_id", flat=True).first()
    made = there or register_group(
        unit=unit_rows([county.pk], DAY)[county.pk], line=Line.LEADS,
        facts=facts(platform=Platform.WECOM, closes_on=DAY + timedelta(days=7)), by=BY, now=NOW,
    )  # fmt: skip
    found = find_group(made, DAY)
    assert found is not None
    return found


def group(world: World) -> dict[str, object]:
    return {"group": group_of(world).public_id}


def board(world: World) -> dict[str, object]:
    return {**group(world), "board": "enter"}


def list_of_county(world: World) -> dict[str, object]:
    county = world.tree.county
    made = make_list(
        unit=unit_rows([county.pk], DAY)[county.pk], name="试点",
        groups=[group_of(world).public_id], by=BY, now=NOW,
    )  # fmt: skip
    return {"unit": county.public_id, "list_id": made}


def entry(world: World) -> dict[str, object]:
    """Let the school write on the board."""
    by = Sender(username="system:test", unit_id=world.tree.school.pk)
    text = "先连校园网再扫码"
    return {
        "entry": write(group=group_of(world), board=Board.ENTER, text=text, by=by, now=NOW)
    }  # fmt: skip


def post_parts(world: World) -> dict[str, object]:
    """Post a text of the county into its group."""
    made = group_of(world)
    by = Sender(username="system:test", unit_id=world.tree.county.pk)
    words, to = Words(text="请知悉", asks=True), To(groups=[made.public_id])
    sent = send(text=words, to=to, source="test:matrix", by=by, now=NOW)
    return {"post": sent.public_id, "group": made.public_id}


def post(world: World) -> dict[str, object]:
    return {"post": post_parts(world)["post"]}


def receipts(world: World) -> dict[str, object]:
    return {**post(world), "form": "csv"}


def post_at_school(world: World) -> dict[str, object]:
    return {**post(world), "unit": world.tree.school.public_id}


ROWS: Rows = {
    "groups:own": Row(get=EVERYBODY),
    "groups:tips": Row(get=EVERYBODY),
    "groups:tips-file": Row(get=EVERYBODY, key=lambda _world: {"form": "csv"}),
    "groups:register": [
        Row(get=ABOVE_COUNTY, key=at("county")),
        Row(get=ABOVE_SCHOOL, key=at("school")),
    ],
    "groups:register-file": Row(get=ABOVE_SCHOOL, key=at("school", form="xlsx")),
    "groups:new": [
        Row(get=OWNER, post=OWNER, key=at("county")),
        Row(get=KEEPS_SCHOOLS, post=KEEPS_SCHOOLS, key=at("school")),
    ],
    "groups:lists": Row(get=OWNER, post=OWNER, key=at("county")),
    "groups:remove-list": Row(post=OWNER, key=list_of_county),
    "groups:posts": Row(get=AT_SCHOOL, key=at("school")),
    "groups:compose": Row(get=OWNER, post=OWNER, key=at("county")),
    "groups:group": Row(get=ABOVE_COUNTY | IN_GROUP, key=group),
    "groups:change": Row(get=OWNER, post=OWNER, key=group),
    "groups:close": Row(post=OWNER, key=group),
    "groups:robot": Row(get=OWNER, post=OWNER, key=group),
    "groups:remove-robot": Row(post=OWNER, key=group),
    "groups:board": Row(get=ABOVE_COUNTY | IN_GROUP, post=OWNER | IN_GROUP, key=board),
    "groups:entry": Row(get=AT_SCHOOL, post=AT_SCHOOL, key=entry),
    "groups:withdraw": Row(post=AT_SCHOOL, key=entry),
    "groups:decide": Row(post=OWNER, key=entry),
    "groups:tip": Row(post=OWNER, key=entry),
    "groups:post": Row(get=OWNER | IN_GROUP, key=post),
    "groups:receipts": Row(get=OWNER, key=receipts),
    "groups:paste": Row(post=OWNER, key=post_parts),
    "groups:acknowledge": Row(post=AT_SCHOOL, key=post_at_school),
    "groups:forward": Row(post=KEEPS_SCHOOLS, key=post_at_school),
}
