"""A school's file becomes a list: looked through first, taken over after (people's rosters do alike)."""

import base64
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from mingtian.aid.actions.entering import (
    LineSpec,
    PayeeSpec,
    Place,
    enter_lines,
    granted_among,
    rate_for,
    withdrawn_among,
)
from mingtian.aid.models import Listing, Upload
from mingtian.aid.queries.children import fold_name, list_children_of
from mingtian.aid.queries.rates import rates_of
from mingtian.aid.reading import Fault, ListRow, SchoolList, read_list
from mingtian.aid.rules import check_term_open, parse_term
from mingtian.children.actions import ChildSpec, register_many
from mingtian.children.queries import count_doubles
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.core.ids import public_id
from mingtian.core.seal import Place as SealPlace
from mingtian.core.sealing import sealer
from mingtian.org.queries import path_on, unit_rows
from mingtian.org.rules import UnitKind
from mingtian.vault.access import Door, keep
from mingtian.web.tables import as_xlsx

KEPT = timedelta(hours=1)
"""How long a file waits for being taken over."""

NEW = 0
"""Stands for a child that the register does not know yet."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Matched:
    """A row with its child (:data:`NEW`: to be registered), its amount, and whether it stands already."""

    row: ListRow
    child: int
    amount: int
    standing: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Preview:
    """What taking a file over would do."""

    matched: tuple[Matched, ...]
    faults: tuple[Fault, ...]
    said: SchoolList

    @property
    def fresh(self) -> list[Matched]:
        """The rows that would become lines."""
        return [each for each in self.matched if not each.standing]

    @property
    def standing(self) -> int:
        """How many rows are grants already, with the same amount."""
        return len(self.matched) - len(self.fresh)

    @property
    def newcomers(self) -> int:
        """How many children would be registered."""
        return sum(each.child == NEW for each in self.fresh)

    @property
    def total(self) -> int:
        """What the new lines sum up to, in fen."""
        return sum(each.amount for each in self.fresh)


def keep_upload(door: Door, place: Place, *, file_name: str, content: bytes) -> Upload:
    """Keep a file sealed until it is taken over, an hour at most; an earlier one of the person goes."""
    check_term_open(place.term, day_of(door.now))
    read_list(content, today=day_of(door.now))
    Upload.objects.filter(uploader_id=door.user_id).delete()
    day = day_of(door.now)
    is_school = unit_rows([place.unit_id], day)[place.unit_id].kind is UnitKind.SCHOOL
    home = path_on(place.unit_id, day)[-2] if is_school else place.unit_id
    own = public_id()
    return Upload.objects.create(
        public_id=own, uploader_id=door.user_id, unit_id=place.unit_id, home_id=home, fund=place.fund,
        scheme=place.scheme, term=place.term.code, file_name=file_name[-120:],
        content=_sealed(own, content), created_at=door.now, expires_at=door.now + KEPT,
    )  # fmt: skip


def drop_upload(door: Door, upload: Upload) -> None:
    """Delete a file that is not wanted."""
    Upload.objects.filter(pk=upload.pk, uploader_id=door.user_id).delete()


def drop_expired(now: datetime) -> int:
    """Delete files whose hour is over; returns how many."""
    with keep("delete files of aid that were not taken over"):
        gone, _by_model = Upload.objects.filter(expires_at__lte=now).delete()
    return gone


def rest_of(found: Preview) -> list[list[str]]:
    """Return the file as typed with its refused rows alone, each at its own row."""
    number, heads = found.said.heading
    kept = {number: heads} | {each.row: found.said.cells[each.row] for each in found.faults}
    return [list(kept.get(row, ())) for row in range(1, max(kept) + 1)]


def preview(door: Door, upload: Upload) -> Preview:
    """Say what taking the file over would do, row by row. Changes nothing but the log of readings."""
    return _match(door, upload)


def take_over(door: Door, upload: Upload) -> Listing | None:
    """Take the sound rows over: unknown children are registered, lines entered as one list.

    Of the file only its refused rows are left, until its hour is over. Returns None when every sound row
    stands already, and when the file was taken over before: a second click does nothing.
    """
    # Two clicks at once: the later one waits here, and finds the row gone.
    gone, _by_model = Upload.objects.filter(pk=upload.pk, taken_at=None).delete()
    if not gone:
        return None
    place = place_of(upload)
    found = _match(door, upload)
    if found.faults and not found.matched:
        raise RuleBroken("aid_no_row")
    _keep_rest(door, upload, found)
    if not found.fresh:
        return None
    newcomers = [each for each in found.fresh if each.child == NEW]
    home = _home(upload)
    specs = [_child(each.row, home) for each in newcomers]
    made = iter(register_many(door, specs)) if specs else iter(())
    known = [
        replace(each, child=next(made).id) if each.child == NEW else each for each in found.fresh
    ]
    return enter_lines(door, place, [_line(each.row, each.child) for each in known])


def place_of(upload: Upload) -> Place:
    """Return what the file is for."""
    return Place(
        unit_id=upload.unit_id, fund=upload.fund, scheme=upload.scheme,
        term=parse_term(upload.term),
    )  # fmt: skip


def _read(door: Door, upload: Upload) -> SchoolList:
    packed = sealer().open(bytes(upload.content), _sealed_at(upload.public_id))
    return read_list(zlib.decompress(base64.b64decode(packed)), today=day_of(door.now))


def _keep_rest(door: Door, upload: Upload, found: Preview) -> None:
    """Put what is left of a file that was taken over in its place: its refused rows, or nothing."""
    upload.pk, upload.taken_at = None, door.now
    upload.content = _sealed(upload.public_id, as_xlsx(rest_of(found))) if found.faults else b""
    upload.save(force_insert=True)


def _sealed(own: str, content: bytes) -> bytes:
    return sealer().seal(base64.b64encode(zlib.compress(content, 1)).decode(), _sealed_at(own))


def _match(door: Door, upload: Upload) -> Preview:
    """Find each row's child and amount.

    A child of the unit with the same name, whose year of birth the register knows as well, is the one.
    A row that is, or sounds like, another child on the register is a fault: somebody must look first.
    """
    said = _read(door, upload)
    known = list_children_of(door, upload.unit_id)
    home = _home(upload)
    registered = count_doubles(door, [_child(row, home) for row in said.rows])
    faults, found = list(said.faults), []
    for number, row in enumerate(said.rows):
        same = known.get(fold_name(row.name), []) if number in registered else []
        if len(same) > 1:
            faults.append(Fault(row=row.row, code="aid_row_ambiguous"))
        elif number in registered and not same:
            faults.append(Fault(row=row.row, code="aid_row_registered_elsewhere"))
        else:
            found.append((row, same[0] if same else NEW))
    matched = _priced(place_of(upload), found, faults, day_of(door.now))
    return Preview(
        matched=matched, faults=tuple(sorted(faults, key=lambda fault: fault.row)), said=said
    )


def _priced(
    place: Place, found: Sequence[tuple[ListRow, int]], faults: list[Fault], today: date
) -> tuple[Matched, ...]:
    """Return the rows with their amounts; adds a fault for each that cannot be."""
    rates = rates_of(place.scheme.pk)
    standing = granted_among(place, [child for _, child in found if child != NEW])
    often = Counter((fold_name(row.name), row.birth_year) for row, _ in found)
    withdrawn = withdrawn_among([child for _, child in found if child != NEW], today)
    matched = []
    for row, child in found:
        if child in withdrawn:
            faults.append(Fault(row=row.row, code="aid_consent_withdrawn"))
            continue
        if often[fold_name(row.name), row.birth_year] > 1:
            faults.append(Fault(row=row.row, code="aid_row_twice"))
            continue
        try:
            amount = rate_for(_line(row, child), rates, place.term).due(row.days)
        except RuleBroken as refusal:
            faults.append(Fault(row=row.row, code=refusal.code, facts=refusal.facts))
            continue
        if standing.get(child, amount) != amount:
            faults.append(Fault(row=row.row, code="aid_granted_already"))
            continue
        matched.append(Matched(row=row, child=child, amount=amount, standing=child in standing))
    return tuple(matched)


def _line(row: ListRow, child: int) -> LineSpec:
    return LineSpec(
        child=child, level=row.level, boarding=row.boarding, days=row.days, amount=row.amount,
        payee=PayeeSpec(name=row.payee, account=row.account, bank=row.bank),
    )  # fmt: skip


def _child(row: ListRow, home: tuple[int, int | None]) -> ChildSpec:
    return ChildSpec(unit_id=home[0], school_id=home[1], name=row.name, birth_year=row.birth_year)


def _home(upload: Upload) -> tuple[int, int | None]:
    """Return the town or county that answers for the children of a file, and their school."""
    is_school = upload.unit.kind == UnitKind.SCHOOL
    return upload.home_id, upload.unit_id if is_school else None


def _sealed_at(own: str) -> SealPlace:
    return SealPlace("aid_upload", "content", own)
