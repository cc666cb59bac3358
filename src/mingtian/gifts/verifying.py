"""Compares gifts, moves and hand-overs with the chained books, for ``mingtian audit verify``."""

from collections.abc import Iterator

from mingtian.gifts.statements import rows
from mingtian.ledger.queries import entries_of
from mingtian.vault.access import keep

SUBJECT = "gifts and stock"


def verify() -> Iterator[str]:
    """Yield a sentence for each row whose quantities the books do not confirm, or not its being undone."""
    with keep("verify gifts"):
        handed = rows("handed_sources", {})
    wanted = [*rows("stock_sources", {}), *handed]
    entries = entries_of([source for source, *_ in wanted])
    for source, quantity, undone in wanted:
        entry = entries.get(source)
        said = sum(line.amount for line in entry.lines if line.amount > 0) if entry else 0
        if said != quantity:
            yield f"{source}: the row says {quantity}, the books say {said}."
        elif undone != (entry is not None and entry.reversed_by is not None):
            yield f"{source}: {'undone' if undone else 'stands'}, and the books say otherwise."
