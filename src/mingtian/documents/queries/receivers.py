"""To whom a unit may send: everybody of a kind below it along either line, and units by name."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from mingtian.core.errors import RuleBroken
from mingtian.documents.models import SendingList
from mingtian.documents.rules import ISSUING, RECEIVING, Address, Kind, address_of
from mingtian.org.queries import UnitRow, list_children, list_subtree, path_on, unit_rows
from mingtian.org.rules import Line, UnitKind


@dataclass(frozen=True, kw_only=True, slots=True)
class ChoiceRow:
    """Receivers of one kind along one line, and how many there are."""

    address: Address
    number: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ListRow:
    """A named list of receivers."""

    public_id: str
    name: str
    addresses: tuple[Address, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Circle:
    """All whom a unit may send to on a day.

    ``below`` are by line the units under it, ``beside`` its superiors and, with these superiors,
    its peers.
    """

    unit_id: int
    below: dict[Line, list[UnitRow]]
    superiors: list[UnitRow]
    peers: list[UnitRow]

    def choices(self) -> list[ChoiceRow]:
        """Return every kind that stands below, line by line, from the top down."""
        order = [*UnitKind]
        return [
            ChoiceRow(address=Address(line=line, kind=kind), number=number)
            for line, units in self.below.items()
            for kind, number in sorted(
                Counter(unit.kind for unit in units).items(), key=lambda pair: order.index(pair[0])
            )
        ]

    def named(self, kind: Kind | None = None) -> list[UnitRow]:
        """Return the units that are offered by name: superiors, those directly below, peers."""
        near = [
            unit for units in self.below.values() for unit in units
            if unit.superior_id == self.unit_id
        ]  # fmt: skip
        peers = self.peers if kind in {None, Kind.LETTER} else []
        return list({unit.id: unit for unit in (*self.superiors, *near, *peers)}.values())


@dataclass(frozen=True, kw_only=True, slots=True)
class Sent:
    """One receiver and the line along which it is reached."""

    unit_id: int
    line: Line


def circle_of(unit_id: int, day: date) -> Circle:
    """Return to whom the unit may send. At most ten statements, however many units there are."""
    below = {
        line: [
            unit for unit in list_subtree(unit_id, day, line, RECEIVING) if unit.id != unit_id
        ]
        for line in Line
    }  # fmt: skip
    above = {line: path_on(unit_id, day, line)[:-1] for line in Line}
    superior_ids = {path[-1] for path in above.values() if path}
    peers = [
        unit
        for line, path in above.items()
        if path
        for unit in list_children(path[-1], day, line)
        if unit.id != unit_id and unit.kind in RECEIVING
    ]
    found = unit_rows(superior_ids, day)
    return Circle(unit_id=unit_id, below=below, superiors=list(found.values()), peers=peers)


def partners_offered(circle: Circle) -> list[UnitRow]:
    """Return the bodies with which a unit may issue together: beside, above, and its sectors."""
    near = [unit for unit in circle.named() if unit.kind in ISSUING - {UnitKind.SCHOOL}]
    return list({unit.id: unit for unit in near}.values())


def resolve(
    circles: Sequence[Circle], lists: Iterable[str], units: Collection[int], kind: Kind
) -> list[Sent]:
    """Return the receivers, each once. Refuses a unit that is nobody's to send to.

    ``circles`` are those of all bodies that issue together; a receiver of one receives from all.
    """
    senders = {circle.unit_id for circle in circles}
    found: dict[int, Sent] = {}
    for address in map(address_of, lists):
        for circle in circles:
            for unit in circle.below[address.line]:
                if unit.kind is address.kind and unit.id not in senders:
                    found.setdefault(unit.id, Sent(unit_id=unit.id, line=address.line))
    allowed = _allowed(circles, kind)
    for unit_id in units:
        if unit_id in senders or unit_id not in allowed:
            raise RuleBroken("wrong_receiver")
        found.setdefault(unit_id, Sent(unit_id=unit_id, line=allowed[unit_id]))
    return list(found.values())


def _allowed(circles: Sequence[Circle], kind: Kind) -> dict[int, Line]:
    allowed: dict[int, Line] = {}
    for circle in circles:
        for line, below in circle.below.items():
            for unit in below:
                allowed.setdefault(unit.id, line)
        for unit in circle.superiors + (circle.peers if kind is Kind.LETTER else []):
            allowed.setdefault(unit.id, Line.LEADS)
    return allowed


def list_sending_lists(unit_id: int) -> list[ListRow]:
    """Return the named lists of a unit by name."""
    return [
        ListRow(
            public_id=each.public_id,
            name=each.name,
            addresses=tuple(address_of(key) for key in each.addresses),
        )
        for each in SendingList.objects.filter(unit_id=unit_id).order_by("name")
    ]
