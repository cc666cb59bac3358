"""What the pages of a board show, put together for their templates. Counts nothing itself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingtian.attendance.queries.words import HOW_WORDS
from mingtian.attendance.rules import SLOTS
from mingtian.boards.access import Seat
from mingtian.boards.evenings import EveningRow
from mingtian.boards.frames import Frame
from mingtian.boards.outlines import Outline
from mingtian.boards.queries import Board, BoardUnitRow, KindRow
from mingtian.boards.rules import Coverage, Order, Phase
from mingtian.core.clock import SHANGHAI
from mingtian.core.figures import Figure
from mingtian.org.queries import UnitRow
from mingtian.org.rules import UnitKind
from mingtian.people.queries.words import PEOPLE_WORDS
from mingtian.people.rules import PersonKind
from mingtian.web.templatetags.mingtian import STATUS_WORDS

GROUP_WORDS = {
    UnitKind.PROVINCE: gettext_lazy("Provinces"),
    UnitKind.CITY: gettext_lazy("Cities"),
    UnitKind.COUNTY: gettext_lazy("Counties, county cities and districts"),
    UnitKind.TOWNSHIP: gettext_lazy("Townships and streets"),
    UnitKind.VILLAGE: gettext_lazy("Villages and communities"),
    UnitKind.SECTOR: gettext_lazy("Sector committees"),
    UnitKind.SCHOOL: gettext_lazy("Schools"),
    UnitKind.GRADE: gettext_lazy("Grades"),
    UnitKind.CLASS: gettext_lazy("Classes"),
    UnitKind.STAFF_GROUP: gettext_lazy("Staff groups"),
}
GROUP_ORDER = list(GROUP_WORDS)
FIGURE_WORDS = {
    "present": gettext_lazy("Watching"),
    "arrived": gettext_lazy("Arrived"),
    "completed": gettext_lazy("Completed"),
    "households": gettext_lazy("Households"),
    "devices": gettext_lazy("Devices"),
    "peak": gettext_lazy("Most at once"),
    "replayed": gettext_lazy("Came to the replay"),
    "replay_completed": gettext_lazy("Completed by replay"),
    "slots": gettext_lazy("Slots watched"),
    "exempt": gettext_lazy("Exempt"),
    "by_hand": gettext_lazy("Noted by hand"),
    "by_hand_telephone": gettext_lazy("Noted by hand: by telephone"),
    "by_hand_paper": gettext_lazy("Noted by hand: on paper"),
    "by_hand_in_class": gettext_lazy("Noted by hand: in class"),
    "by_hand_other_screen": gettext_lazy("Noted by hand: on another screen"),
    "class_viewings": gettext_lazy("Classes that watched together"),
    "class_heads": gettext_lazy("Heads counted in class"),
    "helped": gettext_lazy("Households signed in with help"),
}
BESIDE = ("exempt", "by_hand", "class_viewings", "class_heads", "helped")
"""What stands beside the count, in the order of the page."""
ORDER_WORDS = {
    Order.TREE: gettext_lazy("In order"),
    Order.NUMBER: gettext_lazy("By number"),
    Order.RATE: gettext_lazy("By rate"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownUnit:
    """A unit below as one line of a list; ``width`` is its bar in hundredths."""

    row: BoardUnitRow
    name: str
    url: str
    place: int | None
    tied: bool
    width: float


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownGroup:
    """Units of one kind. ``measure`` says what the bars show: rate or number."""

    heading: str
    measure: str
    units: Sequence[ShownUnit]
    ranked: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownKind:
    """One kind of person as a line of the table."""

    row: KindRow
    name: str

    @property
    def coverage(self) -> Coverage | None:
        return self.row.coverage


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownBeside:
    """What stands beside the count: figures with their labels, and how people were noted."""

    figures: Sequence[tuple[Figure, str]]
    hows: Sequence[tuple[Figure, str]]

    @property
    def any(self) -> bool:
        return any(figure.value for figure, _label in self.figures)


@dataclass(frozen=True, kw_only=True, slots=True)
class Slot:
    """One slot of the curve: when it began, and how high its bar is in hundredths.

    A slot that is filling has not been reported by every phone yet.
    """

    index: int
    begins: str
    persons: int | None
    height: float
    filling: bool

    @property
    def top(self) -> float:
        return 100 - self.height


def shown_groups(board: Board, outline: Outline, order: Order) -> list[ShownGroup]:
    """Return the units below by kind, each kind in the order asked for."""
    units = {below.unit.public_id: below.unit for below in outline.below}
    groups = []
    for kind in GROUP_ORDER:
        rows = [row for row in board.units if row.kind == kind]
        if rows:
            groups.append(_group(kind, rows, units, board.lecture, order))
    return groups


def _group(
    kind: UnitKind, rows: list[BoardUnitRow], units: dict[str, UnitRow], lecture: int, order: Order
) -> ShownGroup:
    ranked = order is not Order.TREE and rows[0].place_by_number is not None
    by_rate = order is Order.RATE or (order is Order.TREE and any(row.expected for row in rows))
    most = max(*(row.arrived for row in rows), 1)
    placed = [_place(row, order) for row in rows]
    shown = [
        ShownUnit(
            row=row,
            name=units[row.unit].title,
            url=board_url(lecture, row.unit),
            place=place,
            tied=place is not None and placed.count(place) > 1,
            width=_width(row, most, by_rate=by_rate),
        )
        for row, place in zip(rows, placed, strict=True)
    ]
    if ranked:
        shown.sort(key=lambda each: (each.place is None, each.place or 0))
    return ShownGroup(
        heading=str(GROUP_WORDS[kind]),
        measure="rate" if by_rate else "number",
        units=shown,
        ranked=ranked,
    )


def _place(row: BoardUnitRow, order: Order) -> int | None:
    return {
        Order.TREE: None,
        Order.NUMBER: row.place_by_number,
        Order.RATE: row.place_by_rate,
    }[order]


def _width(row: BoardUnitRow, most: int, *, by_rate: bool) -> float:
    if by_rate:
        return round(min(row.coverage.share, 1) * 100, 2) if row.coverage else 0.0
    return round(100 * row.arrived / most, 2)


def shown_beside(board: Board) -> ShownBeside:
    """Return the figures that are never added to those of phones."""
    return ShownBeside(
        figures=[(board.figure(counts), str(FIGURE_WORDS[counts])) for counts in BESIDE],
        hows=[(board.figure(f"by_hand_{how.value}"), str(word)) for how, word in HOW_WORDS.items()],
    )


def shown_kinds(board: Board) -> list[ShownKind]:
    """Return the kinds that came or are expected."""
    return [ShownKind(row=row, name=str(PEOPLE_WORDS[PersonKind(row.kind)])) for row in board.kinds]


def other_kinds(board: Board) -> list[ShownKind]:
    """Return the kinds of which nobody came yet, for the page to show when somebody does."""
    there = {row.kind for row in board.kinds}
    return [
        ShownKind(
            row=KindRow(kind=kind, present=0, arrived=0, completed=0, expected=None), name=str(word)
        )
        for kind, word in PEOPLE_WORDS.items()
        if kind not in there
    ]


def shown_slots(board: Board, evening: EveningRow) -> list[Slot]:
    """Return the curve for a chart and a table; slots that have not begun hold nothing."""
    most = max(*board.curve, 1)
    return [
        Slot(
            index=slot,
            begins=clock_time(evening.times.slot_begins(slot)),
            persons=persons if slot <= board.slot else None,
            height=round(100 * persons / most, 2) if slot <= board.slot else 0,
            filling=slot > (-1 if board.seen is None else board.seen),
        )
        for slot, persons in enumerate(board.curve)
    ]


def shown_trail(seat: Seat, ancestors: Iterable[UnitRow]) -> list[tuple[str, str]]:
    """Return the path of units; those above the reader's reach are named without a link."""
    return [
        (unit.title, board_url(seat.evening.id, unit.public_id) if at >= seat.reach else "")
        for at, unit in enumerate(ancestors)
    ]


def shown_orders(seat: Seat, groups: Sequence[ShownGroup], page: str) -> list[tuple[str, str, str]]:
    """Return the orders to choose from; none where no unit may be compared."""
    if not any(each.row.place_by_number for group in groups for each in group.units):
        return []
    address = reverse(page, args=[seat.evening.id, seat.public_id])
    return [
        (order.value, str(word), f"{address}?by={order.value}")
        for order, word in ORDER_WORDS.items()
    ]


def chosen_order(asked: str, seat: Seat) -> Order:
    """Return the order asked for; anything unknown is the order of the tree.

    So is everything where the campaign does not compare its units: an address kept from another
    campaign opens the same board, without places (RNK-1).
    """
    known = asked in set(Order) and seat.evening.compares_units
    return Order(asked) if known else Order.TREE


def board_url(lecture_id: int, public_id: str) -> str:
    return reverse("boards:board", args=[lecture_id, public_id])


def clock_time(instant: datetime) -> str:
    """Write the time of day in Asia/Shanghai."""
    return f"{instant.astimezone(SHANGHAI):%H:%M}"


def clock_seconds(instant: datetime) -> str:
    """Write the time of day in Asia/Shanghai, to the second."""
    return f"{instant.astimezone(SHANGHAI):%H:%M:%S}"


def phase_words(evening: EveningRow) -> list[tuple[Phase, str, str]]:
    """Return for each phase the look of its chip and its words."""
    times = evening.times
    closes = times.closes_at.astimezone(SHANGHAI)
    same_day = closes.date() == evening.held_on
    until = f"{closes:%H:%M}" if same_day else f"{closes:%m-%d %H:%M}"
    doors = clock_time(times.doors_at)
    return [
        (Phase.AHEAD, "off", _("Doors open at %(time)s") % {"time": doors}),
        (Phase.WAITING, "live", _("Doors are open")),
        (Phase.RUNNING, "live", _("Live")),
        (Phase.LATE, "wait", _("Provisional until %(time)s") % {"time": until}),
        (Phase.OVER, "wait", _("Provisional, waiting to be confirmed")),
    ]


def present_label(board: Board) -> SafeString:
    """Return the label of the present figure, with its other wordings hidden for the script."""
    words = (
        ("waiting", _("In the hall")),
        ("now", _("Watching now")),
        ("end", _("Watching at the end")),
    )
    shown = present_state(board)
    return format_html_join(
        "",
        '<span data-present="{}"{}>{}</span>',
        ((state, "" if state == shown else " hidden", word) for state, word in words),
    )


def present_state(board: Board) -> str:
    """Say how the present figure is to be read: waiting, now or end."""
    if board.seen is None:
        return "waiting"
    return "now" if board.phase == Phase.RUNNING else "end"


def facts(seat: Seat, frame: Frame, order: Order) -> dict[str, object]:
    """Return what the page's script needs: addresses and what is already shown."""
    where = [seat.evening.id, seat.public_id]
    return {
        "stream": reverse("boards:stream", args=where),
        "frame": reverse("boards:frame", args=where),
        "etag": frame.etag,
        "order": order.value,
        "read_at": clock_seconds(frame.built_at),
        "slots": [clock_time(seat.evening.times.slot_begins(slot)) for slot in range(SLOTS)],
        "curve": frame.board.curve,
        "slot": frame.board.slot,
        "seen": frame.board.seen,
    }


def words() -> dict[str, object]:
    """Return the sentences of the page's script in the reader's language."""
    return {
        "as_of": _("Numbers as of {time}"),
        "lost": _("Connection lost. Numbers as of {time}"),
        "watched": _("persons watching"),
        "tied": _("shared place"),
        "status": {status: str(word) for status, word in STATUS_WORDS.items()},
        "chart": _("How many persons watched in each slot"),
    }
