"""The intake as ASGI sees it: which address does what, and how its answers look.

An answer is sent only after the commit. A refusal is one JSON object as of attendance.ingest
(docs/mechanisms/comments.md).
"""

from typing import TypeVar

import msgspec
from starlette.types import Receive, Scope, Send

from mingtian.attendance.ingest.bodies import Gone
from mingtian.attendance.ingest.http import (
    JSON,
    NO_STORE,
    NOSNIFF,
    header,
    language_of,
    send_bytes,
    send_json,
    send_refusal,
)
from mingtian.attendance.ingest.reasons import Reason, Refused
from mingtian.comments.intake.checks import Speaker, refuse_outside_hours, speaker_of
from mingtian.comments.intake.houses import House
from mingtian.comments.intake.likes import Wish
from mingtian.comments.intake.reasons import STATUS, NotTaken, Objection
from mingtian.comments.intake.says import left_after, row_of
from mingtian.comments.intake.sentences import sentence
from mingtian.comments.intake.service import Talk
from mingtian.comments.intake.wire import LIKES, SAYS
from mingtian.comments.rules import MOST_A_LECTURE

Sent = TypeVar("Sent")

SAY_BYTES = 4096
LIKE_BYTES = 1024
FEED = "/comments/"
MAX_AGE = (b"cache-control", b"public, max-age=3")


class Intake:
    """The application as ASGI sees it; started and stopped with the ingest beside it."""

    PATHS = frozenset({"/say", "/like"})

    def __init__(self, talk: Talk) -> None:
        self.talk = talk

    def answers(self, path: str) -> bool:
        """Say whether an address belongs here."""
        return path in self.PATHS or (path.startswith(FEED) and path.endswith(".json"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        outcomes = self.talk.ingest.metrics.outcomes
        asked = scope["path"][1:] if scope["path"] in self.PATHS else "comments"
        try:
            await self.answer(scope, receive, send)
            outcomes[asked, "ok"] += 1
        except Refused as refused:
            outcomes[asked, refused.reason] += 1
            await send_refusal(send, scope, refused, self.talk.ingest.clock())
        except NotTaken as refused:
            outcomes[asked, refused.objection] += 1
            await send_objection(send, scope, refused, self.talk.ingest.clock())
        except Gone:
            outcomes[asked, "gone"] += 1

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or raise why not."""
        path, method = scope["path"], scope["method"]
        allowed = ("POST",) if path in self.PATHS else ("GET", "HEAD")
        if method not in allowed:
            raise Refused(Reason.WRONG_METHOD, allow=", ".join(allowed))
        if path == "/say":
            await send_json(send, await self.take_say(receive))
        elif path == "/like":
            await send_json(send, await self.take_like(receive))
        else:
            await self.serve_feed(scope, send)

    async def take_say(self, receive: Receive) -> bytes:
        """Store a comment; the reply says how many are left."""
        ingest = self.talk.ingest
        body = await ingest.bodies.read(receive, SAY_BYTES)
        say = decoded(SAYS, body)
        now = ingest.clock()
        speaker = speaker_of(say, mint=ingest.mint, schedule=ingest.schedule, now=now)
        refuse_outside_hours(speaker.lecture, now)
        prepared = self.talk.prepared
        if say.phrase is not None and not prepared.offers(speaker.lecture.id, say.phrase):
            raise NotTaken(Objection.UNKNOWN_PHRASE)
        house = await self.house_of(speaker, now)
        row = row_of(say, speaker, house, sieve=prepared.sieve, sealer=ingest.sealer, now=now)
        left = left_after(await self.talk.says.add(row))
        return b'{"state":"%b","left":%d,"now":%d}' % (row.state.encode(), left, now)

    async def take_like(self, receive: Receive) -> bytes:
        """Store or take back a like; the reply says what the people of the seat have done."""
        ingest = self.talk.ingest
        body = await ingest.bodies.read(receive, LIKE_BYTES)
        like = decoded(LIKES, body)
        now = ingest.clock()
        speaker = speaker_of(like, mint=ingest.mint, schedule=ingest.schedule, now=now)
        if like.like is not None:
            refuse_outside_hours(speaker.lecture, now)
            await self.talk.likes.add(Wish(speaker.lecture.id, speaker.person, like.like, now))
            return b'{"like":%b,"now":%d}' % (b"true" if like.like else b"false", now)
        return await self.own(speaker, now)

    async def own(self, speaker: Speaker, now: int) -> bytes:
        """Return what the people of a seat have done at a lecture, and where they read on."""
        house = await self.house_of(speaker, now)
        persons = "{" + ",".join(str(person) for person, _, _ in speaker.seat.members) + "}"
        values: dict[str, object] = {"lecture": speaker.lecture.id, "person": persons}
        rows = await self.talk.look_ups.execute("own", values)
        return msgspec.json.encode(
            {
                "people": [
                    {"like": likes, "left": max(0, MOST_A_LECTURE - said)}
                    for _, likes, said in rows
                ],
                "feed": f"{FEED}{speaker.lecture.id}/{house.public_id}.json",
                "now": now,
            }
        )

    async def house_of(self, speaker: Speaker, now: int) -> House:
        """Return the house of a speaker; a unit that stands nowhere any more has none."""
        house = await self.talk.houses.of(speaker.unit, now)
        if house is None:
            raise Refused(Reason.BAD_SEAT)
        return house

    async def serve_feed(self, scope: Scope, send: Send) -> None:
        """Give the approved comments of a school; the same bytes to everybody for some seconds."""
        lecture, _, house = scope["path"][len(FEED) : -len(".json")].partition("/")
        talk = self.talk
        if not (
            lecture.isdecimal() and lecture.isascii() and len(lecture) < 10 and house.isalnum()
        ):
            raise NotTaken(Objection.UNKNOWN_FEED)
        if int(lecture) not in talk.ingest.schedule.lectures or len(house) > 12:
            raise NotTaken(Objection.UNKNOWN_FEED)
        feed = await talk.feeds.of(int(lecture), house, talk.ingest.clock())
        headers = [(b"etag", feed.etag), MAX_AGE, NOSNIFF]
        if header(scope, b"if-none-match") == feed.etag.decode():
            await send_bytes(send, 304, b"", headers)
            return
        await send_bytes(send, 200, feed.body, [JSON, *headers])


def decoded(decoder: msgspec.json.Decoder[Sent], body: bytes) -> Sent:
    """Return what was sent, or refuse it as malformed."""
    try:
        return decoder.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Refused(Reason.MALFORMED) from error


async def send_objection(send: Send, scope: Scope, refused: NotTaken, now: int) -> None:
    """Send a refusal in the form that ingest's have: code, sentence, when to try again."""
    language, _ = language_of(scope)
    facts = {
        "code": refused.objection.value,
        "say": sentence(refused.objection, language),
        "next": refused.retry,
        "now": now,
    }
    headers = [JSON, NO_STORE]
    if refused.retry is not None:
        headers.append((b"retry-after", b"%d" % refused.retry))
    await send_bytes(send, STATUS[refused.objection], msgspec.json.encode(facts), headers)
