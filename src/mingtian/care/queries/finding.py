"""Cases as the desk's search finds them: by number alone."""

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.translation import gettext as _

from mingtian.care.models import Case
from mingtian.care.queries.todo import WITH_CASES
from mingtian.care.rules import State, number_of
from mingtian.care.words import STATE_WORDS
from mingtian.core.finding import Found
from mingtian.org.queries import PostRow
from mingtian.vault.access import enter
from mingtian.vault.rules import SUPERVISING, Purpose


def find(posts: Sequence[PostRow], words: str, *, now: datetime) -> list[Found]:
    """Return the case of that number when the person sees it; what is no number asks nothing."""
    number = number_of(words)
    if number is None or not any(post.role in WITH_CASES | SUPERVISING for post in posts):
        return []
    person = User(pk=posts[0].user_id, username=posts[0].username)
    with enter(person, now=now, purpose=Purpose.SUPERVISING):
        row = Case.objects.filter(number=number).first()
    if row is None:
        return []
    return [
        Found(
            kind=_("Case"),
            text=row.number,
            about=str(STATE_WORDS[State(row.state)]),
            address=reverse("care:case", args=[row.public_id]),
        )
    ]
