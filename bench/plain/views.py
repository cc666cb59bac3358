"""A beat and an entry, plainly: one request, one transaction, the ORM. No tallies are kept."""

import json
from base64 import urlsafe_b64decode
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse

from bench.plain.models import PlainBeat
from mingtian.attendance.ingest.tokens import Mint, Seat
from mingtian.attendance.models import Seat as SeatRow
from mingtian.campaigns.models import LearningCode
from mingtian.core.clock import now
from mingtian.people.models import Consent, Household, Person
from mingtian.people.rules import KIND_OF_KIN, Kin
from mingtian.people.sealing import sealer

MINT = Mint(settings.SEAT_KEYS)


def ready(_: HttpRequest) -> HttpResponse:
    return HttpResponse()


def beat(request: HttpRequest) -> HttpResponse:
    """Check the token, save each person's map."""
    body = json.loads(request.body)
    seat = MINT.open_seat(body["seat"])
    if seat is None:
        return HttpResponse(status=401)
    for person, unit, kind in seat.members:
        PlainBeat.objects.update_or_create(
            lecture=body["lecture"],
            person=person,
            defaults={
                "unit": unit,
                "kind": kind,
                "live": int(body["live"] or "0", 16),
                "replay": int(body["replay"] or "0", 16),
            },
        )
    return JsonResponse({"live": body["live"]})


def enter(request: HttpRequest) -> HttpResponse:
    """Check the roster, make household, relatives and seat, return the token."""
    body = json.loads(request.body)
    with transaction.atomic():
        code = LearningCode.objects.get(code=body["code"], closed_at=None)
        persons = [_on_roster(code.unit_id, one) for one in body["people"]]
        household = persons[0].household or _founded(body["consent"])
        for person in persons:
            person.household = household
            person.save(update_fields=["household"])
        for kin in body["kin"]:
            relative, _ = Person.objects.get_or_create(
                household=household,
                kin=kin,
                defaults={
                    "kind": KIND_OF_KIN[Kin(kin)],
                    "unit_id": code.unit_id,
                    "created_at": now(),
                },
            )
            persons.append(relative)
        row, _ = SeatRow.objects.update_or_create(
            campaign_id=code.campaign_id,
            phone=urlsafe_b64decode(body["phone"] + "=="),
            household=household,
            defaults={
                "unit_id": code.unit_id,
                "persons": [person.pk for person in persons],
                "created_at": now(),
            },
        )
    members = tuple((person.pk, person.unit_id, person.kind) for person in persons)
    seat = Seat(2**31, code.campaign_id, row.pk, household.pk, code.unit_id, members)
    return JsonResponse({"seat": MINT.seat(seat)})


def _founded(consent: dict[str, Any]) -> Household:
    household = Household.objects.create(created_at=now())
    Consent.objects.create(
        household=household,
        version=consent["version"],
        language="zh-hans",
        given_by=consent["by"],
        given_at=now(),
    )
    return household


def _on_roster(unit: int, one: dict[str, str]) -> Person:
    return Person.objects.select_related("household").get(
        unit_id=unit,
        number_index=sealer().index("number", one["number"], unit),
        name_index=sealer().index("name", one["name"], unit),
        left_on=None,
    )
