"""The places of the desk: where else a post may go, grouped as people think of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.contrib.sessions.backends.base import SessionBase
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mingtian.org.queries import PostRow
from mingtian.org.rules import IN_CARE, IN_LECTURES, Role, UnitKind

OFFICES = frozenset({Role.OFFICE, Role.DIRECTOR, Role.CLERK})
HEADS = OFFICES | {Role.PRINCIPAL, Role.DUTY_TEACHER}
EVERYBODY = IN_LECTURES
SUPERVISORS = frozenset({Role.OFFICE, Role.DIRECTOR})
WORKERS = frozenset({Role.CASE_WORKER})
PAYING = frozenset({Role.AID_CLERK, Role.CASHIER})

K = UnitKind
NEAR = frozenset({K.COUNTY, K.TOWNSHIP, K.VILLAGE, K.SCHOOL})
"""From the city up only counts of children arrive."""

GIVING = NEAR - {K.SCHOOL}
"""Where gifts are recorded and handed over."""

DECIDING = frozenset({K.COUNTY, K.TOWNSHIP})
"""Where offices decide on money."""

COUNTING = DECIDING | {K.CITY}
"""Whose year is written down."""

ANYWHERE = frozenset(UnitKind)


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """One way: its name, the address it leads to, who goes there and the icon beside it."""

    word: str | Promise
    view: str
    icon: str
    roles: frozenset[Role] = EVERYBODY
    offices_at: frozenset[UnitKind] = ANYWHERE
    """At which units offices and directors go there; other posts go wherever they are."""

    def is_for(self, post: PostRow) -> bool:
        """Say whether the holder of a post has something to do there."""
        near = post.role not in SUPERVISORS or post.unit.kind in self.offices_at
        return post.role in self.roles and near


GROUPS: Sequence[tuple[str | Promise, Sequence[Place]]] = (
    (
        _("The evening"),
        (
            Place(word=_("Boards"), view="boards:own", icon="board"),
            Place(word=_("The days"), view="closings:own", icon="calendar"),
            Place(word=_("Comments"), view="comments:queue", icon="list"),
            Place(word=_("Reminders"), view="prompts:own", icon="clock"),
            Place(word=_("Certificates"), view="certificates:rates-own", icon="check"),
        ),
    ),
    (
        _("Help and reports"),
        (
            Place(word=_("Supervision"), view="supervision:own", icon="users"),
            Place(word=_("Bulletins"), view="bulletins:own", icon="print",
                  roles=HEADS | {Role.AUDITOR}),
            Place(word=_("Documents"), view="documents:inbox", icon="list", roles=HEADS),
            Place(word=_("Meetings"), view="meetings:own", icon="users",
                  roles=HEADS | {Role.CLASS_TEACHER}),
            Place(word=_("Liaison groups"), view="groups:own", icon="phone"),
        ),
    ),
    (
        _("The campaign"),
        (
            Place(word=_("Campaigns"), view="campaigns:campaign-list", icon="play"),
            Place(word=_("Learning codes"), view="campaigns:code-list", icon="code"),
            Place(word=_("Readiness"), view="readiness:own", icon="check"),
        ),
    ),
    (
        _("Children in difficulty"),
        (
            Place(word=_("Register of children"), view="children:register", icon="list",
                  roles=WORKERS | {Role.AID_CLERK} | SUPERVISORS, offices_at=NEAR),
            Place(word=_("Cases"), view="care:own", icon="check",
                  roles=WORKERS | {Role.COUNSELLOR} | SUPERVISORS, offices_at=NEAR),
            Place(word=_("Helping pairs"), view="pairs:own", icon="users",
                  roles=WORKERS | {Role.HELPER} | SUPERVISORS, offices_at=NEAR),
            Place(word=_("Aid"), view="aid:index", icon="board",
                  roles=PAYING | SUPERVISORS, offices_at=DECIDING),
            Place(word=_("Gifts"), view="gifts:index", icon="home",
                  roles=WORKERS | {Role.HELPER} | SUPERVISORS, offices_at=GIVING),
            Place(word=_("Requests"), view="vault:requests", icon="clock",
                  roles=WORKERS | SUPERVISORS, offices_at=NEAR),
            Place(word=_("Who has read"), view="vault:readings", icon="search",
                  roles=SUPERVISORS | {Role.AUDITOR}, offices_at=NEAR),
            Place(word=_("The year"), view="yearbook:own", icon="calendar",
                  roles=SUPERVISORS | {Role.AUDITOR}, offices_at=COUNTING),
        ),
    ),
    (
        _("People and units"),
        (
            Place(word=_("Rosters"), view="people:roster", icon="list"),
            Place(word=_("Units"), view="org:unit-list", icon="home"),
            Place(word=_("Staff"), view="staff:people", icon="user",
                  roles=OFFICES | {Role.PRINCIPAL}),
            Place(word=_("Trail"), view="staff:trail", icon="search",
                  roles=SUPERVISORS | {Role.AUDITOR}),
        ),
    ),
)  # fmt: skip


NAVIGATION = "navigation"
"""The session's key for what the navigation shows (web/navigation.html)."""

LECTURES = "lectures"
OF_CHILDREN: Mapping[str, str] = {
    "children": "children:register", "care": "care:own", "pairs": "pairs:own", "aid": "aid:index",
}  # fmt: skip
"""The navigation's words for places of the children, in the order shown."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """A place with its address."""

    word: str
    address: str
    icon: str


def places_for(posts: Iterable[PostRow]) -> list[tuple[str, list[Shown]]]:
    """Return the groups with the places where the holder of these posts has something to do."""
    held = list(posts)
    groups = []
    for heading, places in GROUPS:
        shown = [
            Shown(word=str(place.word), address=address, icon=place.icon)
            for place in places
            if any(map(place.is_for, held)) and (address := _address(place.view))
        ]
        if shown:
            groups.append((str(heading), shown))
    return groups


def navigation_of(posts: Iterable[PostRow]) -> list[str]:
    """Return what the navigation shows to the holder of these posts.

    Who serves single children alone finds each place of theirs; everybody else those of the lectures,
    and one of the children's where a post has to do with them.
    """
    held = list(posts)
    by_view = {place.view: place for _heading, places in GROUPS for place in places}
    own = [word for word, view in OF_CHILDREN.items() if any(map(by_view[view].is_for, held))]
    if held and all(post.role in IN_CARE for post in held):
        return own
    return [LECTURES, *own[:1]]


def keep_navigation(session: SessionBase, posts: Iterable[PostRow]) -> None:
    """Keep in the session what the navigation shows; pages read it there and ask nothing."""
    shown = navigation_of(posts)
    if session.get(NAVIGATION) != shown:
        session[NAVIGATION] = shown


def _address(view: str) -> str:
    try:
        return reverse(view)
    except NoReverseMatch:
        return ""
