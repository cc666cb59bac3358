"""Who may read documents, write them, sign them, and answer for a receiver (DOC-1 to DOC-4)."""

from mingtian.core.actor import Actor
from mingtian.documents import actions
from mingtian.documents.models import Document
from mingtian.documents.tests.conftest import notice
from mingtian.org.rules import Line
from mingtian.testing.make import NOW
from mingtian.testing.matrix import EVERYBODY, Key, Row, Who, World

W = Who
AT_CITY = {W.CITY, W.CITY_DIRECTOR, W.CITY_CLERK}
SIGN_AT_CITY = {W.CITY, W.CITY_DIRECTOR}
AT_SCHOOL = {W.PRINCIPAL, W.SCHOOL_OFFICE, W.DUTY_TEACHER}
HANDLE_AT_SCHOOL = {W.PRINCIPAL, W.SCHOOL_OFFICE}
RECEIVERS = {W.COUNTY, W.FAR_COUNTY, *AT_SCHOOL, W.FAR_PRINCIPAL, W.OTHER_PRINCIPAL}
TO = (f"{Line.LEADS.value}:county", f"{Line.LEADS.value}:school")

JOINT = frozenset({W.COUNTY})
"""Where the city's partner in these rows is the county."""


def by(world: World, who: Who) -> Actor:
    user = world.people[who]
    return Actor(username=user.username, user_id=user.pk)


def drafted(world: World) -> Document:
    city = world.tree.city.pk
    draft = notice(to_lists=TO)
    return actions.create_draft(unit_id=city, draft=draft, by=by(world, W.CITY), now=NOW)


def reviewed(world: World) -> Document:
    draft = notice(to_lists=TO[1:], partners=(world.tree.county.pk,))
    made = actions.create_draft(
        unit_id=world.tree.city.pk, draft=draft, by=by(world, W.CITY), now=NOW
    )
    return actions.review(document_id=made.pk, by=by(world, W.CITY), now=NOW)


def signed(world: World) -> Document:
    made = drafted(world)
    actions.review(document_id=made.pk, by=by(world, W.CITY), now=NOW)
    return actions.sign(document_id=made.pk, by=by(world, W.CITY_DIRECTOR), now=NOW)


def issued(world: World) -> Document:
    return actions.issue(document_id=signed(world).pk, by=by(world, W.CITY), now=NOW)


def with_file(world: World) -> dict[str, object]:
    made = drafted(world)
    file = actions.attach(
        document_id=made.pk, name="附表.pdf", content=b"%PDF-1.7", by=by(world, W.CITY), now=NOW
    )
    return {"document": made.public_id, "attachment": file.public_id}


def of(make: object, **more: str) -> Key:
    """Return the key of a document made so."""

    def key(world: World) -> dict[str, object]:
        return {"document": make(world).public_id, **more}  # type: ignore[operator]

    return key


def at_school(world: World) -> dict[str, object]:
    return {"document": issued(world).public_id, "unit": world.tree.school.public_id}


def unit(name: str) -> Key:
    return lambda world: {"unit": world.unit(name).public_id}


ROWS = {
    "documents:inbox": Row(get=EVERYBODY),
    "documents:register": Row(get=EVERYBODY),
    "documents:register-file": Row(get=EVERYBODY, key=lambda _world: {"form": "csv"}),
    "documents:new": [
        Row(get={W.CITY}, post={W.CITY}, key=unit("city")),
        Row(get=HANDLE_AT_SCHOOL, post=HANDLE_AT_SCHOOL, key=unit("school")),
        Row(get=set(), post=set(), key=unit("village")),
    ],
    "documents:sending": Row(get={W.COUNTY}, post={W.COUNTY}, key=unit("county")),
    "documents:document": [
        Row(get=AT_CITY, key=of(drafted)),
        Row(get=AT_CITY | JOINT, key=of(reviewed)),
        Row(get=AT_CITY | RECEIVERS, key=of(issued)),
    ],
    "documents:edit": Row(get={W.CITY}, post={W.CITY}, key=of(drafted)),
    "documents:paper": Row(get=AT_CITY | RECEIVERS, key=of(issued, form="docx")),
    "documents:cascade-file": Row(get=AT_CITY | RECEIVERS, key=of(issued, form="csv")),
    "documents:attach": Row(post={W.CITY}, key=of(drafted)),
    "documents:attachment": Row(get=AT_CITY, key=with_file),
    "documents:detach": Row(post={W.CITY}, key=with_file),
    "documents:handle": Row(get=HANDLE_AT_SCHOOL, post=HANDLE_AT_SCHOOL, key=at_school),
    "documents:review": Row(post={W.CITY}, key=of(drafted)),
    "documents:send-back": Row(post=SIGN_AT_CITY, key=of(reviewed)),
    "documents:sign": Row(post=SIGN_AT_CITY, key=of(reviewed)),
    "documents:agree": Row(post=JOINT, key=of(reviewed)),
    "documents:issue": Row(post=SIGN_AT_CITY, key=of(signed)),
    "documents:close": Row(post=SIGN_AT_CITY, key=of(issued)),
    "documents:new-version": Row(post={W.CITY}, key=of(issued)),
    "documents:drop": Row(post={W.CITY}, key=of(drafted)),
}
