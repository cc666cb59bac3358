"""Unlock certificates: a whole campaign at its closing, or a few persons after a correction.

Each person gets exactly one, whatever happens twice: a partial unique index decides. A whole
campaign is one *round*, cut into portions of persons; a portion is one transaction, taken with
FOR UPDATE SKIP LOCKED, so several workers share a round and what a killed one held is taken up
by another (docs/mechanisms/certificates.md).
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from mingtian.campaigns.queries import CampaignRow, list_lectures
from mingtian.campaigns.queries.homes import campaigns_by_id
from mingtian.certificates.actions.rules import ensure_rules
from mingtian.certificates.models import Certificate, Portion, Round, Rule
from mingtian.certificates.queries.demands import demand_of
from mingtian.certificates.rules import RevokedFor, least_evenings, new_serial
from mingtian.certificates.statements import (
    NAMED,
    OF_CERTIFICATES,
    SPAN,
    execute,
    fetch,
    statement,
)
from mingtian.core import audit
from mingtian.core.clock import day_of
from mingtian.people.queries import list_people

PORTION = 4_000
"""Persons of one transaction: about a third of a second, so a kill loses little."""

Watcher = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Settled:
    """What came of looking at some persons again."""

    unlocked: int
    revoked: int


def unlock(
    *, campaign: CampaignRow, now: datetime, actor: str, watcher: Watcher | None = None
) -> int:
    """Unlock everything earned in the campaign; return how many this call unlocked.

    The door for jobs: call it when an evening has closed and nightly, by as many workers as one
    likes, again whenever in doubt. Cheap while too few evenings have ended for any rule, and when
    everybody who took part has a certificate. Only evenings that have ended count.

    Returns when the whole round is done, also by others. A round that was left unfinished is
    resumed, and followed by another when an evening has ended or closed since it began. Revokes
    what an undone note left without ground, should its settling have been cut off.
    ``watcher`` hears portions done and portions in all.
    """
    ensure_rules(campaign=campaign, now=now)
    lectures = ended_lectures(campaign.id, now)
    unlocked = 0
    while (found := _round(campaign.id, lectures, now)) is not None:
        while (one := _next_portion(campaign, found, lectures, now)) is not None:
            unlocked += one
            if watcher:
                of_round = Portion.objects.filter(round=found)
                watcher(of_round.exclude(done_at=None).count(), of_round.count())
        _finish(campaign, found, actor, now)
        if found.started_at >= _latest_news(campaign.id, now):
            break
    _mend(campaign, actor, now)
    return unlocked


def unlock_persons(
    *, campaign: CampaignRow, person_ids: Collection[int], now: datetime, actor: str
) -> int:
    """Unlock what these persons have earned and return how many certificates are new."""
    ensure_rules(campaign=campaign, now=now)
    whose: dict[str, object] = {"persons": list(person_ids)}
    with transaction.atomic():
        unlocked = _unlock(campaign, ended_lectures(campaign.id, now), whose, NAMED, now)
        if unlocked:
            _note(campaign, "certificates.unlocked", actor, now, unlocked)
    return unlocked


def settle_persons(
    *, campaign: CampaignRow, person_ids: Collection[int], now: datetime, actor: str
) -> Settled:
    """Look at persons again after a correction: unlock what is earned, revoke what lost its ground.

    A certificate stays as long as the rule it was earned by is met, whatever the rule is now.
    """
    with transaction.atomic():
        revoked = _revoke_groundless(campaign, person_ids, actor, now)
        unlocked = unlock_persons(campaign=campaign, person_ids=person_ids, now=now, actor=actor)
    return Settled(unlocked=unlocked, revoked=revoked)


def settle_class(*, campaign_id: int, unit_id: int, now: datetime, actor: str) -> Settled:
    """Look at a class again, and at all who were ever noted in it: its teacher has just acted.

    The event that completes a certificate, or takes its ground away, ends here (CER-1). Who has
    left the class since is looked at too.
    """
    campaign = campaigns_by_id([campaign_id])[campaign_id]
    people = {each.id for each in list_people(unit_id, day_of(now))}
    noted = fetch(statement("noted"), {"campaign": campaign_id, "unit": unit_id})
    people.update(person for (person,) in noted)
    return settle_persons(campaign=campaign, person_ids=people, now=now, actor=actor)


def ended_lectures(campaign_id: int, now: datetime) -> list[int]:
    """Return the lectures whose end has passed; an evening under way does not count yet."""
    return [each.id for each in list_lectures(campaign_id) if each.ends_at <= now]


def _latest_news(campaign_id: int, now: datetime) -> datetime:
    """Return when the last evening ended or closed; a round that began earlier may miss it."""
    moments = (at for each in list_lectures(campaign_id) for at in (each.ends_at, each.closes_at))
    return max(at for at in moments if at <= now)


def _round(campaign_id: int, lectures: list[int], now: datetime) -> Round | None:
    """Return the unfinished round, or begin one; two workers that begin at once share it.

    None when no rule can be met yet, or everybody has a certificate.
    """
    in_force = Rule.objects.filter(campaign_id=campaign_id, ended_at=None)
    if not any(least_evenings(demand_of(rule)) <= len(lectures) for rule in in_force):
        return None
    try:
        with transaction.atomic():
            if there := Round.objects.filter(campaign_id=campaign_id, finished_at=None).first():
                return there
            begun = Round.objects.create(campaign_id=campaign_id, started_at=now)
            scope = {"campaign": campaign_id, "lectures": lectures}
            values = {**scope, "round": begun.pk, "size": PORTION}
            if not execute(statement("portions"), values):
                begun.delete()
                return None
            return begun
    except IntegrityError:
        # The other began first, and its round is committed: the constraint waited for that.
        return Round.objects.filter(campaign_id=campaign_id).latest("pk")


def _next_portion(
    campaign: CampaignRow, found: Round, lectures: list[int], now: datetime
) -> int | None:
    """Do one portion and return how many it unlocked; None when the round has none left."""
    with transaction.atomic():
        waiting = Portion.objects.filter(round=found, done_at=None).order_by("pk")
        portion = waiting.select_for_update(no_key=True, skip_locked=True).first()
        if portion is None:
            # Others hold the rest. Wait for one of them: it is done then, or its worker died.
            portion = waiting.select_for_update(no_key=True).first()
        if portion is None:
            return 0 if waiting.exists() else None
        whose: dict[str, object] = {"first": portion.first, "last": portion.last}
        portion.unlocked = _unlock(campaign, lectures, whose, SPAN, now)
        portion.done_at = now
        portion.save(update_fields=["unlocked", "done_at"])
    return portion.unlocked


def _unlock(
    campaign: CampaignRow, lectures: list[int], whose: dict[str, object], which: str, now: datetime
) -> int:
    earned = fetch(statement("earned", whose=which), {**_scope(campaign, lectures), **whose})
    if not earned:
        return 0
    persons, units, kinds, rules = zip(*earned, strict=True)
    return execute(
        statement("unlock"),
        {
            "campaign": campaign.id,
            "now": now,
            "serials": [new_serial() for _each in earned],
            "persons": list(persons),
            "units": list(units),
            "kinds": list(kinds),
            "rules": list(rules),
        },
    )


def _scope(campaign: CampaignRow, lectures: list[int]) -> dict[str, object]:
    return {"campaign": campaign.id, "needed": campaign.needed_slots, "lectures": lectures}


def _mend(campaign: CampaignRow, actor: str, now: datetime) -> None:
    """Do what was cut off: an erasing beside an unlocking, an undoing without its settling."""
    execute(statement("orphaned"), {"campaign": campaign.id, "now": now})
    if undone := fetch(statement("undone"), {"campaign": campaign.id}):
        with transaction.atomic():
            _revoke_groundless(campaign, [person for (person,) in undone], actor, now)


def _revoke_groundless(
    campaign: CampaignRow, person_ids: Collection[int], actor: str, now: datetime
) -> int:
    lectures = ended_lectures(campaign.id, now)
    groundless = fetch(
        statement("groundless", rules=OF_CERTIFICATES),
        {**_scope(campaign, lectures), "persons": list(person_ids)},
    )
    of_these = Certificate.objects.filter(pk__in=[row[0] for row in groundless], revoked_at=None)
    revoked = of_these.update(revoked_at=now, revoked_for=RevokedFor.CORRECTION.value)
    if revoked:
        _note(campaign, "certificates.revoked_by_correction", actor, now, revoked)
    return revoked


def _finish(campaign: CampaignRow, found: Round, actor: str, now: datetime) -> None:
    with transaction.atomic():
        if not Round.objects.filter(pk=found.pk, finished_at=None).update(finished_at=now):
            return
        counted = sum(Portion.objects.filter(round=found).values_list("unlocked", flat=True))
        _note(campaign, "certificates.round_finished", actor, now, counted)


def _note(campaign: CampaignRow, action: str, actor: str, now: datetime, number: int) -> None:
    subject = f"campaign:{campaign.public_id}"
    audit.record(actor=actor, action=action, subject=subject, now=now, certificates=number)
