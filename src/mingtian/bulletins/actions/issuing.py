"""Issue a bulletin or note: freeze its words and figures, and send it out numbered (SUP-1)."""

from datetime import datetime

from django.db import transaction

from mingtian.bulletins import facts as kept
from mingtian.bulletins.access import Place
from mingtian.bulletins.actions.writing import evening_of, lock, note
from mingtian.bulletins.models import Bulletin
from mingtian.bulletins.queries.figures import facts_of
from mingtian.bulletins.rules import RECEIVER_KINDS, Again, Kind, check_day
from mingtian.bulletins.wording import Replaced, body_of, group_text, title_of, to_plain
from mingtian.bulletins.words import AGAIN_IN_CHINESE
from mingtian.core.actor import Actor
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.documents.actions import Ready, issue_ready
from mingtian.documents.rules import Address, Genre
from mingtian.groups.actions import Sender, To, send
from mingtian.groups.queries import list_deliveries
from mingtian.groups.rules import STANDING_LISTS
from mingtian.org.rules import Line, UnitKind

ADDRESSEES = {
    UnitKind.PROVINCE: "各市（地）关工委",
    UnitKind.CITY: "各县（市、区）关工委",
    UnitKind.COUNTY: "各乡镇（街道）关工委、各学校",
}


def issue(*, place: Place, bulletin_id: int, by: Actor, now: datetime) -> Bulletin:
    """Send the paper out with its number; a second time returns it.

    Refuses figures that are not those the draft has seen. Two who press together make one document.
    """
    with transaction.atomic():
        lock(place)
        found = Bulletin.objects.select_for_update(of=("self",)).get(pk=bulletin_id)
        if found.issued_at is not None:
            return found
        check_day(ends_at=place.day.ends_at, now=now)
        kind = Kind(found.kind)
        facts = facts_of(kind, place.day, place.unit, place.path, now)
        if kept.changes(kept.from_plain(found.facts), facts):
            raise RuleBroken("bulletin_figures_changed")
        ready = ready_of(found, place, facts, now)
        document = issue_ready(ready=ready, by=by, now=now)
        if found.replaces_id is not None:
            Bulletin.objects.filter(pk=found.replaces_id).update(superseded_at=now)
        found.facts, found.title, found.body = (
            kept.to_plain(facts),
            ready.title,
            to_plain(ready.body),
        )
        found.reference, found.document = document.reference, document.public_id
        found.group_text = group_text(
            kind, place.unit.name, evening_of(place.day), facts, document.reference
        )
        found.issued_at, found.issued_by_id = now, by.user_id
        found.save(
            update_fields=[
                "facts", "title", "body", "reference", "document", "group_text", "issued_at",
                "issued_by",
            ]
        )  # fmt: skip
        note(
            "bulletins.issued", found, by, now, edition=found.edition,
            status=facts.status.value, document=document.public_id,
        )  # fmt: skip
    return found


def post_to_groups(*, place: Place, bulletin_id: int, by: Actor, now: datetime) -> int:
    """Post the short text to the unit's two named lists of groups; return to how many (GRP-2).

    A second time returns what the first did. Refuses a draft, one whose place a later one took, and
    where the unit has no such group.
    """
    found = Bulletin.objects.get(pk=bulletin_id)
    if found.issued_at is None or found.superseded_at is not None:
        raise RuleBroken("bulletin_not_in_force")
    sender = Sender(username=by.username, unit_id=place.unit.id, user_id=by.user_id)
    post = send(
        text=found.group_text, to=To(lists=[each.value for each in STANDING_LISTS]),
        source=f"bulletins:{found.public_id}", by=sender, now=now,
    )  # fmt: skip
    return len(list_deliveries(post.id, day_of(now)))


def ready_of(found: Bulletin, place: Place, facts: kept.Facts, now: datetime) -> Ready:
    """Return the paper as the register of documents takes it."""
    kind, kind_of_unit = Kind(found.kind), place.unit.kind
    replaced = None
    if found.replaces is not None:
        reason = f"{AGAIN_IN_CHINESE[Again(found.reason)]}，{found.reason_words}"
        replaced = Replaced(reference=found.replaces.reference, reason=reason.rstrip("。"))
    return Ready(
        source=f"bulletins:{found.public_id}",
        unit_id=place.unit.id,
        title=title_of(kind, evening_of(place.day), found.edition, facts.status),
        body=body_of(kind, found.texts, facts, now, replaced),
        genre=Genre.BULLETIN,
        addressee=ADDRESSEES[kind_of_unit],
        campaign_id=place.day.campaign_id,
        to_lists=[
            Address(line=Line.LEADS, kind=receiver).key for receiver in RECEIVER_KINDS[kind_of_unit]
        ],
    )
