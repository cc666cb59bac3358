"""Turns rows of certificates into what templates show."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mingtian.attendance.rules import SLOTS
from mingtian.certificates.drawing.words import kin_in_words
from mingtian.certificates.queries.demands import DemandRow
from mingtian.certificates.queries.progress import Progress
from mingtian.certificates.queries.rates import RateRow, rate_of
from mingtian.certificates.rules import Demand, Lock, demand_refusals
from mingtian.core.errors import RuleBroken
from mingtian.org.queries import UnitRow
from mingtian.people.queries.words import PEOPLE_WORDS
from mingtian.people.rules import ROSTER_KINDS
from mingtian.web.refusals import sentence
from mingtian.web.rules import Bar, percent


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownDemand:
    """The rule for one kind as the desk shows it; ``fault`` says why nobody can meet it."""

    kind: int
    name: str
    sentences: Sequence[str]
    reason: str
    set_at: datetime | None
    fault: str
    form: object


def demand_in_words(demand: Demand) -> list[str]:
    """Write a rule as sentences."""
    parts = []
    if demand.evenings:
        parts.append(
            ngettext("%(n)s evening signed", "%(n)s evenings signed", demand.evenings)
            % {"n": demand.evenings}
        )
    if demand.slots:
        parts.append(
            ngettext("%(n)s slot watched", "%(n)s slots watched", demand.slots)
            % {"n": demand.slots}
        )
    if demand.completed:
        parts.append(
            ngettext("%(n)s evening completed", "%(n)s evenings completed", demand.completed)
            % {"n": demand.completed}
        )
    asked = _("At least %(parts)s.") % {"parts": _(", ").join(parts)}
    replay = _("Replays count too.") if demand.replay_counts else _("Only the live evenings count.")
    by_hand = (
        _("Notes of the class teacher count.")
        if demand.by_hand_counts
        else _("Notes of the class teacher do not count.")
    )
    return [asked, replay, by_hand]


def progress_in_words(row: Progress, *, left: bool = False) -> list[str]:
    """Say what is still missing, or why a certificate was taken back; nothing when it is there.

    ``left`` says that the home has withdrawn, so that nothing is unlocked for it.
    """
    if row.unlocked:
        return []
    if row.waits and left:
        return [_("Everything is there. It is unlocked when somebody of this home agrees again.")]
    if row.waits:
        return [_("Everything is there. The certificate appears here within a day.")]
    if row.revoked:
        return [str(_REVOKED[row.revoked])]
    found = [_missing(lock, row.missing.get(lock, 0)) for lock in row.locks]
    if row.out_of_reach:
        found.append(
            _("The evenings left are too few. Ask the class teacher if an evening is missing.")
        )
    elif row.replays_help and row.ended:
        found.append(_("A missed evening can be made up with its replay."))
    return found


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownProgress:
    """One person's certificate on the family's page."""

    progress: Progress
    who: str
    address: str
    asks_name: bool
    sentences: Sequence[str]


def shown_progress(
    rows: Iterable[Progress], *, names: Mapping[int, str], address: str, left: bool = False
) -> list[ShownProgress]:
    """Return the rows for ``certificates/my.html``.

    ``names`` say who somebody is where the family's page knows more than the kin; ``address`` is
    where the home's files lie, as ``/my/certificates``; ``left`` is whether it has withdrawn.
    """
    return [
        ShownProgress(
            progress=row,
            who=names.get(row.person_id) or kin_in_words(row.kin, row.kind),
            address=f"{address}/{row.serial}",
            asks_name=row.kind not in ROSTER_KINDS,
            sentences=progress_in_words(row, left=left),
        )
        for row in rows
    ]


def shown_demands(
    demands: Iterable[DemandRow], forms: Mapping[int, object], evenings: int
) -> list[ShownDemand]:
    """Return the rules with their forms, for a campaign of so many evenings."""
    return [
        ShownDemand(
            kind=row.kind,
            name=str(PEOPLE_WORDS[row.kind]),
            sentences=demand_in_words(row.demand),
            reason=row.reason,
            set_at=row.set_at,
            fault=_fault(row, evenings),
            form=forms[row.kind],
        )
        for row in demands
    ]


def _fault(row: DemandRow, evenings: int) -> str:
    """Say what is wrong with a rule that was set before lectures were taken out of the plan."""
    refusals = demand_refusals(row.demand, evenings=evenings) if row.set_at else []
    facts = {"evenings": evenings, "slots": evenings * SLOTS}
    return sentence(RuleBroken(refusals[0], **facts)) if refusals else ""


def shown_kinds(rows: Sequence[RateRow]) -> list[tuple[str, ...]]:
    """Return one line for each kind that is expected or has certificates."""
    found: list[tuple[str, ...]] = []
    for kind in sorted({row.kind for row in rows}):
        kept = [row for row in rows if row.kind == kind]
        unlocked = sum(row.unlocked for row in kept)
        rate = rate_of(kept)
        share = percent(rate.share) if rate.share is not None else "–"
        expected = f"{rate.expected:,}" if kind in ROSTER_KINDS else "–"
        exempt = f"{rate.exempt:,}" if kind in ROSTER_KINDS else "–"
        found.append((str(PEOPLE_WORDS[kind]), f"{unlocked:,}", expected, exempt, share))
    return found


def kind_headers() -> list[object]:
    number = "number"
    return [
        _("Kind"),
        (_("Unlocked"), number),
        (_("Expected at opening"), number),
        (_("Exempt"), number),
        (_("Unlock rate"), number),
    ]


def shown_below(
    rows: Sequence[RateRow], units: Mapping[int, UnitRow], urls: Mapping[int, str]
) -> list[Bar]:
    """Return the units one level down as bars by unlock rate; those with nobody expected last."""
    found = []
    for key, unit in units.items():
        rate = rate_of(row for row in rows if row.group == key)
        exempt = _("%(number)s exempt") % {"number": f"{rate.exempt:,}"} if rate.exempt else ""
        found.append(
            Bar(
                name=unit.title,
                value=rate.unlocked,
                of=rate.eligible or None,
                url=urls[key],
                note=exempt,
            )
        )
    return found


def _missing(lock: Lock, number: int) -> str:
    if lock is Lock.NOT_BEGUN:
        return _("Nothing is recorded yet.")
    if lock is Lock.EVENINGS:
        return ngettext(
            "%(n)s evening is still missing.", "%(n)s evenings are still missing.", number
        ) % {"n": number}
    if lock is Lock.SLOTS:
        return ngettext(
            "%(n)s slot is still missing.", "%(n)s slots are still missing.", number
        ) % {"n": number}
    return ngettext(
        "%(n)s completed evening is still missing.",
        "%(n)s completed evenings are still missing.",
        number,
    ) % {"n": number}


_REVOKED: dict[str, Promise] = {
    "correction": gettext_lazy(
        "The certificate was taken back because an evening was corrected. It comes again when "
        "what is missing is there. Ask the class teacher if this is wrong."
    ),
    "in_error": gettext_lazy(
        "The certificate was taken back because it had been issued in error. Ask the class "
        "teacher if this is wrong."
    ),
    "withdrawn": gettext_lazy("The certificate was withdrawn."),
}
