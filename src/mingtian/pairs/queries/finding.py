"""Pairs as the desk's search finds them: by number alone."""

import re
from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.translation import gettext as _

from mingtian.core.finding import Found
from mingtian.org.queries import PostRow
from mingtian.org.rules import Role
from mingtian.pairs.models import Pair
from mingtian.vault.access import enter
from mingtian.vault.rules import SUPERVISING, Purpose

NUMBER = re.compile(r"\A[0-9a-z]{12}\Z")
WITH_PAIRS = SUPERVISING | {Role.CASE_WORKER, Role.HELPER}


def find(posts: Sequence[PostRow], words: str, *, now: datetime) -> list[Found]:
    """Return the pair of that number when the person sees it; what is no number asks nothing."""
    number = "".join(words.split()).lower()
    if not NUMBER.match(number) or not any(post.role in WITH_PAIRS for post in posts):
        return []
    person = User(pk=posts[0].user_id, username=posts[0].username)
    with enter(person, now=now, purpose=Purpose.SUPERVISING):
        row = Pair.objects.filter(public_id=number).first()
    if row is None:
        return []
    return [
        Found(
            kind=_("Helping pair"), text=row.public_id, about="",
            address=reverse("pairs:pair", args=[row.public_id]),
        )
    ]  # fmt: skip
