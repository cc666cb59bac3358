"""What the page of a bulletin or note shows, put together from the draft and the day's figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.functional import Promise

from mingtian.bulletins import facts as kept
from mingtian.bulletins.access import Place, papers_at
from mingtian.bulletins.actions.issuing import ready_of
from mingtian.bulletins.actions.writing import evening_of
from mingtian.bulletins.facts import Change, Facts
from mingtian.bulletins.models import Bulletin
from mingtian.bulletins.queries.figures import facts_of
from mingtian.bulletins.rules import (
    NAMES,
    RATE_NAME,
    SECTIONS,
    Again,
    Kind,
    Part,
    Section,
    in_words,
    parts_of,
    rate_in_words,
    typed_numbers,
    unproved,
)
from mingtian.bulletins.wording import HEADINGS, from_plain, group_text, title_of
from mingtian.bulletins.words import AGAIN_WORDS, KIND_WORDS, SECTION_WORDS, STATUS_WORDS
from mingtian.core.clock import day_of
from mingtian.core.figures import Figure
from mingtian.documents.queries import letterhead_of
from mingtian.org.queries import person_name
from mingtian.papers.paper import Paper

BASES = ("arrived", "completed", "pupils", "households")
"""Figures above the text."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Typed:
    """What somebody typed that was refused, to be shown again."""

    section: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SectionPart:
    """A section as it is shown: the lines with their numbers, and the text behind them."""

    section: Section
    word: str | Promise
    heading: str
    text: str
    lines: Sequence[Sequence[tuple[str, str | Promise]]]
    open: bool
    table: Sequence[Sequence[str]] = ()
    by_hand: Sequence[str] = ()
    unproved: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """Everything on the page. ``paper`` is None while nothing is drafted."""

    kind: Kind
    word: str | Promise
    paper: Bulletin | None
    standing: Bulletin | None
    facts: Facts
    over: bool
    title: str = ""
    group_text: str = ""
    sections: Sequence[SectionPart] = ()
    changes: Sequence[Change] = ()
    names: Sequence[tuple[str, str, str | Promise]] = ()
    earlier: Sequence[Bulletin] = field(default_factory=tuple)
    why: str | Promise = ""

    @property
    def is_draft(self) -> bool:
        return self.paper is not None and self.paper.issued_at is None

    @property
    def issuer(self) -> str:
        """What whoever issued the paper is called."""
        return person_name(self.paper.issued_by) if self.paper else ""

    @property
    def status_word(self) -> str | Promise:
        return STATUS_WORDS[self.facts.status]

    @property
    def figures(self) -> list[Figure]:
        return [self.facts.figures[key] for key in BASES if key in self.facts.figures]


def page_of(place: Place, kind: Kind, now: datetime, typed: Typed | None = None) -> Page:
    """Return the page of the latest edition that the reader may see. At most ten statements."""
    papers = list(papers_at(place, kind))
    paper = papers[0] if papers else None
    standing = next((each for each in papers if each.issued_at and not each.superseded_at), None)
    whole = Page(
        kind=kind,
        word=KIND_WORDS[kind],
        paper=paper,
        standing=standing,
        facts=kept.from_plain(paper.facts) if paper else facts_now(place, kind, now),
        over=now >= place.day.ends_at,
        earlier=papers[1:],
        title=paper.title if paper else "",
        group_text=paper.group_text if paper else "",
        why=AGAIN_WORDS[_again(paper)] if paper and paper.reason else "",
    )
    if paper is None or paper.issued_at is not None:
        return whole
    return _with_draft(whole, paper, place, facts_now(place, kind, now), typed)


def facts_now(place: Place, kind: Kind, now: datetime) -> Facts:
    """Return the figures of the day as they stand."""
    return facts_of(kind, place.day, place.unit, place.path, now)


def _with_draft(
    page: Page, paper: Bulletin, place: Place, now_facts: Facts, typed: Typed | None
) -> Page:
    changes = kept.changes(page.facts, now_facts)
    # What has only become more final is shown as it stands; other values wait to be taken over.
    facts = page.facts if changes else now_facts
    evening = evening_of(place.day)
    return Page(
        kind=page.kind, word=page.word, paper=paper, standing=page.standing, facts=facts,
        over=page.over, earlier=page.earlier, why=page.why, changes=changes,
        title=title_of(page.kind, evening, paper.edition, facts.status),
        group_text=group_text(page.kind, place.unit.name, evening, facts),
        sections=[_section(each, paper.texts, facts, typed) for each in SECTIONS[page.kind]],
        names=names_of(facts.figures),
    )  # fmt: skip


def _section(
    section: Section, texts: Mapping[str, str], facts: Facts, typed: Typed | None
) -> SectionPart:
    text = texts.get(section.value, "")
    refused = typed if typed is not None and typed.section == section.value else None
    return SectionPart(
        section=section,
        word=SECTION_WORDS[section],
        heading=HEADINGS[section],
        text=refused.text if refused else text,
        lines=[
            [(part.words, _status(part)) for part in parts_of(line, facts.figures)]
            for line in text.splitlines()
        ],
        open=refused is not None,
        table=kept.table_of(facts) if section is Section.UNITS and facts.units else (),
        by_hand=typed_numbers(text),
        unproved=unproved(text),
    )


def _status(part: Part) -> str | Promise:
    return STATUS_WORDS[part.status] if part.status is not None else ""


def names_of(figures: Mapping[str, Figure]) -> list[tuple[str, str, str | Promise]]:
    """Return what may stand between braces, with what it says now and how final it is."""
    found = [
        (NAMES[key], in_words(figure), STATUS_WORDS[figure.status])
        for key, figure in figures.items()
        if key in NAMES
    ]
    if rate := rate_in_words(figures):
        found.insert(3, (RATE_NAME, rate, STATUS_WORDS[figures["pupils"].status]))
    return found


def paper_of(place: Place, found: Bulletin, now: datetime) -> Paper:
    """Return the official paper of an edition; one that is not issued has no number."""
    head = letterhead_of(place.unit)
    day = day_of(found.issued_at or now)
    facts = kept.from_plain(found.facts)
    ready = ready_of(found, place, facts, found.issued_at or now)
    return Paper(
        mark=head.mark, number=found.reference, title=found.title or ready.title,
        addressee=ready.addressee, body=from_plain(found.body) if found.body else ready.body,
        issuers=[head.mark], issued_on=day, printed_by=head.mark,
    )  # fmt: skip


def _again(paper: Bulletin) -> Again:
    return Again(paper.reason)
