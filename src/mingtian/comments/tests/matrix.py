"""Who may open the addresses of comments (domain.md 11.3; the notice for families says who reads).

A pupil's words are read by the class teacher, an adult's by the principal too. Above the school
only released digests are seen. A duty teacher, a director, a clerk and an auditor read no words.
"""

from mingtian.comments.actions.digests import draft_digest, release_digest
from mingtian.comments.rules import DigestState, State
from mingtian.comments.tests.say import said
from mingtian.people.rules import PersonKind
from mingtian.testing.make import ACTOR
from mingtian.testing.matrix import (
    AT_OR_ABOVE_SCHOOL,
    AUDITORS,
    CITY_COMMITTEE,
    CLASS_TEACHERS,
    DURING,
    EVERYBODY,
    PRINCIPALS,
    Parts,
    Row,
    Rows,
    Who,
    World,
)

W = Who

READERS = CLASS_TEACHERS | PRINCIPALS | {W.TOWN}
"""Who has a queue: a township's office answers for its villages and five-old."""

AT_CLASS = {W.TEACHER}
IN_HOUSE = {W.TEACHER, W.PRINCIPAL}


def say(world: World, kind: PersonKind, state: State = State.WAITING) -> dict[str, object]:
    tree = world.tree
    words = said(
        "谢谢老师。", lecture=world.evening.lecture.pk, unit=tree.class_one, house=tree.school,
        kind=kind, state=state, at=DURING,
    )  # fmt: skip
    return {"comment": words.public_id}


def pupils(world: World) -> dict[str, object]:
    return say(world, PersonKind.PUPIL)


def referred(world: World) -> dict[str, object]:
    return say(world, PersonKind.PUPIL, State.REFERRED)


def adults(world: World) -> dict[str, object]:
    return say(world, PersonKind.PARENT)


def approval(_world: World) -> dict[str, object]:
    return {"decision": State.APPROVED.value}


def digest(state: DigestState) -> Parts:
    def make(world: World) -> dict[str, object]:
        adults(world)
        found = draft_digest(
            lecture_id=world.evening.lecture.pk, house_id=world.tree.school.pk, actor=ACTOR,
            now=DURING,
        )  # fmt: skip
        if state is DigestState.RELEASED:
            release_digest(digest=found, actor=world.people[W.PRINCIPAL], now=DURING)
        return {"digest": found.public_id}

    return make


def undrafted(world: World) -> dict[str, object]:
    adults(world)
    return {"lecture": world.evening.lecture.pk, "unit": world.tree.school.public_id}


def lecture(world: World) -> dict[str, object]:
    return {"campaign": world.evening.campaign.public_id, "number": 1}


def version(_world: World) -> dict[str, object]:
    return {"number": 0}


drafted, released = digest(DigestState.DRAFT), digest(DigestState.RELEASED)

ROWS: Rows = {
    # Whoever has no queue is told who reads.
    "comments:queue": Row(get=EVERYBODY),
    "comments:comments-approve": Row(post=READERS),
    "comments:comment-decide": [
        Row(post=AT_CLASS, key=pupils, sent=approval),
        Row(post=IN_HOUSE, key=referred, sent=approval),
        Row(post=IN_HOUSE, key=adults, sent=approval),
    ],
    "comments:comment-undo": [Row(post=AT_CLASS, key=pupils), Row(post=IN_HOUSE, key=adults)],
    "comments:digest-list": Row(get=EVERYBODY),
    "comments:digest-draft": Row(post={W.PRINCIPAL}, key=undrafted),
    # Selected words of families: no figure, so nothing for an auditor.
    "comments:digest": [
        Row(get={W.PRINCIPAL}, key=drafted),
        Row(get=AT_OR_ABOVE_SCHOOL - AUDITORS, key=released),
    ],
    "comments:digest-save": Row(post={W.PRINCIPAL}, key=drafted),
    "comments:digest-release": Row(post={W.PRINCIPAL}, key=drafted),
    "comments:digest-recall": Row(post={W.PRINCIPAL}, key=released),
    "comments:word-list": Row(get=CITY_COMMITTEE, post={W.CITY}),
    "comments:word-list-version": Row(get=CITY_COMMITTEE, key=version),
    "comments:phrases": Row(get=CITY_COMMITTEE, post={W.CITY}, key=lecture),
}
