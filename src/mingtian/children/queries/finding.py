"""Children as the desk's search finds them: by number alone, never by name."""

import re
from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.models import User
from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _

from mingtian.children.access import uses_register
from mingtian.core.clock import day_of
from mingtian.core.finding import Found
from mingtian.org.queries import PostRow
from mingtian.org.queries.tree import shown_name
from mingtian.vault.access import enter
from mingtian.vault.rules import Purpose

_NUMBER = re.compile(r"[0-9a-z]{12}")


def find(posts: Sequence[PostRow], words: str, *, now: datetime) -> list[Found]:
    """Return the child of this very number in sight; whatever is no number asks nothing."""
    number = words.strip().casefold()
    if _NUMBER.fullmatch(number) is None or not any(map(uses_register, posts)):
        return []
    person = User(pk=posts[0].user_id, username=posts[0].username)
    # At the door the sets of the vault hold, and its policies.
    with enter(person, now=now, purpose=Purpose.SUPERVISING), connection.cursor() as cursor:
        cursor.execute(_FIND, {"number": number, "day": day_of(now)})
        return [
            Found(
                kind=_("Child in difficulty"), text=public_id, about=shown_name(name, name_en),
                address=reverse("children:child", args=[public_id]),
            )
            for public_id, name, name_en in cursor.fetchall()
        ]  # fmt: skip


# Who has a part alone, as a helper has, meets the child elsewhere.
_FIND = """
    SELECT child.public_id, called.name, called.name_en
    FROM vault_child child
    JOIN org_unit_name called ON called.unit_id = child.unit_id
     AND org_holds(called.starts_on, called.ends_on, %(day)s)
    WHERE child.public_id = %(number)s AND child.erased_at IS NULL
      AND (child.unit_id = ANY ((SELECT vault_ids('units'))::bigint[])
           OR child.school_id = ANY ((SELECT vault_ids('units'))::bigint[])
           OR child.id = ANY ((SELECT vault_ids('files'))::bigint[]))
"""
