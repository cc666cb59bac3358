"""Reads the bulletins and notes of a unit, day by day."""

from dataclasses import dataclass, field
from datetime import date, datetime

from mingtian.bulletins.models import Bulletin
from mingtian.bulletins.rules import Kind
from mingtian.bulletins.statements import rows
from mingtian.core.clock import day_of
from mingtian.org.queries import PostRow, path_on, shown_name
from mingtian.org.rules import Line


@dataclass(frozen=True, kw_only=True, slots=True)
class PaperRow:
    """A bulletin or note in a list. ``reference`` is empty while it is a draft."""

    kind: Kind
    edition: int
    title: str
    reference: str
    issued_at: datetime | None
    superseded_at: datetime | None


@dataclass(kw_only=True, slots=True)
class ArchiveDay:
    """A lecture and the papers of its day at one unit."""

    lecture_id: int
    number: int
    held_on: date
    title: str
    over: bool
    papers: list[PaperRow] = field(default_factory=list)

    @property
    def by_kind(self) -> list[tuple[Kind, PaperRow | None]]:
        """Return for each kind the paper in force, else the draft, else None."""
        found: list[tuple[Kind, PaperRow | None]] = []
        for kind in Kind:
            own = [each for each in self.papers if each.kind is kind]
            standing = [each for each in own if each.issued_at and not each.superseded_at]
            best = standing or own
            found.append((kind, best[0] if best else None))
        return found


def list_archive(post: PostRow, now: datetime, *, papers: bool) -> list[ArchiveDay]:
    """Return the days at the post's unit, the latest first, with its papers or without.

    At most two statements. Campaigns run along the leading line, where a bureau stands as well.
    """
    leads = post.path if post.line is Line.LEADS else path_on(post.unit.id, day_of(now))
    path = ".".join(map(str, leads))
    values = {"unit": post.unit.id, "path": path, "now": now, "reads": papers}
    days: dict[int, ArchiveDay] = {}
    for lecture, number, held_on, title, title_en, over, public_id, *paper in rows(
        "archive", values
    ):
        day = days.setdefault(
            lecture,
            ArchiveDay(
                lecture_id=lecture, number=number, held_on=held_on,
                title=shown_name(title, title_en), over=over,
            ),
        )  # fmt: skip
        if public_id is not None:
            kind, edition, called, reference, issued_at, superseded_at = paper
            day.papers.append(
                PaperRow(
                    kind=Kind(kind), edition=edition, title=called, reference=reference,
                    issued_at=issued_at, superseded_at=superseded_at,
                )
            )  # fmt: skip
    return list(days.values())


def paper_row(found: Bulletin) -> PaperRow:
    """Return a loaded bulletin as a row."""
    return PaperRow(
        kind=Kind(found.kind),
        edition=found.edition,
        title=found.title,
        reference=found.reference,
        issued_at=found.issued_at,
        superseded_at=found.superseded_at,
    )
