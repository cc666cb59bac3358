"""The books: posting in batches, a trial balance over a million entries, the chain recounted."""

import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import psycopg

from bench.ground import CITY, Ground

if TYPE_CHECKING:
    from mingtian.core.actor import Actor
    from mingtian.ledger.queries import BookRow
    from mingtian.ledger.rules import EntrySpec

ENTRIES = 1_000_000
BATCH = 1_000
SCHOOLS = 300
MEASURED = 40
"""So many batches make one measurement of posting."""

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


def ledger(ground: Ground) -> dict[str, float]:
    """Post a million entries of grants through the action, sum them up, recount the chain.

    One book with a fund and 300 schools: what is granted goes from the fund to what is owed at a
    school, then to what was paid; each is an entry. Every batch is a transaction with its flush
    to disk. The first and the last batches are measured, on a book that is empty and one that is full.
    """
    from mingtian.core.actor import Actor
    from mingtian.ledger.actions import post_many

    actor = Actor(username="system:bench")
    entries = _entries(actor)
    seconds = []
    for _ in range(ENTRIES // BATCH):
        batch = [next(entries) for _ in range(BATCH)]
        begun = time.perf_counter()
        post_many(batch, now=NOW, actor=actor)
        seconds.append(time.perf_counter() - begun)
    with psycopg.connect(ground.url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE ledger_line, ledger_entry, ledger_balance")
        size = connection.execute(
            "SELECT sum(pg_total_relation_size(t)) FROM unnest(ARRAY['ledger_line',"
            " 'ledger_entry']::regclass[]) AS t"
        ).fetchone()
    assert size is not None
    fresh, full = sum(seconds[:MEASURED]), sum(seconds[-MEASURED:])
    return {
        "ledger_entries_per_second": round(MEASURED * BATCH / max(fresh, full)),
        "ledger_entries_per_second_empty": round(MEASURED * BATCH / fresh),
        "ledger_bytes_per_entry": round(float(size[0]) / ENTRIES),
    } | _recounted()


def _recounted() -> dict[str, float]:
    from mingtian.ledger.queries import find_book
    from mingtian.ledger.verifying import verify

    book = find_book(CITY)
    assert book is not None
    assert book.entries == ENTRIES
    found = {
        "trial_balance_1m_s": _balanced(book, None),
        "trial_balance_until_1m_s": _balanced(book, NOW),
    }
    begun = time.perf_counter()
    changed = list(verify())
    seconds = time.perf_counter() - begun
    if changed:
        raise RuntimeError(f"The books were changed: {changed[:3]}")
    return found | {"ledger_verified_per_second": round(ENTRIES / seconds)}


def _balanced(book: "BookRow", until: datetime | None) -> float:
    """Return the seconds of a trial balance, median of five; it must balance."""
    from mingtian.ledger.queries import trial_balance

    times = []
    for _ in range(5):
        begun = time.perf_counter()
        sums = trial_balance(book, until=until)
        times.append(time.perf_counter() - begun)
        if not (sums.balanced and sums.agrees):
            raise RuntimeError(f"The books do not balance: {sums.sums}")
    return round(median(times), 3)


def _entries(actor: "Actor") -> Iterator["EntrySpec"]:
    """Yield entries of grants for as long as somebody asks: granted, then paid."""
    from mingtian.ledger.actions import open_account
    from mingtian.ledger.rules import AccountSpec, EntrySpec, Kind, move

    def account(kind: Kind, purpose: str) -> str:
        spec = AccountSpec(book_unit_id=CITY, owner_id=CITY, kind=kind, purpose=purpose)
        return open_account(spec, now=NOW, actor=actor).public_id

    outside, fund = account(Kind.SOURCE, ""), account(Kind.FUND, "")
    owed = [account(Kind.PAYABLE, f"school:{n}") for n in range(SCHOOLS)]
    paid = [account(Kind.PAID, f"school:{n}") for n in range(SCHOOLS)]
    yield EntrySpec(
        kind="income", source="bench.income:1", lines=move(10**12, out_of=outside, into=fund)
    )
    number = 0
    while True:
        number += 1
        school, amount = number % SCHOOLS, 25_000 + number % 3 * 12_500
        lines = move(amount, out_of=fund, into=owed[school])
        yield EntrySpec(kind="granted", source=f"bench.grant:{number}", lines=lines)
        lines = move(amount, out_of=owed[school], into=paid[school])
        yield EntrySpec(kind="paid", source=f"bench.payment:{number}", lines=lines)


def main() -> None:
    """Run these alone; ``bin/bench`` runs them with everything else."""
    with tempfile.TemporaryDirectory(prefix="mingtian-bench-") as folder:
        ground = Ground(Path(folder))
        try:
            ground.lay()
            print(ledger(ground))
        finally:
            ground.remove()


if __name__ == "__main__":
    main()
