"""Everything that is kept about a home, from all modules (PIPL 45, Minors Online Regulation 34)."""

from dataclasses import dataclass
from datetime import UTC, datetime

from mingtian.core.keeping import Kept
from mingtian.family.access import Home
from mingtian.family.keepers import readers
from mingtian.people.queries.homes import MemberRow


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptRow:
    """One kept thing, with whom it belongs to; ``member`` is None for the whole home."""

    kept: Kept
    member: MemberRow | None


def list_kept(home: Home) -> list[KeptRow]:
    """Return all of it, the whole home first, then person by person, each by date."""
    members = {one.id: one for one in home.members}
    places = {person: number for number, person in enumerate(members, start=1)}
    rows = [
        KeptRow(kept=kept, member=members.get(kept.person_id or 0))
        for read in reversed(readers().values())
        for kept in read(home.person_ids)
    ]
    return sorted(rows, key=lambda row: (places.get(row.kept.person_id or 0, 0), _when(row)))


def _when(row: KeptRow) -> datetime:
    return row.kept.at or datetime.min.replace(tzinfo=UTC)
