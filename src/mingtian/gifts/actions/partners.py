"""What gifts stand around: items, partners, drives."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from mingtian.core import audit
from mingtian.core.actor import Actor
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.gifts.actions.books import user_of
from mingtian.gifts.models import Drive, Item, Partner
from mingtian.gifts.rules import Measure, Tag, check_licensed, check_name, check_plan


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemSpec:
    county_id: int
    name: str
    measure: Measure
    name_en: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class PartnerSpec:
    """A charity with its licence for public fundraising, if it has one."""

    county_id: int
    name: str
    licence: str = ""
    valid_until: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class DriveSpec:
    """A drive. There is no field for how much anybody gives."""

    unit_id: int
    title: str
    plan: str
    tag: Tag
    starts_on: date
    ends_on: date
    partner: Partner | None = None


def add_item(spec: ItemSpec, *, now: datetime, actor: Actor) -> Item:
    """Return the county's item of that name; it is added when there is none."""
    name = check_name(spec.name)
    with transaction.atomic():
        item, new = Item.objects.get_or_create(
            county_id=spec.county_id, name=name,
            defaults={"name_en": spec.name_en.strip(), "measure": spec.measure.value, "noted_at": now},
        )  # fmt: skip
        if not new and item.measure != spec.measure:
            raise RuleBroken("gifts_item_otherwise")
        if new:
            _note(actor, "gifts.item_added", f"gifts_item:{item.public_id}", now)
    return item


def keep_partner(spec: PartnerSpec, *, now: datetime, actor: Actor) -> Partner:
    """Note a partner, or a newer licence of one that is known."""
    with transaction.atomic():
        partner, _new = Partner.objects.update_or_create(
            unit_id=spec.county_id, name=check_name(spec.name),
            defaults={
                "licence": spec.licence.strip(), "valid_until": spec.valid_until, "noted_at": now,
            },
        )  # fmt: skip
        _note(actor, "gifts.partner_kept", f"gifts_partner:{partner.public_id}", now)
    return partner


def add_drive(spec: DriveSpec, *, now: datetime, actor: Actor) -> Drive:
    """Announce a drive. Refused with a quota in its plan, and with a partner that has no licence."""
    title, plan = check_plan(check_name(spec.title)), check_plan(spec.plan)
    if spec.ends_on < spec.starts_on:
        raise RuleBroken("gifts_days_turned")
    if spec.partner is not None:
        check_licensed(spec.partner.licence, spec.partner.valid_until, day_of(now))
    try:
        with transaction.atomic():
            drive = Drive.objects.create(
                unit_id=spec.unit_id, title=title, plan=plan, tag=spec.tag.value,
                starts_on=spec.starts_on, ends_on=spec.ends_on, partner=spec.partner,
                noted_by_id=user_of(actor), noted_at=now,
            )  # fmt: skip
            _note(actor, "gifts.drive_added", f"gifts_drive:{drive.public_id}", now)
    except IntegrityError:
        return Drive.objects.get(unit_id=spec.unit_id, title=title)
    return drive


def _note(actor: Actor, action: str, subject: str, now: datetime) -> None:
    audit.record(actor=actor.username, action=action, subject=subject, now=now)
