"""What the templates of the family's pages show, put into words."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import get_language, gettext

from mingtian.campaigns.queries import LectureRow, Place, places_of
from mingtian.certificates.queries.progress import Progress
from mingtian.certificates.rules import Demand
from mingtian.core.clock import day_of
from mingtian.core.keeping import Kept
from mingtian.family.access import Home
from mingtian.family.kept_words import (
    COUNTS,
    NOT_SHOWN,
    fact_word,
    moment,
    value_word,
    what_word,
)
from mingtian.family.queries.evenings import EveningRow, HomeEvenings, PersonRow
from mingtian.family.queries.kept import KeptRow
from mingtian.family.rules import Outcome
from mingtian.family.words import ICONS, OUTCOMES, explanation, label_of
from mingtian.people.queries.notices import notice_template
from mingtian.people.rules import CONSENT_VERSION, PersonKind


@dataclass(frozen=True, kw_only=True, slots=True)
class EveningView:
    """One evening of one person, in words."""

    row: EveningRow
    state: str
    word: str
    icon: str
    text: str

    @property
    def lecture(self) -> LectureRow:
        return self.row.lecture

    @property
    def askable(self) -> bool:
        return self.row.askable


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonView:
    """Somebody of the home, in words; ``opened`` for the pupils, whose evenings show at once."""

    public_id: str
    label: str
    place: str
    done: int
    begun: int
    total: int
    opened: bool
    evenings: list[EveningView]


@dataclass(frozen=True, kw_only=True, slots=True)
class HomeChoice:
    """A home of this phone as a choice in the switch."""

    number: int
    title: str
    place: str
    campaign: str
    chosen: bool


def person_views(evenings: HomeEvenings, progress: list[Progress]) -> list[PersonView]:
    """Put every person's evenings into words, pupils first and open.

    ``progress`` knows by which rule each person's certificate counts replays and notes.
    """
    demands = {row.person_id: row.demand for row in progress}
    return [
        _person(row, demands.get(row.member.id), first=number == 0)
        for number, row in enumerate(evenings.persons)
    ]


def home_choices(homes: tuple[Home, ...], chosen: Home, now: datetime) -> list[HomeChoice]:
    """Name the homes of a phone by who belongs to them, and where; the campaign if they differ.

    Nothing is to choose where there is one home.
    """
    if len(homes) == 1:
        return []
    several = len({home.campaign.id for home in homes}) > 1
    firsts = {home.number: home.members[0].unit_id for home in homes}
    places = places_of(set(firsts.values()), day_of(now))
    return [
        HomeChoice(
            number=home.number,
            title=title_of(home),
            place=place_in_words(places[firsts[home.number]]),
            campaign=home.campaign.title if several else "",
            chosen=home.number == chosen.number,
        )
        for home in homes
    ]


def title_of(home: Home) -> str:
    """Name a home by those on a roster, else by the first who belongs to it."""
    named = [one for one in home.members if one.number] or list(home.members[:1])
    return " · ".join(label_of(one) for one in named)


def short_notice(home: Home) -> str:
    """Return the present notice in short, in the reader's language, with who records."""
    template = notice_template(CONSENT_VERSION, get_language() or "", "short")
    assert template is not None
    written = render_to_string(template).replace("⟦issuer⟧", "{issuer}")
    return format_html(written, issuer=home.campaign.issuer)


def place_in_words(place: Place) -> str:
    """Name school and class, or township and village."""
    return " · ".join(part for part in (place.above, place.unit) if part)


def _person(row: PersonRow, demand: Demand | None, *, first: bool) -> PersonView:
    return PersonView(
        public_id=row.member.public_id,
        label=label_of(row.member),
        place=place_in_words(row.place),
        done=row.done,
        begun=row.begun,
        total=len(row.evenings),
        opened=first or row.member.kind is PersonKind.PUPIL,
        evenings=[_evening(each, demand) for each in row.evenings],
    )


def _evening(row: EveningRow, demand: Demand | None) -> EveningView:
    outcome: Outcome = row.verdict.outcome
    state, word = OUTCOMES[outcome]
    return EveningView(
        row=row,
        state=state,
        word=str(word),
        icon=ICONS.get(outcome, "minus"),
        text=" ".join(filter(None, (explanation(row.verdict, row.needed), _rule(outcome, demand)))),
    )


def _rule(outcome: Outcome, demand: Demand | None) -> str:
    """Say whether the campaign's rule counts an evening that was not watched live on a phone."""
    counts = {
        Outcome.REPLAY: demand and demand.replay_counts,
        Outcome.NOTED: demand and demand.by_hand_counts,
    }.get(outcome)
    if counts is None:
        return ""
    if counts:
        return gettext("It counts towards the certificate.")
    return gettext("It does not count towards the certificate.")


# --- What is kept -----------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptView:
    """One kept thing in words; ``kept`` is what stands in the file."""

    what: str
    at: str
    facts: list[tuple[str, str]]
    kept: Kept


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptGroup:
    """Everything kept about one person, or about the home as a whole."""

    label: str
    rows: list[KeptView]


def kept_groups(home: Home, rows: list[KeptRow]) -> list[KeptGroup]:
    """Put everything into words, the whole home first, then person by person."""
    groups: dict[int, KeptGroup] = {}
    for row in rows:
        label = label_of(row.member) if row.member else gettext("The whole home")
        key = row.member.id if row.member else 0
        group = groups.setdefault(key, KeptGroup(label=label, rows=[]))
        group.rows.append(_kept(row.kept))
    return [groups[key] for key in (0, *home.person_ids) if key in groups]


def going_away(rows: list[KeptRow]) -> list[tuple[str, int]]:
    """Count what an erasure removes, by what it is."""
    counted = Counter(row.kept.what for row in rows)
    return [(what_word(what), number) for what, number in counted.items()]


def count_rows(counts: dict[str, int]) -> list[tuple[str, int]]:
    """Put the counts of a receipt into words; nothing that was not there."""
    return [(str(COUNTS.get(key, key)), number) for key, number in counts.items() if number]


def _kept(kept: Kept) -> KeptView:
    return KeptView(
        what=what_word(kept.what),
        at=moment(kept.at) if kept.at else "",
        facts=[
            (fact_word(key), value_word(key, value))
            for key, value in kept.facts.items()
            if value is not None and key not in NOT_SHOWN
        ],
        kept=kept,
    )
