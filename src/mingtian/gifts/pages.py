"""What pages of gifts are made of: tables whose rows can be acted on, and a form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django import forms
from django.utils.functional import Promise

from mingtian.web.rules import grouped

Word = str | Promise


@dataclass(frozen=True, kw_only=True)
class Act:
    """A button that sends a form; ``form`` shows its fields before the button."""

    word: Word
    url: str
    form: forms.Form | None = None
    call: bool = False


@dataclass(frozen=True, kw_only=True)
class Line:
    """A row of a table. The first cell names it and leads to ``url`` where there is one."""

    cells: Sequence[object]
    url: str = ""
    chip: tuple[str, Word] | None = None
    acts: Sequence[Act] = ()


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table, or what to do first while it is empty. ``files`` are addresses by form."""

    title: Word = ""
    headers: Sequence[Word]
    lines: Sequence[Line]
    nothing: Word
    nothing_text: Word = ""
    files: Mapping[str, str] = field(default_factory=dict)

    @property
    def heads(self) -> list[tuple[Word, bool]]:
        """Each header, and whether numbers stand below it, in one line at the right."""
        columns = zip(*(line.cells for line in self.lines), strict=True)
        return [
            (head, any(isinstance(cell, int) for cell in cells))
            for head, cells in zip(self.headers, columns, strict=True)
        ]

    @property
    def rows(self) -> list[tuple[Line, list[tuple[Word, bool, object]]]]:
        """Each line with its cells beside their headers."""
        heads = self.heads
        return [
            (
                line,
                [
                    (head, number, _shown(cell))
                    for (head, number), cell in zip(heads, line.cells, strict=True)
                ],
            )
            for line in self.lines
        ]

    @property
    def has_acts(self) -> bool:
        return any(line.acts or line.chip for line in self.lines)


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page: what it is about, tables, one form, where to go on."""

    title: Word
    intro: Word = ""
    notice: Word = ""
    facts: Sequence[tuple[Word, object]] = ()
    tables: Sequence[Table] = ()
    form: forms.Form | None = None
    form_title: Word = ""
    button: Word = ""
    form_url: str = ""
    acts: Sequence[Act] = ()
    links: Sequence[tuple[Word, str]] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    narrow: bool = False
    is_first: bool = False
    """The first page of gifts needs no line above its title that says where one is."""

    @property
    def shown_facts(self) -> list[tuple[Word, object]]:
        """The facts with days as the house writes them."""
        return [(word, _shown(value)) for word, value in self.facts]


def _shown(cell: object) -> object:
    if isinstance(cell, int):
        return grouped(cell)
    return cell.isoformat() if isinstance(cell, date) else cell
