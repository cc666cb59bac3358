"""What is read and not written: entry pages, the hall, playlists. All from memory."""

from typing import TYPE_CHECKING

from mingtian.attendance.ingest import playlist
from mingtian.attendance.ingest.codes import Code
from mingtian.attendance.ingest.http import (
    NO_STORE,
    Call,
    cookie_of,
    header,
    language_of,
    send_bytes,
    send_page,
)
from mingtian.attendance.ingest.pages import page_policy
from mingtian.attendance.ingest.reasons import Reason, Refused
from mingtian.attendance.ingest.schedule import Lecture
from mingtian.core.ids import tidy_code

if TYPE_CHECKING:
    from mingtian.attendance.ingest.service import Service


async def serve_entry_page(call: Call) -> None:
    """Serve the page behind a learning code; a wrong or closed code gets it too, saying so."""
    language, asked = language_of(call.scope)
    typed = tidy_code(call.scope["path"].removeprefix("/e/"))
    code = await call.service.codes.find(typed, call.service.clock()) if typed else None
    if code is not None and (lecture := lecture_to_lead_to(call, code)) is not None:
        headers = [(b"location", f"/hall/{lecture.id}".encode()), NO_STORE]
        await send_bytes(call.send, 302, b"", headers)
        return
    facts, words = entry_facts(call.service, typed, code, language)
    page = call.service.shells.page(language, "enter", facts, words)
    await send_page(call, page, language=language, remember=asked, policy=page_policy())


def lecture_to_lead_to(call: Call, code: Code) -> Lecture | None:
    """Return the lecture that is on, for a phone that has a seat under this very code.

    The phone says so in a cookie that holds codes and nothing else; the hall takes the cookie
    back when the seat is gone. On a slow link this spares a page and its scripts. An address
    with a question (``?add=1``) always means the page itself.
    """
    if call.scope.get("query_string") or not code.open:
        return None
    if code.code not in cookie_of(call.scope, "hall").split("."):
        return None
    now = call.service.clock()
    lectures = call.service.schedule.by_campaign.get(code.campaign, [])
    return next((one for one in lectures if one.times.doors <= now < one.times.ends), None)


def entry_facts(
    service: "Service", typed: str, code: Code | None, language: str
) -> tuple[dict[str, object], dict[str, str]]:
    """Return what the entry page's scripts and readers need to know of a code."""
    if code is None:
        facts: dict[str, object] = {"code": typed[:40], "state": "unknown", "lectures": []}
        return facts, {"title": "", "unit": "", "school": "", "issuer": "", "code": ""}
    which = int(language == "en")
    words = {
        "title": code.unit_name[which],
        "unit": code.unit_name[which],
        "school": code.within[which],
        "issuer": code.issuer[which],
        "code": code.code,
    }
    lectures = service.schedule.by_campaign.get(code.campaign, [])
    facts = {
        "code": code.code,
        "state": "open" if code.open else "closed",
        "campaign": code.campaign,
        "audience": code.audience,
        **{name: words[name] for name in ("unit", "school", "issuer")},
        "lectures": [titled(lecture, language) for lecture in lectures],
    }
    return facts, words


def titled(lecture: Lecture, language: str) -> dict[str, object]:
    """Return the facts of a lecture with its title in the reader's language."""
    facts = lecture.facts()
    return facts | {"title": lecture.title_en} if language == "en" else facts


async def serve_hall(call: Call) -> None:
    """Serve the hall of a lecture. The same bytes for everybody: who is there, the phone knows."""
    lecture = wanted_lecture(call.service, call.scope["path"].removeprefix("/hall/"))
    language, asked = language_of(call.scope)
    which = language == "en"
    words = {
        "title": lecture.title_en if which else lecture.title,
        "lecture_title": lecture.title_en if which else lecture.title,
        "issuer": lecture.issuer_en if which else lecture.issuer,
    }
    facts = {
        "lecture": titled(lecture, language),
        "campaign": lecture.campaign,
        "issuer": words["issuer"],
    }
    page = call.service.shells.page(language, "hall", facts, words)
    policy = page_policy(lecture.outside_url)
    await send_page(call, page, language=language, remember=asked, policy=policy)


async def serve_playlist(call: Call) -> None:
    """Serve the clocked playlist: everybody who asks in one second gets the same bytes."""
    kind, _, rest = call.scope["path"][1:].partition("/")
    number, _, name = rest.partition("/")
    lecture = wanted_lecture(call.service, number)
    if lecture.airing is None or not name.endswith(".m3u8"):
        raise Refused(Reason.NO_BROADCAST)
    found = find_playlist(lecture, kind, name.removesuffix(".m3u8"), call.service.clock())
    headers = [
        (b"content-type", playlist.CONTENT_TYPE.encode()),
        (b"cache-control", found.cache_control.encode()),
        (b"etag", found.etag.encode()),
    ]
    known = header(call.scope, b"if-none-match") == found.etag
    await send_bytes(call.send, 304 if known else 200, b"" if known else found.body, headers)


def find_playlist(lecture: Lecture, kind: str, rung: str, now: int) -> playlist.Playlist:
    """Return the playlist of a lecture, or refuse: too early, over, or no such quality."""
    airing = lecture.airing
    if airing is None:
        raise Refused(Reason.NO_BROADCAST)
    if kind == "replay":
        if not lecture.times.ends <= now < lecture.times.replay_until:
            raise Refused(Reason.OVER if now >= lecture.times.ends else Reason.NOT_OPEN_YET)
        made = (
            playlist.replay_master(airing)
            if rung == "master"
            else playlist.replay_media(airing, rung)
        )
    else:
        on_air = playlist.on_air_at(airing)
        if now < on_air:
            raise Refused(Reason.NOT_OPEN_YET, retry=max(1, (on_air - now) // 1000))
        made = (
            playlist.live_master(airing, now)
            if rung == "master"
            else playlist.live_media(airing, rung, now)
        )
    if made is None:
        raise Refused(Reason.NO_BROADCAST)
    return made


def wanted_lecture(service: "Service", text: str) -> Lecture:
    """Return the lecture with this number, or refuse."""
    lecture = (
        service.schedule.lectures.get(int(text)) if text.isdecimal() and len(text) < 10 else None
    )
    if lecture is None:
        raise Refused(Reason.UNKNOWN_LECTURE)
    return lecture
