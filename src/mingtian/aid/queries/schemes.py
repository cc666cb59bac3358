"""Schemes by their keys, for whoever shows totals. Tables without a child: no door needed."""

from collections.abc import Collection
from dataclasses import dataclass

from mingtian.aid.models import Scheme
from mingtian.aid.outline import CheckRow, check_rows
from mingtian.aid.queries.rates import rates_of
from mingtian.aid.rules import SchemeKind, parse_term
from mingtian.aid.totals import check_total
from mingtian.org.queries import shown_name


@dataclass(frozen=True, kw_only=True, slots=True)
class SchemeRow:
    """A scheme as totals name it."""

    id: int
    public_id: str
    kind: SchemeKind
    name: str
    name_en: str

    @property
    def title(self) -> str:
        """The name in the reader's language."""
        return shown_name(self.name, self.name_en)


def scheme_rows(
    *, ids: Collection[int] = (), public_ids: Collection[str] = (), units: Collection[int] = ()
) -> list[SchemeRow]:
    """Return the schemes of these keys, or of these units, the oldest first. One statement."""
    found = (
        Scheme.objects.filter(pk__in=ids)
        | Scheme.objects.filter(public_id__in=public_ids)
        | Scheme.objects.filter(unit_id__in=units)
    )
    return [
        SchemeRow(
            id=one.pk, public_id=one.public_id, kind=SchemeKind(one.kind), name=one.name,
            name_en=one.name_en,
        )
        for one in found.order_by("pk")
    ]  # fmt: skip


def read_total(scheme_id: int, term: str, *, count: int, total: int) -> list[CheckRow]:
    """Say of a count and total of a scheme in a term which reading of the rates fits, in words (AID-8).

    One statement; nothing for a scheme without a rate.
    """
    rates = rates_of(scheme_id, parse_term(term).first)
    return check_rows(check_total(count, total, rates)) if rates and count and total else []
