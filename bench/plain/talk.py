"""A comment, plainly: one request, one transaction, the ORM."""

import json

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse

from bench.plain.models import PlainComment
from mingtian.attendance.ingest.tokens import Mint
from mingtian.comments.rules import LONGEST_TEXT, MOST_A_LECTURE
from mingtian.comments.sealing import place_of_text
from mingtian.comments.sieve.look import Sieve
from mingtian.comments.sieve.words import parse, starting_text
from mingtian.core.clock import now
from mingtian.core.sealing import sealer

MINT = Mint(settings.SEAT_KEYS)
SIEVE = Sieve(parse(starting_text()))


def say(request: HttpRequest) -> HttpResponse:
    """Check the token and the limit, look at the words, seal and store them."""
    body = json.loads(request.body)
    seat = MINT.open_seat(body["seat"])
    if seat is None or len(body["text"]) > LONGEST_TEXT:
        return HttpResponse(status=401)
    person, unit, _ = seat.members[body["person"]]
    with transaction.atomic():
        own = PlainComment.objects.filter(lecture=body["lecture"], person=person)
        said = own.count()
        if said >= MOST_A_LECTURE:
            return HttpResponse(status=429)
        PlainComment.objects.get_or_create(
            lecture=body["lecture"],
            person=person,
            key=body["key"],
            defaults={
                "unit": unit,
                "text_sealed": sealer().seal(body["text"], place_of_text(body["key"])),
                "concerns": " ".join(SIEVE.look(body["text"])),
                "at": now(),
            },
        )
    return JsonResponse({"state": "waiting", "left": MOST_A_LECTURE - said - 1})
