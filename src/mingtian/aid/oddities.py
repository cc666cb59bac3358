"""What a list leaves to be asked. Questions to whoever enters it, never refusals. Pure Python."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mingtian.aid.reading import ListRow
from mingtian.aid.rules import mask_account


@dataclass(frozen=True, kw_only=True, slots=True)
class Shared:
    """One account, masked, to which several children's money would go."""

    account: str
    rows: tuple[int, ...]


def shared_accounts(rows: Iterable[ListRow]) -> list[Shared]:
    """Return the accounts that stand at more than one child, in the order of the file."""
    found: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        found[row.account].append(row.row)
    return [
        Shared(account=mask_account(account), rows=tuple(places))
        for account, places in found.items()
        if len(places) > 1
    ]


def rows_to(name: str, rows: Sequence[ListRow]) -> list[int]:
    """Return the rows whose payee is called like this; none for nobody's name."""
    wanted = _plain(name)
    return [row.row for row in rows if wanted and _plain(row.payee) == wanted]


def _plain(name: str) -> str:
    return "".join(name.split()).casefold()
