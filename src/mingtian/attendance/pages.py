"""The two pages of families, rendered once per language and then served by ingest from memory.

Nothing in them depends on a request: what belongs to a class or a lecture stands between ⟦ and ⟧
and is filled in by ingest; what belongs to a phone is filled in by the phone. The sentences
that the scripts say travel with the page, so that no script holds a word of any language.
"""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mingtian.people.queries.notices import notice_template
from mingtian.people.queries.words import KIN_WORDS, named_kinds
from mingtian.people.rules import CONSENT_VERSION

Words = dict[str, "str | Promise | Words"]

PAGES = ("enter", "hall")

GUESTS: Words = {"resident": _("Residents"), "five_old": _("Five-old")}

MEMBERS: Words = {
    "kin": {**KIN_WORDS},
    "kind": {**named_kinds()},
    "numbered": _("{kind} no. {number}"),
    "comma": _(", "),
}
"""How the people of a home are called."""

ENTER_WORDS: Words = {
    "tonight": _("Tonight {time} · {title}"),
    "on_day": _("{day}, {time} · {title}"),
    "ended": _("{title} · the evening is over, the replay is open"),
    **MEMBERS,
    "enter": _("Enter the lecture hall"),
    "agree": _("Agree and enter"),
    "guest": _("Watch without being counted"),
    "leave_out": _("Do not add, go to the hall"),
    "entering": _("Entering …"),
    "child_number": _("Child {n}"),
    "count": _("Persons: {n}"),
    "nobody_named": _("Fill in the number and the name, so that the evening is counted for you."),
    "half_named": _("Both the number and the name are needed."),
    "nobody_counted": _("Tap + for everybody who is here."),
    "nobody_agreed": _("Say who agrees, or watch without being counted."),
    "home_gone": _("This home is not known any more. Say who agrees and enter it anew."),
    "this_home": _("This home: {who}"),
    "remove": _("Take off this phone: {who}"),
    "removed": _("Taken off this phone: {who}"),
    "helped": _("This family is in, marked as helped"),
    "declined": _("Nothing was recorded. This family can watch without being counted."),
    "read": _("Read to me"),
    "stop_reading": _("Stop reading"),
    "tries_left": _("Tries left: {n}."),
    "refused": _("This did not work. Check what you filled in and try again."),
    "no_network": _("No network. What you filled in is kept; trying again in {seconds} s."),
    "again_in": _("Trying again in {seconds} s."),
}

HALL_WORDS: Words = {
    "standing": {
        "recorded": _("Recorded"),
        "kept": _("Kept on this phone, will be sent"),
        "not_counted": _("Not counted"),
    },
    "why": {
        "newest_on_the_way": "",
        "arrived": _("You have arrived."),
        "sending": _("Signing in …"),
        "no_network": _(
            "There is no connection. Nothing is lost; it is sent when the network is back."
        ),
        "no_storage": _(
            "There is no connection, and this phone cannot store. Keep this page open."
        ),
        "no_seat": _(", because nobody has entered on this phone yet."),
        "guest": _(", as you chose. You can change your mind at any time."),
        "withdrawn": _(
            ", because this family has taken its leave. You can watch on, and take part again"
            " whenever you like."
        ),
        "consent_needed": _(", because the agreement of this family is missing. Enter once more."),
        "not_open_yet": _(", because the doors are not open yet. This page opens by itself."),
        "before_arrival": _(
            ", because that part was before you came in. From then on every slot counts."
        ),
        "after_closing": _(", because the lecture has been closed. Its replay still counts."),
        "outside_replay_time": _(", because replays count only after the lecture has ended."),
        "too_fast": _(", because the speed is turned up. Set it back to normal."),
        "not_watched": _(", because nothing of this lecture has been played on this phone yet."),
        "just_begun": _(", because the replay has only just begun. It counts as it goes on."),
        "stalled": _(", because the signal is too weak just now. What is recorded stays."),
        "not_playing": _(", because the lecture is not playing. Tap play to go on."),
        "bad_seat": _(
            ", because the entry of this phone is no longer valid. Enter once more; it takes a minute."
        ),
        "expired_seat": _(
            ", because the entry of this phone has run out. Enter once more; it takes a minute."
        ),
        "other_campaign": _(
            ", because this lecture belongs to another campaign. Scan its learning code."
        ),
        "unknown_lecture": _(
            ", because this lecture no longer exists. Scan the learning code again."
        ),
        "over": _(", because the time for counting this lecture is over."),
        "malformed": _(", because this page is out of date. Close it and scan the code again."),
        "too_large": _(", because this page is out of date. Close it and scan the code again."),
    },
    "be_counted": _("Be counted after all"),
    "count_minutes": {
        "live": _("Recorded: {n} min"),
        "replay": _("Replay recorded: {n} min"),
    },
    "count_slots": {
        "live": _("Recorded: {n} of 60 slots"),
        "replay": _("Replay recorded: {n} of 60 slots"),
    },
    "count_kept": _("+ {n} on the way"),
    **MEMBERS,
    "stage": {
        "early": _("The doors open at {doors}, the lecture begins at {time}."),
        "early_day": _("The lecture is on {day} at {time}. The doors open at {doors}."),
        "waiting": _("The lecture begins at {time}."),
        "waiting_in": _("The lecture begins at {time}. You are in."),
        "minutes": _("{minutes} min to go"),
        "one_minute": _("Less than a minute to go"),
        "opening": _("Opening the picture …"),
        "trouble": _("Weak signal. Connecting again."),
        "trouble_more": _("What you have watched is not lost."),
        "state_only": _("No picture or sound here"),
        "state_only_more": _("You have arrived. Another browser may help."),
        "no_picture": _("There is no picture yet."),
        "no_picture_more": _("You have been counted as arrived. Please stay a little."),
        "blocked": _("Tap to watch"),
        "replay": _("The lecture has ended. Watch the replay?"),
        "replay_more": _("The replay is recorded separately."),
        "over": _("The lecture is over. Thank you for watching."),
        "sound_only": _("Sound only"),
        "listen": _("Sound with slides"),
        "watch": _("Back to the picture"),
        "slide": _("Picture of the lecture, minute {n}"),
    },
}


def render_shells(directory: Path) -> list[Path]:
    """Write the pages in every language below the directory; return the files written.

    A page appears under its name only when it is whole, so ingest may read at any time.
    """
    written = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for page, context in {**_pages(language), "refused": {}}.items():
                text = render_to_string(f"attendance/{page}.html", context)
                written.append(_write(directory / language / f"{page}.html", text))
    return written


def _pages(language: str) -> dict[str, dict[str, Any]]:
    words = {"enter": _spoken(ENTER_WORDS), "hall": _spoken(HALL_WORDS)}
    people = {"kin": KIN_WORDS.items(), "guests": GUESTS.items()}
    notice = {
        "notice": notice_template(CONSENT_VERSION, language, "short"),
        "notice_version": CONSENT_VERSION,
    }
    return {
        page: {
            "words": words[page],
            **people,
            **notice,
        }
        for page in PAGES
    }


def _spoken(words: Words) -> dict[str, Any]:
    """Say each sentence in the active language."""
    return {
        key: _spoken(value) if isinstance(value, dict) else str(value)
        for key, value in words.items()
    }


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".draft")
    draft.write_text(text, encoding="utf-8")
    return draft.replace(path)
