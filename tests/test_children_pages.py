"""What pages about children give away (AID-1, domain.md 11.3).

One child whose every word is a canary is walked through all addresses of the modules of care, by
every post of the matrix. Complete by construction: addresses come from the matrix.
"""

import logging
from collections.abc import Iterator, Mapping

import pytest
from django.test import Client
from django.urls import reverse

from mingtian.core.models import AuditEntry
from mingtian.testing.matrix import DURING, Who, World
from mingtian.vault.access import keep
from mingtian.vault.models import Reading
from tests.browsers import remembering
from tests.canaries import CANARIES, MODULES, Known, make_known
from tests.matrices import rows_of
from tests.test_addresses import ADDRESSES
from tests.test_authorisation import plain_page_not_found

W = Who

OPEN_TO: Mapping[str, frozenset[Who]] = {
    "name": frozenset({W.CASE_WORKER, W.COUNSELLOR, W.HELPER, W.AID_CLERK, W.CASHIER}),
    "guardian": frozenset({W.CASE_WORKER}),
    "phone": frozenset({W.CASE_WORKER}),
    "payee": frozenset({W.AID_CLERK, W.CASHIER}),
    "account": frozenset({W.AID_CLERK, W.CASHIER}),
    "situation": frozenset({W.CASE_WORKER}),
    "health": frozenset({W.CASE_WORKER}),
    "goal": frozenset({W.CASE_WORKER, W.HELPER}),
    "visit": frozenset({W.CASE_WORKER, W.HELPER}),
    "talk": frozenset({W.COUNSELLOR}),
    "signer": frozenset({W.CASE_WORKER, W.HELPER}),
}
"""Who may meet which canary: the parts of ``vault.rules.OPENED`` that the posts have in this child."""

REASONS = {"vault:requests", "vault:decide", "vault:review", "vault:ask"}
"""Pages that show the reason of a request to who asked or decides. It was asked by the village."""

ASKING = frozenset({W.VILLAGE, W.TOWN, W.COUNTY, W.SCHOOL_OFFICE})

MAY_BE_STORED = {
    "pairs:visit": "an empty form that the phone keeps, the same for everybody",
    "pairs:worker": "the script that keeps it",
}

NEAR = frozenset(
    {W.CITY, W.COUNTY, W.SCHOOL_OFFICE, W.TEACHER, W.FAR_COUNTY, W.FAR_CASE_WORKER, W.CASE_WORKER,
     W.COUNSELLOR, W.HELPER, W.AID_CLERK, W.CASHIER}
)  # fmt: skip
"""Who tries every address. The authorisation matrix has everybody else find nothing."""

HELD = {"child": "number"} | {
    name: name
    for name in (
        "case", "plan", "service", "report", "ticket", "transfer", "talk", "pair", "own", "listing",
        "batch", "grant", "fund", "handover", "need", "going", "asked",
    )
}  # fmt: skip
"""Variable parts of addresses that lead to the canary, by what :class:`Known` calls them."""


@pytest.fixture
def clients(
    world: World, browsers: Mapping[Who, Client], monkeypatch: pytest.MonkeyPatch
) -> Mapping[Who, Client]:
    monkeypatch.setattr("mingtian.core.clock.now", lambda: DURING)
    return remembering(browsers)


def canaries_in(content: bytes) -> set[str]:
    return {word for word, canary in CANARIES.items() if canary.encode() in content}


def parts_of(known: Known, name: str) -> dict[str, object] | None:
    """Return the address's variable parts as far as they are the canary's; None when one is not."""
    parts: dict[str, object] = {}
    for each in ADDRESSES[name]:
        if each == "form":
            parts[each] = "csv"
        elif each == "child":
            parts[each] = known.number
        elif each in known.ids and each in HELD:
            parts[each] = known.ids[each]
        else:
            return None
    return parts


def addresses(known: Known) -> Iterator[tuple[str, str, set[Who]]]:
    """Yield every address that can be asked about the canary or has no parts, and who tries it."""
    for module in MODULES:
        for name, rows in sorted(rows_of(module).items()):
            parts = parts_of(known, name)
            if parts is None:
                continue
            who = {each for row in rows for each in (*(row.get or ()), *(row.post or ()))} | NEAR
            yield name, reverse(name, kwargs=parts), who
            if "form" in parts:
                yield name, reverse(name, kwargs=parts | {"form": "xlsx"}), who


def log_length() -> int:
    with keep("count"):
        return Reading.objects.filter(refused=False).count()


def test_canaries_are_met_by_whose_part_opens_them_alone_and_leave_a_reading(
    world: World,
    clients: Mapping[Who, Client],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    caplog.set_level(logging.INFO)
    known = make_known(world)
    # Drawn in full, "not found" costs most of the walk; the next test reads what it says.
    monkeypatch.setattr("mingtian.urls.handler404", plain_page_not_found, raising=False)
    wrong: list[str] = []
    met: set[tuple[str, Who]] = set()
    length = log_length()
    for name, address, trying in addresses(known):
        for who in sorted(trying):
            before = length
            reply = clients[who].get(address)
            length = log_length() if reply.status_code < 400 else length
            content = b"".join(reply) if reply.streaming else reply.content
            found = canaries_in(content)
            if reply.status_code >= 400 and found:
                wrong.append(f"{who} {address}: {reply.status_code} shows {found}")
            if reply.status_code >= 500:
                wrong.append(f"{who} {address}: {reply.status_code}")
            if name in REASONS and who in ASKING:
                found -= {"situation"}
            closed = {word for word in found if who not in OPEN_TO[word]}
            if closed:
                wrong.append(f"{who} {address}: shows {sorted(closed)}")
            if found and length == before:
                wrong.append(f"{who} {address}: shows {sorted(found)} and notes nothing")
            met |= {(word, who) for word in found}
            kept = name in MAY_BE_STORED
            stored = "no-store" not in reply.headers.get("Cache-Control", "")
            if stored and not kept and reply.status_code == 200:
                wrong.append(f"{who} {address}: {reply.status_code} may be stored")

    assert not wrong, "\n".join(["", *sorted(set(wrong))])
    assert {word for word, _ in met} >= {"name", "guardian", "phone", "situation", "goal", "talk"}
    assert canaries_in(caplog.text.encode()) == set()
    trail = "\n".join(str(row) for row in AuditEntry.objects.values_list("subject", "detail"))
    assert canaries_in(trail.encode()) == set()
