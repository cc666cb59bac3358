"""The ingest application: which address does what, and how its answers look.

Knows ASGI and nothing of the server below. An answer is sent only after the commit. A
refusal is one JSON object with a stable code, a sentence for people, and when to try again
(docs/mechanisms/ingest.md).
"""

from collections.abc import Awaitable, Callable

import msgspec
from starlette.types import Receive, Scope, Send

from mingtian.attendance.ingest.beats import Settled, listen
from mingtian.attendance.ingest.bodies import Gone
from mingtian.attendance.ingest.codes import Code
from mingtian.attendance.ingest.entries import reply_members, request_of, seat_of
from mingtian.attendance.ingest.http import (
    JSON,
    NO_STORE,
    Call,
    header,
    language_of,
    send_bytes,
    send_json,
    send_refusal,
    send_refusal_page,
)
from mingtian.attendance.ingest.reasons import Reason, Refused
from mingtian.attendance.ingest.serve import serve_entry_page, serve_hall, serve_playlist
from mingtian.attendance.ingest.service import Service
from mingtian.attendance.ingest.steps import Heard
from mingtian.attendance.ingest.tokens import Ticket, epoch_mark
from mingtian.attendance.ingest.wire import BEATS, ENTRIES, Beat
from mingtian.attendance.rules import SLOTS
from mingtian.core.ids import tidy_code

BEAT_BYTES = 2048
ENTRY_BYTES = 8192
WAITING_ROOM_SECONDS = 15
RUSH = 3.0
"""A full buffer makes phones wait up to this many times longer, and once the usual on top."""

Handler = Callable[[Call], Awaitable[None]]


class Ingest:
    """The application as ASGI sees it; started and stopped with ``service`` (mingtian.asgi_ingest)."""

    PREFIXES = ("/e/", "/hall/", "/live/", "/replay/")
    PATHS = frozenset({"/b", "/enter", "/healthz", "/metrics"})

    def __init__(self, service: Service) -> None:
        self.service = service

    def answers(self, path: str) -> bool:
        """Say whether an address belongs to the hot path."""
        return path in self.PATHS or path.startswith(self.PREFIXES)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope["path"]
        asked, handler = route(scope["method"], path)
        outcomes = self.service.metrics.outcomes
        try:
            await handler(Call(self.service, scope, receive, send))
            outcomes[asked, "ok"] += 1
        except Refused as refused:
            outcomes[asked, refused.reason] += 1
            await self.refuse(scope, send, refused)
        except Gone:
            outcomes[asked, "gone"] += 1

    async def refuse(self, scope: Scope, send: Send, refused: Refused) -> None:
        """Answer a refused request: a page where people look, one JSON object to programs."""
        if "text/html" in header(scope, b"accept"):
            await send_refusal_page(send, scope, refused, self.service.shells)
        else:
            await send_refusal(send, scope, refused, self.service.clock())


def route(method: str, path: str) -> tuple[str, Handler]:
    """Return what is asked, as a word for the metrics, and who answers."""
    if (posted := POSTS.get(path)) is not None:
        return posted if method == "POST" else (posted[0], answer_posts_only)
    head, _, rest = path[1:].partition("/")
    read = (head, PAGES[head]) if rest and head in PAGES else OPERATORS.get(path, ELSEWHERE)
    return read if method in READS or read is ELSEWHERE else (read[0], answer_reads_only)


async def take_beat(call: Call) -> None:
    """Store the state of a seat and say what is settled, after the commit."""
    service = call.service
    body = await service.bodies.read(call.receive, BEAT_BYTES)
    try:
        beat = BEATS.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Refused(Reason.MALFORMED) from error
    epoch = epoch_mark(service.epoch)
    heard = await hear_out(service, beat, epoch)
    try:
        settled = await service.beats.add(heard)
    except Refused as refused:
        # The clock has seen this phone, though nothing could be stored: it gets that in
        # writing, so that no slot is lost once the database is back.
        stored = epoch if heard.stored else 0
        witness = Ticket(heard.lecture.id, heard.seat.seat, heard.first, stored)
        refused.facts["ticket"] = service.mint.ticket(witness)
        raise
    await send_json(call.send, beat_reply(service, heard, settled))


async def hear_out(service: Service, beat: Beat, epoch: int) -> Heard:
    """Check a beat, or raise Refused.

    A leave is asked about before it is held against a phone: the refusal is final for it, and a
    family that has agreed again a moment ago beats before the schedule is read again.
    """
    now = service.clock()
    try:
        return listen(beat, mint=service.mint, schedule=service.schedule, epoch=epoch, now=now)
    except Refused as refused:
        seat = service.mint.open_seat(beat.seat)
        if refused.reason is not Reason.WITHDRAWN or seat is None:
            raise
        await service.welcome_back(seat)
    return listen(beat, mint=service.mint, schedule=service.schedule, epoch=epoch, now=now)


def beat_reply(service: Service, heard: Heard, settled: Settled) -> bytes:
    """Return the reply to a stored beat, written by hand: it is sent a thousand times a second."""
    ticket = heard.ticket if heard.stored else stored_ticket(service, heard, settled)
    why = f'"{settled.why}"' if settled.why else "null"
    return (
        f'{{"live":"{settled.live:x}","replay":"{settled.replay:x}","ticket":"{ticket}",'
        f'"epoch":"{settled.epoch}","next":{next_beat(service, heard)},"why":{why},"now":{heard.now}}}'
    ).encode()


def stored_ticket(service: Service, heard: Heard, settled: Settled) -> str:
    """Return the ticket of an arrival that is stored now; nothing for a phone that came too late."""
    if settled.first >= SLOTS:
        return ""
    return service.mint.ticket(
        Ticket(heard.lecture.id, heard.seat.seat, settled.first, epoch_mark(settled.epoch))
    )


def next_beat(service: Service, heard: Heard) -> int:
    """Return after how many seconds the phone should beat again.

    A short lecture has short slots and wants quicker beats; a busy server stretches them.
    """
    usual = min(service.config.beat_seconds, max(10, heard.lecture.times.slot_seconds))
    return round(usual * (1 + RUSH * service.beats.load))


async def take_entry(call: Call) -> None:
    """Seat the people of a phone and return the seat token, after the commit."""
    service = call.service
    body = await service.bodies.read(call.receive, ENTRY_BYTES)
    try:
        entry = ENTRIES.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Refused(Reason.MALFORMED) from error
    now = service.clock()
    code = await open_code(service, entry.code, now)
    known = service.mint.open_seat(entry.seat) if entry.seat else None
    language, _ = language_of(call.scope)
    request = request_of(
        entry, code, known=known, sealer=service.sealer, language=language, now=now
    )
    admitted = await service.entries.add(request.body)
    seat = seat_of(admitted, expires=code.seats_expire)
    reply = {
        "seat": service.mint.seat(seat),
        "campaign": seat.campaign,
        "members": reply_members(admitted, request.numbers),
        "expires_at": seat.expires * 1000,
        "epoch": service.epoch,
        "now": now,
    }
    await send_json(call.send, msgspec.json.encode(reply))


async def open_code(service: Service, typed: str, now: int) -> Code:
    """Return the code that was meant, or refuse with what is wrong with it."""
    code = await service.codes.find(tidy_code(typed), now)
    if code is None:
        raise Refused(Reason.UNKNOWN_CODE)
    if not code.open:
        raise Refused(Reason.CLOSED_CODE)
    return code


async def health(call: Call) -> None:
    """Say whether the database answered lately, in which epoch it is, how full the buffer is."""
    service = call.service
    facts = {
        "ok": service.database_answers,
        "epoch": service.epoch,
        "load": round(service.beats.load, 3),
    }
    await send_bytes(call.send, 200, msgspec.json.encode(facts), [JSON, NO_STORE])


async def metrics(call: Call) -> None:
    """Give the counts to Prometheus."""
    text = call.service.metrics.text(waiting=call.service.beats.waiting)
    await send_bytes(call.send, 200, text, [(b"content-type", b"text/plain; version=0.0.4")])


async def not_found(_: Call) -> None:
    raise Refused(Reason.NOT_FOUND)


async def answer_posts_only(_: Call) -> None:
    raise Refused(Reason.WRONG_METHOD, allow="POST")


async def answer_reads_only(_: Call) -> None:
    raise Refused(Reason.WRONG_METHOD, allow=", ".join(READS))


READS = ("GET", "HEAD")
PAGES: dict[str, Handler] = {
    "e": serve_entry_page,
    "hall": serve_hall,
    "live": serve_playlist,
    "replay": serve_playlist,
}
POSTS: dict[str, tuple[str, Handler]] = {
    "/b": ("beat", take_beat),
    "/enter": ("entry", take_entry),
}
OPERATORS: dict[str, tuple[str, Handler]] = {
    "/healthz": ("health", health),
    "/metrics": ("metrics", metrics),
}
ELSEWHERE: tuple[str, Handler] = ("other", not_found)
