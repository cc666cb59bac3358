"""Thousands of people, children and addresses: who is not to know of a child finds nothing there.

The oracle is that of the vault's own test of isolation: it works on the facts of the making.
"""

import random

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from mingtian.org.rules import Role
from mingtian.testing.children import make_child
from mingtian.testing.make import NOW, Tree, make_tree
from mingtian.vault import actions
from mingtian.vault.access import keep
from mingtian.vault.models import Child
from mingtian.vault.rules import FileState, Part
from mingtian.vault.tests.test_isolation import Made, Post, _give_parts, expected, make_posts
from tests.canaries import MODULES
from tests.matrices import rows_of
from tests.test_addresses import ADDRESSES
from tests.test_authorisation import plain_page_not_found

CHILDREN = 24
TRIPLES = 2_400
ANSWERS = {200, 302, 404, 422}


def make_children(tree: Tree, posts: list[Post], chance: random.Random) -> list[Made]:
    """Register children through the product; close some, erase some, give parts at random."""
    workers = [
        (post, unit) for post in posts if post.role is Role.CASE_WORKER
        for unit in (tree.village, tree.town, tree.far_county) if unit.pk in post.below
    ]  # fmt: skip
    made = []
    for number in range(CHILDREN):
        post, unit = workers[number % len(workers)]
        school = chance.choice([tree.school, tree.other_school, None])
        child = make_child(post.user, unit, school, name=f"何思{chr(0x4E00 + number)}").id
        with keep("close, give parts"):
            state = chance.choice([FileState.OPEN, FileState.OPEN, FileState.CLOSED])
            closed_at = NOW if state is FileState.CLOSED else None
            Child.objects.filter(pk=child).update(state=state, closed_at=closed_at)
            parts = _give_parts(Child.objects.get(pk=child), posts, chance)
        own = parts.get(post.user.pk, frozenset()) | {Part.WORKER}
        if number % 8 == 7:
            actions.erase(child, basis="guardian", now=NOW, actor="system:test")
        with keep("look"):
            row = Child.objects.get(pk=child)
        made.append(Made(row=row, parts=parts | {post.user.pk: own}))
    return made


def test_whoever_is_not_to_know_of_a_child_finds_nothing_at_any_address(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mingtian.core.clock.now", lambda: NOW)
    monkeypatch.setattr("mingtian.urls.handler404", plain_page_not_found, raising=False)
    chance = random.Random(20230918)
    tree = make_tree()
    posts = make_posts(tree)
    children = make_children(tree, posts, chance)
    names = [
        name for module in MODULES for name in sorted(rows_of(module))
        if ADDRESSES[name].keys() == {"child"}
    ]  # fmt: skip
    clients = {post.user.pk: Client(raise_request_exception=False) for post in posts}
    for post in posts:
        clients[post.user.pk].force_login(post.user)
    wrong: set[str] = set()
    opened = closed = 0

    for _ in range(TRIPLES):
        post, child, name = chance.choice(posts), chance.choice(children), chance.choice(names)
        method = chance.choice(["get", "get", "post"])
        with transaction.atomic():
            address = reverse(name, kwargs={"child": child.row.public_id})
            status = getattr(clients[post.user.pk], method)(address).status_code
            transaction.set_rollback(True)
        seen = expected(post, child)[0] and child.row.erased_at is None
        opened, closed = opened + (status in {200, 302}), closed + (status == 404)
        if status == 405:
            continue
        if status not in (ANSWERS if seen else {404}):
            wrong.add(f"{method} {name} by {post.role} of {post.kind}, {child.row}: {status}")

    assert not wrong, "\n".join(["", *sorted(wrong)])
    assert opened > TRIPLES / 20
    assert closed > TRIPLES / 3
