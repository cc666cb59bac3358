"""Whoever opens a roster name stands in the trail with it: every address of the desk is walked.

What is watched is the unsealing itself, so a name in a page, a spreadsheet or a printed sheet is
met alike.
"""

from collections.abc import Iterator, Mapping

import pytest
from django.db import transaction
from django.test import Client

from mingtian.core.models import AuditEntry
from mingtian.core.seal import Place, Sealer
from mingtian.testing.matrix import CLASS_TEACHERS, PRINCIPALS, Row, Who, World
from tests.matrices import MODULES, address_of, rows_of

NOTED = {"people.names_read", "people.own_name_read", "people.names_opened_to_hide"}

OPENING = {
    "boards:appeal-answer",
    "boards:board",
    "boards:gathering",
    "boards:pupil",
    "boards:pupil-exempt",
    "boards:pupil-note",
    "certificates:booklet",
    "comments:digest-draft",
    "comments:digest-release",
    "comments:digest-save",
    "prompts:page",
    "prompts:robot",
    "screenshots:picture-list",
}
"""Addresses that open names. Whoever adds one thinks over who may read it, and states it here."""

SEEN_TO_OPEN = {"boards": "boards:board", "prompts": "prompts:page"}
"""What must be met on the way, or the walk saw nothing."""

NEAR = CLASS_TEACHERS | PRINCIPALS


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What was unsealed since it was last emptied, names alone."""
    seen: list[bytes] = []
    unseal = Sealer.open

    def watched(self: Sealer, sealed: bytes, place: Place) -> str:
        if (place.table, place.column) == ("people_person", "name"):
            seen.append(sealed)
        return unseal(self, sealed, place)

    monkeypatch.setattr(Sealer, "open", watched)
    return seen


def noted() -> int:
    return AuditEntry.objects.filter(action__in=NOTED).count()


@pytest.mark.parametrize("module", MODULES)
def test_no_name_is_opened_without_an_entry_in_the_trail(
    module: str,
    world: World,
    browsers: Mapping[Who, Client],
    monkeypatch: pytest.MonkeyPatch,
    opened: list[bytes],
) -> None:
    opening: set[str] = set()
    silent: list[str] = []

    for name, rows in sorted(rows_of(module).items()):
        for row in rows:
            monkeypatch.setattr("mingtian.core.clock.now", lambda row=row: row.at)
            for visit in visits(browsers, name, row, world, opened):
                if opened:
                    opening.add(name)
                    silent += [visit] if not noted() else []

    assert not silent, "\n".join(["", *silent])
    assert opening - OPENING == set()
    assert SEEN_TO_OPEN.get(module) in {*opening, None}


def visits(
    browsers: Mapping[Who, Client], name: str, row: Row, world: World, opened: list[bytes]
) -> Iterator[str]:
    """Let everybody near the families in who may, and one more; take back what each leaves."""
    with transaction.atomic():
        address, sent = address_of(name, row, world), row.sent(world)
        AuditEntry.objects.all().delete()
        for method, allowed, fields in (("get", row.get, None), ("post", row.post, sent)):
            far = sorted(set(allowed or ()) - NEAR)
            for who in [*sorted(set(allowed or ()) & NEAR), *far[:1]]:
                with transaction.atomic():
                    opened.clear()
                    getattr(browsers[who], method)(address, fields)
                    yield f"{method} {address} by {who.value}"
                    transaction.set_rollback(True)
        transaction.set_rollback(True)
