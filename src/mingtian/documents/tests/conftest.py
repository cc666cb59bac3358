"""A small office: documents drafted, signed and issued in the small world."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import translation

from mingtian.core.actor import Actor
from mingtian.documents import actions
from mingtian.documents.actions import Draft
from mingtian.documents.models import Document, Receipt
from mingtian.documents.rules import Cited, Genre
from mingtian.org.models import Unit
from mingtian.org.rules import Line, Role
from mingtian.testing.cast import make_staff
from mingtian.testing.make import DAY, NOW, Tree, make_tree

PROVINCIAL = Cited(issuer="省关工委", number="黑关工委〔2023〕20号", issued_on=DAY)
TEXT = "一、总体要求\n各单位要认真组织。\n二、时间安排\n共八天。"
FOUR_POINTS = "一、重要意义\n甲。\n二、参加对象\n乙。\n三、参与方式\n丙。\n四、组织领导\n丁。"
LISTS = ("leads:county", "leads:township", "leads:school")


@dataclass(frozen=True, kw_only=True)
class Office:
    """The city's drafter and director with the small world around them."""

    tree: Tree
    drafter: User
    director: User

    @property
    def by(self) -> Actor:
        return actor(self.drafter)

    @property
    def signer(self) -> Actor:
        return actor(self.director)

    def draft(self, unit: Unit | None = None, **changes: object) -> Document:
        return actions.create_draft(
            unit_id=(unit or self.tree.city).pk, draft=notice(**changes), by=self.by, now=NOW
        )

    def signed(self, **changes: object) -> Document:
        made = self.draft(**changes)  # type: ignore[arg-type]
        actions.review(document_id=made.pk, by=self.by, now=NOW)
        return actions.sign(document_id=made.pk, by=self.signer, now=NOW)

    def issued(self, *, now: datetime = NOW, **changes: object) -> Document:
        made = self.signed(**changes)
        return actions.issue(document_id=made.pk, by=self.signer, now=now)

    def receipt(self, document: Document, unit: Unit) -> Receipt:
        return Receipt.objects.get(document=document, unit=unit)


def actor(user: User) -> Actor:
    return Actor(username=user.username, user_id=user.pk)


def notice(**changes: object) -> Draft:
    """Return a complete notice under the provincial document, changed as wanted."""
    words: dict[str, object] = {
        "genre": Genre.NOTICE,
        "title": "关于组织收看普法大讲堂的通知",
        "text": TEXT,
        "addressee": "各县关工委、各学校",
        "cited": PROVINCIAL,
        "to_lists": LISTS,
    }
    return Draft(**(words | changes))  # type: ignore[arg-type]


def make_office() -> Office:
    tree = make_tree()
    return Office(
        tree=tree,
        drafter=make_staff("drafter", tree.city, Role.OFFICE),
        director=make_staff("director", tree.city, Role.DIRECTOR),
    )


@pytest.fixture
def office(db: None) -> Office:
    return make_office()


@pytest.fixture
def education(office: Office) -> User:
    return make_staff("education", office.tree.county_education, Role.OFFICE, line=Line.GUIDES)


LATER = NOW + timedelta(hours=3)


@pytest.fixture
def late(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("mingtian.core.clock.now", lambda: LATER)
    with translation.override("en"):
        yield


@pytest.fixture
def principal(office: Office) -> User:
    return make_staff("head", office.tree.school, Role.PRINCIPAL)
