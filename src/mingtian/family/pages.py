"""What the templates of the family's pages show, put into words."""

from dataclasses import dataclass

from mingtian.campaigns.queries import LectureRow
from mingtian.family.access import Home
from mingtian.family.queries.evenings import EveningRow, HomeEvenings, PersonRow
from mingtian.family.rules import Outcome
from mingtian.family.words import ICONS, OUTCOMES, explanation, label_of
from mingtian.people.rules import PersonKind


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
    campaign: str
    chosen: bool


def person_views(evenings: HomeEvenings) -> list[PersonView]:
    """Put every person's evenings into words, pupils first and open."""
    return [_person(row, first=number == 0) for number, row in enumerate(evenings.persons)]


def home_choices(homes: tuple[Home, ...], chosen: Home) -> list[HomeChoice]:
    """Name the homes of a phone by who belongs to them; the campaign only where they differ."""
    several = len({home.campaign.id for home in homes}) > 1
    return [
        HomeChoice(
            number=home.number,
            title=title_of(home),
            campaign=home.campaign.title if several else "",
            chosen=home.number == chosen.number,
        )
        for home in homes
    ]


def title_of(home: Home) -> str:
    """Name a home by those on a roster, else by the first who belongs to it."""
    named = [one for one in home.members if one.number] or list(home.members[:1])
    return " · ".join(label_of(one) for one in named)


def _person(row: PersonRow, *, first: bool) -> PersonView:
    return PersonView(
        public_id=row.member.public_id,
        label=label_of(row.member),
        place=row.place,
        done=row.done,
        begun=row.begun,
        total=len(row.evenings),
        opened=first or row.member.kind is PersonKind.PUPIL,
        evenings=[_evening(each) for each in row.evenings],
    )


def _evening(row: EveningRow) -> EveningView:
    outcome: Outcome = row.verdict.outcome
    state, word = OUTCOMES[outcome]
    return EveningView(
        row=row,
        state=state,
        word=str(word),
        icon=ICONS.get(outcome, "minus"),
        text=explanation(row.verdict, row.needed),
    )
