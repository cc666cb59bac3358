"""The evenings of a home at a glance, person by person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from mingtian.attendance.queries.appeals import AppealRow, list_appeals_of
from mingtian.attendance.queries.evenings import Evenings, Played, list_evenings_of
from mingtian.attendance.rules import AppealState
from mingtian.campaigns.queries import LectureRow, Place, list_lectures, places_of
from mingtian.campaigns.rules import KINDS_OF_AUDIENCE, Audience
from mingtian.core.clock import day_of
from mingtian.family.access import Home
from mingtian.family.rules import Facts, Outcome, Sitting, Verdict, judge, runs
from mingtian.people.queries.homes import MemberRow
from mingtian.people.queries.standings import StandingRow, list_standings_of
from mingtian.people.rules import PersonKind, StandingState

ASKING = KINDS_OF_AUDIENCE[Audience.CLASS]


@dataclass(frozen=True, kw_only=True, slots=True)
class EveningRow:
    """One lecture of one person."""

    lecture: LectureRow
    verdict: Verdict
    needed: int
    asks: bool
    """Whether there is a class teacher to ask: for people of a class that has not withdrawn."""
    appeal: AppealRow | None
    """The newest question that the family asked about it."""

    @property
    def askable(self) -> bool:
        """Say whether the class teacher may be asked now: one question at a time (CER-1)."""
        waits = self.appeal is not None and self.appeal.state is AppealState.OPEN
        return self.asks and self.verdict.askable and not waits

    @property
    def live_runs(self) -> list[tuple[int, int]]:
        return list(runs(self.verdict.live))

    @property
    def replay_runs(self) -> list[tuple[int, int]]:
        return list(runs(self.verdict.replay))


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonRow:
    """Somebody of the home with all evenings of the campaign."""

    member: MemberRow
    place: Place
    evenings: tuple[EveningRow, ...]

    @property
    def done(self) -> int:
        """Evenings recorded or noted by the class teacher."""
        return sum(evening.verdict.done for evening in self.evenings)

    @property
    def begun(self) -> int:
        """Evenings that are not still to come."""
        return sum(each.verdict.outcome is not Outcome.UPCOMING for each in self.evenings)


@dataclass(frozen=True, kw_only=True, slots=True)
class HomeEvenings:
    """All of it, and what is on now or next."""

    persons: tuple[PersonRow, ...]
    tonight: LectureRow | None
    upcoming: tuple[LectureRow, ...]


def read_evenings(home: Home, now: datetime) -> HomeEvenings:
    """Return the home's evenings; as many queries for eight persons as for one."""
    lectures = list_lectures(home.campaign.id)
    known = list_evenings_of(
        person_ids=home.person_ids,
        unit_ids={one.unit_id for one in home.members},
        lecture_ids=[one.id for one in lectures],
    )
    spans = list_standings_of(home.person_ids)
    appeals: dict[tuple[int, int], AppealRow] = {}
    for asked in list_appeals_of(home.person_ids):
        appeals.setdefault((asked.person_id, asked.lecture_id), asked)
    day = day_of(now)
    places = places_of({one.unit_id for one in home.members}, day)
    persons = []
    for member in home.members:
        deciding = _deciding(member, home.members)
        own = [span for span in spans if span.person_id in deciding]
        evenings = tuple(
            EveningRow(
                lecture=lecture,
                verdict=judge(_sitting(lecture, home), _facts(member, lecture, known, own), now),
                needed=home.campaign.needed_slots,
                asks=member.kind in ASKING and member.departed_at is None,
                appeal=appeals.get((member.id, lecture.id)),
            )
            for lecture in lectures
        )
        persons.append(PersonRow(member=member, place=places[member.unit_id], evenings=evenings))
    return HomeEvenings(
        persons=tuple(persons),
        tonight=next((one for one in lectures if one.doors_at <= now < one.ends_at), None),
        upcoming=tuple(one for one in lectures if one.doors_at > now),
    )


def _deciding(member: MemberRow, members: Sequence[MemberRow]) -> set[int]:
    """Return whose standing tells of somebody: the own one, or an only child's for its relatives.

    A family is exempt or unwilling as a whole, and the class decides it by the pupil.
    """
    pupils = {one.id for one in members if one.kind is PersonKind.PUPIL}
    return pupils if member.kin and len(pupils) == 1 else {member.id}


def _sitting(lecture: LectureRow, home: Home) -> Sitting:
    return Sitting(
        doors_at=lecture.doors_at,
        ends_at=lecture.ends_at,
        closes_at=lecture.closes_at,
        needed=home.campaign.needed_slots,
    )


def _facts(
    member: MemberRow, lecture: LectureRow, known: Evenings, spans: list[StandingRow]
) -> Facts:
    spot = (member.id, lecture.id)
    played = known.played.get(spot, Played(live=None, replay=0))
    return Facts(
        joined_at=member.created_at,
        live=played.live,
        replay=played.replay,
        by_hand=known.by_hand.get(spot),
        gathered=(member.unit_id, lecture.id) in known.gathered and bool(member.number),
        standing=_standing(spans, lecture.held_on),
        departed_at=member.departed_at,
    )


def _standing(spans: list[StandingRow], day: date) -> StandingState | None:
    return next((span.state for span in spans if span.holds_on(day)), None)
