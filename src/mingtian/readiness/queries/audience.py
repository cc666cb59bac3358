"""Reads of a unit's plan: its audience sheet and the sums by leg (CAM-2, CAM-3)."""

from dataclasses import dataclass
from datetime import date

from mingtian.campaigns.queries import denominators
from mingtian.readiness.models import AudienceLine
from mingtian.readiness.rules import LEG_OF_KIND, Channel, Leg


@dataclass(frozen=True, kw_only=True, slots=True)
class LineRow:
    """A target group. ``frozen`` is the denominator of the kind, None before the opening."""

    public_id: str
    kind: int
    leg: Leg
    channel: Channel
    expected: int | None
    owner: str
    due_on: date | None
    frozen: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class LegRow:
    """What a unit plans for one leg of the trinity, and what is frozen for it.

    ``kinds`` are the kinds of persons of the leg, by which a campaign's figures are summed for
    its coverage. ``expected`` sums, for each kind, the largest size on its lines: the same
    people may be reached by several ways. None where no line says a size, or nothing is frozen.
    """

    leg: Leg
    kinds: tuple[int, ...]
    lines: int
    expected: int | None
    frozen: int | None


def list_audience(campaign_id: int, unit_id: int, day: date) -> list[LineRow]:
    """Return the sheet of a unit with the frozen denominators beside it. Two statements."""
    frozen = _frozen(campaign_id, unit_id, day)
    found = AudienceLine.objects.filter(campaign_id=campaign_id, unit_id=unit_id)
    return [
        LineRow(
            public_id=each.public_id,
            kind=each.kind,
            leg=Leg(each.leg),
            channel=Channel(each.channel),
            expected=each.expected,
            owner=each.owner,
            due_on=each.due_on,
            frozen=frozen.get(each.kind),
        )
        for each in found.order_by("leg", "kind", "channel")
    ]


def audience_by_leg(campaign_id: int, unit_id: int, day: date) -> list[LegRow]:
    """Return the three legs of a unit's own sheet. Two statements."""
    lines = list_audience(campaign_id, unit_id, day)
    return legs_of(lines, _frozen(campaign_id, unit_id, day) if not lines else None)


def legs_of(lines: list[LineRow], frozen: dict[int, int] | None = None) -> list[LegRow]:
    """Return the three legs of a sheet that was read before.

    ``frozen`` are denominators by kind; without them, those that stand on the lines.
    """
    known = frozen or {line.kind: line.frozen for line in lines if line.frozen is not None}
    rows = []
    for leg in Leg:
        own = [line for line in lines if line.leg is leg]
        kinds = {kind for kind, each in LEG_OF_KIND.items() if each is leg}
        kinds |= {line.kind for line in own}
        sizes: dict[int, int] = {}
        for line in own:
            if line.expected is not None:
                sizes[line.kind] = max(sizes.get(line.kind, 0), line.expected)
        fixed = [known[kind] for kind in kinds if kind in known]
        rows.append(
            LegRow(
                leg=leg,
                kinds=tuple(sorted(int(kind) for kind in kinds)),
                lines=len(own),
                expected=sum(sizes.values()) if sizes else None,
                frozen=sum(fixed) if fixed else None,
            )
        )
    return rows


def _frozen(campaign_id: int, unit_id: int, day: date) -> dict[int, int]:
    return {row.kind: row.persons for row in denominators(campaign_id, unit_id, day)}
