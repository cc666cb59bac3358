"""Compares lines of aid with the chained books, for ``mingtian audit verify``.

The entry of an approval or payment carries the fingerprint of its lines. Whoever changes a line
would have to change the entry, and with it the chain of the book.
"""

from collections.abc import Iterator

from mingtian.aid.statements import rows
from mingtian.ledger.queries import balances, entries_of
from mingtian.vault.access import keep

SUBJECT = "grants of aid"


def verify() -> Iterator[str]:
    """Yield a sentence for each list, batch or fund whose lines the books do not confirm."""
    with keep("verify grants of aid"):
        wanted = rows("changed_lists", {})
        funds = rows("funds", {})
    entries = entries_of([source for _, source, _ in wanted])
    for name, source, amount in wanted:
        entry = entries.get(source)
        if entry is None:
            yield f"{name}: its lines are not those of the books."
        elif entry.lines[0].amount != amount:
            yield f"{name}: its lines sum up to {-amount} fen, the books say {-entry.lines[0].amount}."
    kept = balances([each for row in funds for each in row[1:3]])
    for fund, reserved, paid, aside, out in funds:
        if (kept.get(reserved), kept.get(paid)) != (aside, out):
            yield f"fund {fund}: the books do not say what its lines sum up to."
