"""What tests of the pages share: a clock a few hours on, English, short ways to read and send."""

from django.contrib.auth.models import User
from django.test import Client

from mingtian.core.clock import day_of
from mingtian.documents.models import Document
from mingtian.documents.queries.todo import list_todos
from mingtian.documents.tests.conftest import (
    LATER,
)
from mingtian.org.queries import list_posts
from mingtian.testing.make import NOW

MOST_QUERIES = 15
ENGLISH = {"accept-language": "en"}


def read(client: Client, address: str) -> str:
    reply = client.get(address, headers=ENGLISH)
    assert reply.status_code == 200
    return reply.content.decode()


def page(document: Document, more: str = "") -> str:
    return f"/desk/documents/{document.public_id}{more}"


def form(**changes: object) -> dict[str, object]:
    return {
        "genre": "notice",
        "title": "关于组织收看的通知",
        "text": "一、要求\n请各校组织。",
        "parent_issuer": "省关工委",
        "parent_number": "黑关工委〔2023〕20号",
        "parent_on": "2023-09-01",
        "to_lists": ["leads:county"],
        **changes,
    }


def todos(user: User) -> list[tuple[str, int]]:
    posts = list_posts(user.pk, day_of(NOW))
    return [(each.kind, each.number) for each in list_todos(posts, now=LATER)]
