"""What a stop of the tour is."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from playwright.sync_api import Locator, Page

# Of a place that the tour walks through: the city of the lecture, the small county.
Address = str | Callable[[Any], str]
Act = Callable[[Page], Locator]


class Frame(Enum):
    """How a page is shown: a phone, a phone's long page, desk and phone side by side, a wall."""

    PHONE = "phone"
    LONG = "long"
    BOTH = "both"
    WALL = "wall"


@dataclass(frozen=True)
class Stop:
    """One page: the name of its picture, whose page it is, where it stands, and what it is for."""

    name: str
    who: str
    address: Address
    title: str
    says: str
    frame: Frame = Frame.BOTH
    in_codes: bool = False
    """It shows words of the program on purpose: the audit trail does."""
    act: Act | None = None
    """What its reader does there before the picture is taken, and what is to be seen then."""

    def at(self, place: object) -> str:
        return self.address if isinstance(self.address, str) else self.address(place)


@dataclass(frozen=True)
class Part:
    """A chapter of the tour."""

    title: str
    stops: tuple[Stop, ...]
