"""Reads of learning codes and of where they hang, as frozen rows."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet
from django.db.models.expressions import RawSQL

from mingtian.campaigns import rules
from mingtian.campaigns.models import LearningCode
from mingtian.campaigns.queries.campaigns import CampaignRow, campaign_row
from mingtian.campaigns.rules import Audience, CampaignState, CodeState
from mingtian.core.ids import tidy_code
from mingtian.org.queries import UnitRow, shown_name, unit_rows
from mingtian.org.rules import UnitKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where a code hangs: the school, township … above, and the class or group itself."""

    above: str
    unit: str
    trail: str
    """All of it in one line, from the county down, for a reader who wants to be sure."""
    above_public_id: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CodeRow:
    """A learning code with its unit and campaign."""

    id: int
    code: str
    audience: Audience
    unit_id: int
    campaign_id: int
    campaign_public_id: str
    campaign_title: str
    issued_at: datetime
    closed_at: datetime | None
    usable: bool
    """Open, in a campaign that is open."""
    place: Place

    @property
    def grouped(self) -> str:
        return rules.grouped_code(self.code)


@dataclass(frozen=True, kw_only=True, slots=True)
class CodeCheck:
    """What anyone may learn about a code. Holds nothing personal; empty when unknown."""

    state: CodeState
    code: str
    place: Place | None = None
    campaign: CampaignRow | None = None


def list_codes_of(unit_id: int, day: date) -> list[CodeRow]:
    """Return every code of a unit, the newest first."""
    codes = LearningCode.objects.filter(unit_id=unit_id).select_related("campaign")
    return code_rows(list(codes.order_by("-issued_at", "-pk")), day)


def usable_code(unit_id: int, campaign_id: int) -> str:
    """Return the code by which a unit's people enter an open campaign, or nothing. One query."""
    usable = LearningCode.objects.filter(
        unit_id=unit_id, campaign_id=campaign_id, closed_at=None,
        campaign__state=CampaignState.OPEN.value,
    )  # fmt: skip
    return usable.values_list("code", flat=True).first() or ""


def codes_below(codes: QuerySet[LearningCode], unit_id: int, day: date) -> QuerySet[LearningCode]:
    """Narrow codes to those of a unit and everything below it on the day."""
    below = RawSQL("SELECT campaigns_units_below(%s, %s)", (unit_id, day))
    return codes.filter(unit_id__in=below)


def code_rows(codes: Sequence[LearningCode], day: date) -> list[CodeRow]:
    """Return loaded codes (with their campaigns) as rows; a fixed number of queries."""
    places = places_of({each.unit_id for each in codes}, day)
    return [
        CodeRow(
            id=each.pk,
            code=each.code,
            audience=Audience(each.audience),
            unit_id=each.unit_id,
            campaign_id=each.campaign_id,
            campaign_public_id=each.campaign.public_id,
            campaign_title=shown_name(each.campaign.name, each.campaign.name_en),
            issued_at=each.issued_at,
            closed_at=each.closed_at,
            usable=each.closed_at is None and each.campaign.state == CampaignState.OPEN,
            place=places[each.unit_id],
        )
        for each in codes
    ]


def search_codes(codes: QuerySet[LearningCode], words: str, day: date) -> QuerySet[LearningCode]:
    """Narrow codes to one that was typed, or to units whose path of names holds every word.

    "第一小学 三年级一班" finds a class by its school, grade and own name, run together or not.
    """
    found = codes.annotate(standing=RawSQL(_STANDING, (day,)))  # noqa: S611 - no values inside
    matches = Q()
    for word in words.split():
        matches &= Q(standing__icontains=word)
    return found.filter(matches | Q(code=tidy_code(words)))


def in_tree_order(codes: QuerySet[LearningCode], day: date) -> QuerySet[LearningCode]:
    """Order codes by campaign, the latest first, then as their units stand in the tree."""
    path = RawSQL(_PATH, (day,))  # noqa: S611 - no values inside
    return codes.order_by("-campaign__first_on", "-campaign_id", path, "unit_id")


_PATH = """(
    SELECT p.path FROM org_placement AS p
    WHERE p.unit_id = campaigns_learning_code.unit_id AND p.line = 'leads'
      AND org_holds(p.starts_on, p.ends_on, %s))"""
_STANDING = """(
    SELECT string_agg(a.name, '' ORDER BY step.n) || ' ' || string_agg(a.name_en, ' ' ORDER BY step.n)
    FROM org_placement AS p
    CROSS JOIN LATERAL unnest(string_to_array(ltree2text(p.path), '.')::int[])
         WITH ORDINALITY AS step (id, n)
    JOIN org_unit AS a ON a.id = step.id
    WHERE p.unit_id = campaigns_learning_code.unit_id AND p.line = 'leads'
      AND org_holds(p.starts_on, p.ends_on, %s))"""


def count_codes(campaign_id: int) -> tuple[int, int]:
    """Return how many codes of the campaign are open, and how many were closed."""
    counted = LearningCode.objects.filter(campaign_id=campaign_id).aggregate(
        usable=Count("pk", filter=Q(closed_at=None)), closed=Count("closed_at")
    )
    return counted["usable"], counted["closed"]


def code_check(typed: str, day: date) -> CodeCheck:
    """Return what anyone may learn about a code as somebody typed it (COD-1).

    A code of a campaign that is over counts as closed. Nothing is said about codes near it.
    """
    code = tidy_code(typed)
    found = (
        LearningCode.objects.select_related("campaign__scope").filter(code=code).first()
        if rules.could_be_code(code)
        else None
    )
    if found is None:
        return CodeCheck(state=CodeState.UNKNOWN, code=code)
    campaign = campaign_row(found.campaign)
    usable = found.closed_at is None and campaign.state is CampaignState.OPEN
    return CodeCheck(
        state=CodeState.GENUINE if usable else CodeState.CLOSED,
        code=code,
        place=places_of({found.unit_id}, day)[found.unit_id],
        campaign=campaign,
    )


def places_of(unit_ids: Collection[int], day: date) -> dict[int, Place]:
    """Say where each unit stands, in the reader's language; one query for each level."""
    known: dict[int, UnitRow] = {}
    wanted = set(unit_ids)
    while wanted:
        known |= (found := unit_rows(wanted, day))
        wanted = {row.superior_id for row in found.values() if row.superior_id} - known.keys()
    return {unit_id: _place(unit_id, known) for unit_id in unit_ids}


NOT_NAMED = frozenset({UnitKind.NATION, UnitKind.PROVINCE, UnitKind.CITY})
"""Levels that everybody knows; a place is named from the county down."""


def _place(unit_id: int, known: Mapping[int, UnitRow]) -> Place:
    rows = []
    step: int | None = unit_id
    while step is not None and (row := known.get(step)) is not None:
        rows.append(row)
        step = row.superior_id
    if not rows:
        return Place(above="", unit="", trail="", above_public_id="")
    # A class is named with its grade, because every grade has a Class 1.
    inner = rows[:2] if len(rows) > 1 and rows[1].kind is UnitKind.GRADE else rows[:1]
    outer = [row for row in rows[len(inner) :] if row.kind not in NOT_NAMED]
    unit = _joined([row.title for row in reversed(inner)])
    trail = [*(row.title for row in reversed(outer)), unit]
    return Place(
        above=outer[0].title if outer else "",
        unit=unit,
        trail=" · ".join(trail),
        above_public_id=outer[0].public_id if outer else "",
    )


def _joined(titles: Sequence[str]) -> str:
    """Write grade and class as one name; Latin letters need a comma between them."""
    latin = any(title[-1:].isascii() for title in titles[:-1])
    return (", " if latin else "").join(titles)
