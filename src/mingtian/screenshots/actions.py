"""Turn the switch, take a picture, delete what has been tallied or has had its time."""

import base64
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from mingtian.campaigns.queries import CampaignRow, LectureRow, list_lectures
from mingtian.campaigns.rules import CampaignState
from mingtian.core import audit
from mingtian.core.clock import SHANGHAI
from mingtian.core.errors import RuleBroken
from mingtian.core.ids import public_id
from mingtian.core.keeping import Term
from mingtian.core.seal import Place
from mingtian.core.sealing import sealer
from mingtian.org.queries import UnitRow, unit_rows
from mingtian.org.rules import UnitKind
from mingtian.people.queries import list_household
from mingtian.people.rules import PersonKind
from mingtian.screenshots.models import Picture, Switch
from mingtian.screenshots.pictures import clean_picture
from mingtian.screenshots.queries import pictures_of, switch_of
from mingtian.screenshots.rules import KEPT_AFTER_CLOSING, Refusal, time_refusal


@dataclass(frozen=True, kw_only=True, slots=True)
class Sender:
    """The home that sends a picture, in the campaign of its seat."""

    campaign_id: int
    household_id: int


def switch_on(*, campaign: CampaignRow, rule_read: bool, actor: str, now: datetime) -> None:
    """Let families of the campaign send screenshots. Asks for the rule to have been read."""
    if not rule_read:
        raise RuleBroken(Refusal.RULE_UNREAD)
    if campaign.state is CampaignState.CLOSED:
        raise RuleBroken(Refusal.CAMPAIGN_OVER)
    with transaction.atomic():
        _turn(campaign, on=True, actor=actor, now=now)


def switch_off(*, campaign: CampaignRow, actor: str, now: datetime) -> int:
    """Take no more screenshots and delete those there are; return how many."""
    with transaction.atomic():
        _turn(campaign, on=False, actor=actor, now=now)
        waiting = Picture.objects.filter(lecture__campaign_id=campaign.id)
        deleted, _by_model = waiting.delete()
        if deleted:
            _note("screenshots.deleted", f"campaign:{campaign.public_id}", actor, now, deleted)
    return deleted


def send_picture(*, sender: Sender, lecture_number: int, upload: bytes, now: datetime) -> int:
    """Keep a home's picture of one evening; return for how many classes.

    A second one takes the place of the first. It proves nothing and counts for nothing; the
    class teacher alone sees it.
    """
    lecture = _open_lecture(sender.campaign_id, lecture_number, now)
    classes = _classes_of(sender.household_id, now)
    if not classes:
        raise RuleBroken(Refusal.NO_CLASS)
    clean = clean_picture(upload)
    packed = base64.b64encode(clean.content).decode()
    with transaction.atomic():
        delete_expired(now=now)
        for unit in sorted(classes):
            own_id = public_id()
            Picture.objects.update_or_create(
                lecture_id=lecture.id,
                household_id=sender.household_id,
                unit_id=unit,
                defaults={
                    "public_id": own_id,
                    "content_sealed": sealer().seal(packed, _place(own_id)),
                    "fingerprint": clean.fingerprint,
                    "sent_at": now,
                    "delete_at": lecture.closes_at + KEPT_AFTER_CLOSING,
                },
            )
    return len(classes)


def open_picture(picture: Picture) -> bytes:
    """Return the JPEG of a picture that ``access`` has handed out."""
    packed = sealer().open(bytes(picture.content_sealed), _place(picture.public_id))
    return base64.b64decode(packed)


def finish_tally(
    *,
    unit: UnitRow,
    campaign: str,
    lecture_number: int,
    pictures: Collection[str],
    actor: str,
    now: datetime,
) -> int:
    """Delete these pictures of a class's evening, because its teacher has tallied them.

    One that came in meanwhile has not been seen and stays.
    """
    with transaction.atomic():
        waiting = Picture.objects.filter(
            public_id__in=pictures,
            unit_id=unit.id,
            lecture__campaign__public_id=campaign,
            lecture__number=lecture_number,
        )
        deleted, _by_model = waiting.delete()
        if deleted:
            _note("screenshots.deleted", f"unit:{unit.public_id}", actor, now, deleted)
    return deleted


def note_seen(*, unit: UnitRow, pictures: int, actor: str, now: datetime) -> None:
    """Write down that the class teacher has opened the pictures of the class."""
    with transaction.atomic():
        _note("screenshots.seen", f"unit:{unit.public_id}", actor, now, pictures)


def delete_expired(*, now: datetime) -> int:
    """Delete every picture whose time is over and return how many there were."""
    deleted, _by_model = Picture.objects.filter(delete_at__lte=now).delete()
    return deleted


def forget(person_ids: Collection[int], *, now: datetime, actor: str) -> int:
    """Delete the pictures of the homes of these persons; return how many rows went."""
    with transaction.atomic():
        own = Picture.objects.filter(household__persons__in=list(person_ids))
        keys = list(own.values_list("pk", flat=True))
        deleted, _by_model = Picture.objects.filter(pk__in=keys).delete()
        if deleted:
            _note("screenshots.forgotten", "household", actor, now, deleted)
    return deleted


def end_term(term: Term, *, now: datetime, actor: str) -> dict[str, int]:
    """Delete the pictures of a campaign that nobody has deleted before."""
    with transaction.atomic():
        deleted, _by_model = pictures_of(term).delete()
        if deleted:
            _note("screenshots.term_over", f"campaign:{term.public_id}", actor, now, deleted)
    return {"screenshots": deleted}


def _open_lecture(campaign_id: int, number: int, now: datetime) -> LectureRow:
    if not switch_of(campaign_id).on:
        raise RuleBroken(Refusal.OFF)
    lecture = next((each for each in list_lectures(campaign_id) if each.number == number), None)
    if lecture is None:
        raise RuleBroken(Refusal.NO_LECTURE)
    refusal = time_refusal(now, starts_at=lecture.starts_at, closes_at=lecture.closes_at)
    if refusal is not None:
        raise RuleBroken(refusal)
    return lecture


def _classes_of(household_id: int, now: datetime) -> set[int]:
    """Return the classes of the home's pupils."""
    today = now.astimezone(SHANGHAI).date()
    people = list_household(household_id, today)
    units = {one.unit_id for one in people if one.kind is PersonKind.PUPIL}
    rows = unit_rows(units, today)
    return {unit for unit, row in rows.items() if row.kind is UnitKind.CLASS}


def _turn(campaign: CampaignRow, *, on: bool, actor: str, now: datetime) -> None:
    Switch.objects.update_or_create(
        campaign_id=campaign.id, defaults={"on": on, "changed_at": now, "changed_by": actor}
    )
    action = "screenshots.switched_on" if on else "screenshots.switched_off"
    subject = f"campaign:{campaign.public_id}"
    audit.record(actor=actor, action=action, subject=subject, now=now)


def _note(action: str, subject: str, actor: str, now: datetime, pictures: int) -> None:
    audit.record(actor=actor, action=action, subject=subject, now=now, pictures=pictures)


def _place(own_id: str) -> Place:
    return Place("screenshots_picture", "content", own_id)
