"""How things of this module are called on pages."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from mingtian.core.clock import SHANGHAI
from mingtian.gifts.models import Item
from mingtian.gifts.queries.gifts import DonorRow
from mingtian.gifts.rules import (
    DonorKind,
    HandState,
    HandUndoReason,
    LossReason,
    Measure,
    MoveKind,
    NeedState,
    NotGivenReason,
    SignWay,
    Tag,
    Thing,
    UndoReason,
)
from mingtian.org.queries import shown_name

Words = Mapping[str, str | Promise]
Many = Callable[[int], str]

DONOR_KINDS: Words = {
    DonorKind.PERSON: lazy("person"),
    DonorKind.COMPANY: lazy("company"),
    DonorKind.CHARITY: lazy("charity"),
}
TAGS: Words = {
    Tag.SPRING_FESTIVAL: lazy("before Spring Festival"),
    Tag.CHILDRENS_DAY: lazy("Children's Day"),
    Tag.TERM_BEGINS: lazy("beginning of term"),
    Tag.MID_AUTUMN: lazy("Mid-Autumn"),
    Tag.WINTER: lazy("a warm winter"),
    Tag.OTHER: lazy("another occasion"),
}
MANY: Mapping[str, Many] = {
    Measure.PIECE: lambda n: ngettext("%(number)s piece", "%(number)s pieces", n),
    Measure.SET: lambda n: ngettext("%(number)s set", "%(number)s sets", n),
    Measure.PAIR: lambda n: ngettext("%(number)s pair", "%(number)s pairs", n),
    Measure.BAG: lambda n: ngettext("%(number)s bag", "%(number)s bags", n),
    Measure.BOX: lambda n: ngettext("%(number)s box", "%(number)s boxes", n),
    Measure.BARREL: lambda n: ngettext("%(number)s bottle", "%(number)s bottles", n),
    Measure.BOOK: lambda n: ngettext("%(number)s volume", "%(number)s volumes", n),
    Measure.HALF_KILO: lambda n: ngettext("%(number)s half kilo", "%(number)s half kilos", n),
}
"""So many of a measure, in words."""

MEASURES: Words = {
    Measure.PIECE: lazy("pieces"),
    Measure.SET: lazy("sets"),
    Measure.PAIR: lazy("pairs"),
    Measure.BAG: lazy("bags"),
    Measure.BOX: lazy("boxes"),
    Measure.BARREL: lazy("bottles"),
    Measure.BOOK: lazy("volumes"),
    Measure.HALF_KILO: lazy("half kilos"),
}
MOVES: Words = {
    MoveKind.TRANSFER: lazy("Take to another place"),
    MoveKind.LOSS: lazy("Note a loss"),
    MoveKind.COUNT: lazy("Count what is there"),
}
LOSSES: Words = {
    LossReason.DAMAGED: lazy("damaged"),
    LossReason.EXPIRED: lazy("past its date"),
    LossReason.MISSING: lazy("gone missing"),
    LossReason.RECALLED: lazy("recalled by the maker"),
}
UNDOS: Words = {
    UndoReason.TYPED_WRONG: lazy("Typed wrongly"),
    UndoReason.ENTERED_TWICE: lazy("Recorded twice"),
    UndoReason.TAKEN_BACK: lazy("Taken back by the donor"),
}
HAND_STATES: Words = {
    HandState.PLANNED: lazy("to be handed over"),
    HandState.HANDED: lazy("a second person confirms"),
    HandState.CONFIRMED: lazy("handed over and confirmed"),
    HandState.NOT_GIVEN: lazy("not handed over"),
    HandState.UNDONE: lazy("undone"),
}
HAND_CHIPS: Mapping[str, str] = {
    HandState.PLANNED: "wait",
    HandState.HANDED: "wait",
    HandState.CONFIRMED: "good",
    HandState.NOT_GIVEN: "off",
    HandState.UNDONE: "off",
}
WAYS: Words = {
    SignWay.SIGNED: lazy("The receiver's side signed"),
    SignWay.SECOND: lazy("A second person confirms"),
}
HAND_UNDOS: Words = {
    HandUndoReason.OTHER_CHILD: lazy("It went to another child"),
    HandUndoReason.OTHER_THINGS: lazy("Other things or another number were handed over"),
    HandUndoReason.NOT_HANDED: lazy("Nothing was handed over"),
    HandUndoReason.CAME_BACK: lazy("The family gave it back"),
}
NOT_GIVENS: Words = {
    NotGivenReason.NOBODY_HOME: lazy("Nobody was at home"),
    NotGivenReason.DECLINED: lazy("The family declined"),
    NotGivenReason.MOVED: lazy("The family has moved"),
    NotGivenReason.OTHER_WAY: lazy("Helped in another way"),
}
NEED_STATES: Words = {
    NeedState.WAITING: lazy("waits for a second look"),
    NeedState.RELEASED: lazy("released to partners"),
    NeedState.WITHDRAWN: lazy("taken down"),
    NeedState.MET: lazy("met"),
}
NEED_CHIPS: Mapping[str, str] = {
    NeedState.WAITING: "wait",
    NeedState.RELEASED: "live",
    NeedState.WITHDRAWN: "off",
    NeedState.MET: "good",
}
THINGS: Words = {
    Thing.COAT: lazy("winter coat"),
    Thing.SHOES: lazy("shoes"),
    Thing.CLOTHES: lazy("clothes"),
    Thing.BEDDING: lazy("bedding"),
    Thing.SCHOOL_BAG: lazy("school bag"),
    Thing.STATIONERY: lazy("stationery"),
    Thing.BOOKS: lazy("books"),
    Thing.DESK_LAMP: lazy("desk lamp"),
    Thing.DESK: lazy("desk"),
    Thing.BICYCLE: lazy("bicycle"),
    Thing.SPORTS: lazy("sports things"),
    Thing.FOOD: lazy("food"),
}


def item_name(item: Item) -> str:
    """Name an item in the reader's language."""
    return shown_name(item.name, item.name_en)


def how_many(item: Item, quantity: int) -> str:
    """Say so many of an item: "rice: 20 bags", "rice: 1 bag"."""
    many = MANY[Measure(item.measure)](quantity) % {"number": f"{quantity:,}"}
    return _("%(item)s: %(many)s") % {"item": item_name(item), "many": many}


def minute(at: datetime) -> str:
    """Write an instant to the minute, as clocks show it in Shanghai."""
    return f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


def donor_name(donor: DonorRow) -> str:
    """Name a donor; whoever gave no name is said so."""
    return donor.name or _("A donor who stays unnamed")
