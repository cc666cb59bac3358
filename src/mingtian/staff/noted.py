"""What entries of the trail note with an action, in words: ids, codes and counts.

A key that some module notes and that has no words here fails ``tests/test_deeds.py``. The words of
the values that are codes stand in each module's ``deeds.py`` (``staff.words``).
"""

import re
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext, pgettext_lazy

from mingtian.core.money import yuan
from mingtian.staff.queries.trail import Value
from mingtian.staff.words import code_words
from mingtian.web.refusals import sentences

NOTED: Mapping[str, str | Promise] = {
    "above": pgettext_lazy("noted", "passed up to"),
    "activity": pgettext_lazy("noted", "activity"),
    "after_first_lecture": pgettext_lazy("noted", "after the first lecture"),
    "agreed": pgettext_lazy("noted", "agreed"),
    "allowed": pgettext_lazy("noted", "words allowed"),
    "answer": pgettext_lazy("noted", "answer"),
    "appeals": pgettext_lazy("noted", "questions of families"),
    "areas": pgettext_lazy("noted", "areas"),
    "attachment": pgettext_lazy("noted", "attachment"),
    "back": pgettext_lazy("noted", "came back"),
    "basis": pgettext_lazy("noted", "basis"),
    "before": pgettext_lazy("noted", "before"),
    "below": pgettext_lazy("noted", "units below"),
    "body": pgettext_lazy("noted", "body"),
    "by": pgettext_lazy("noted", "by entry"),
    "campaign": pgettext_lazy("noted", "campaign"),
    "category": pgettext_lazy("noted", "category"),
    "cause": pgettext_lazy("noted", "cause"),
    "cells": pgettext_lazy("noted", "figures"),
    "certificates": pgettext_lazy("noted", "certificates"),
    "changed": pgettext_lazy("noted", "changed"),
    "checked_on": pgettext_lazy("noted", "checked on"),
    "child": pgettext_lazy("noted", "child"),
    "children": pgettext_lazy("noted", "children"),
    "closes": pgettext_lazy("noted", "closes on"),
    "closes_before": pgettext_lazy("noted", "closed before on"),
    "code": pgettext_lazy("noted", "code"),
    "codes": pgettext_lazy("noted", "codes"),
    "column": pgettext_lazy("noted", "column"),
    "comments": pgettext_lazy("noted", "comments"),
    "consents": pgettext_lazy("noted", "consents"),
    "day": pgettext_lazy("noted", "day"),
    "denominators": pgettext_lazy("noted", "expected numbers"),
    "despite": pgettext_lazy("noted", "despite"),
    "detail": pgettext_lazy("noted", "details"),
    "difference": pgettext_lazy("noted", "difference"),
    "digest": pgettext_lazy("noted", "fingerprint"),
    "document": pgettext_lazy("noted", "document"),
    "due": pgettext_lazy("noted", "due on"),
    "duty": pgettext_lazy("noted", "duty"),
    "earlier": pgettext_lazy("noted", "the number before"),
    "edition": pgettext_lazy("noted", "edition"),
    "enabled": pgettext_lazy("noted", "switched on"),
    "entries": pgettext_lazy("noted", "entries"),
    "expected": pgettext_lazy("noted", "expected"),
    "export": pgettext_lazy("noted", "file"),
    "families": pgettext_lazy("noted", "families"),
    "fen": pgettext_lazy("noted", "amount"),
    "form": pgettext_lazy("noted", "form of the file"),
    "found": pgettext_lazy("noted", "found"),
    "fund": pgettext_lazy("noted", "fund"),
    "given_by": pgettext_lazy("noted", "given by"),
    "ground": pgettext_lazy("noted", "ground"),
    "group": pgettext_lazy("noted", "group"),
    "groups": pgettext_lazy("noted", "groups"),
    "heads": pgettext_lazy("noted", "heads counted"),
    "helpers": pgettext_lazy("noted", "helpers"),
    "households": pgettext_lazy("noted", "households"),
    "how": pgettext_lazy("noted", "how"),
    "into": pgettext_lazy("noted", "merged into"),
    "invitation": pgettext_lazy("noted", "invitation"),
    "invited": pgettext_lazy("noted", "invited"),
    "item": pgettext_lazy("noted", "item"),
    "kin": pgettext_lazy("noted", "relation"),
    "kind": pgettext_lazy("noted", "kind"),
    "lead": pgettext_lazy("noted", "comes first"),
    "leave": pgettext_lazy("noted", "leave"),
    "lecture": pgettext_lazy("noted", "lecture"),
    "lectures": pgettext_lazy("noted", "lectures"),
    "left": pgettext_lazy("noted", "left"),
    "leg": pgettext_lazy("noted", "channel"),
    "level": pgettext_lazy("noted", "level"),
    "lever": pgettext_lazy("noted", "lever"),
    "likes": pgettext_lazy("noted", "likes"),
    "limit": pgettext_lazy("noted", "limit"),
    "line": pgettext_lazy("noted", "line"),
    "lines": pgettext_lazy("noted", "lines"),
    "lists": pgettext_lazy("noted", "lists"),
    "locked": pgettext_lazy("noted", "locked"),
    "made": pgettext_lazy("noted", "made"),
    "measure": pgettext_lazy("noted", "measure"),
    "meeting": pgettext_lazy("noted", "meeting"),
    "names": pgettext_lazy("noted", "names"),
    "new": pgettext_lazy("noted", "new"),
    "notes": pgettext_lazy("noted", "notes"),
    "number": pgettext_lazy("noted", "number"),
    "office": pgettext_lazy("noted", "office"),
    "old": pgettext_lazy("noted", "old"),
    "on": pgettext_lazy("noted", "day"),
    "one_person": pgettext_lazy("noted", "by one person"),
    "open": pgettext_lazy("noted", "left open"),
    "opened_on": pgettext_lazy("noted", "opened on"),
    "outcome": pgettext_lazy("noted", "outcome"),
    "over": pgettext_lazy("noted", "turned back"),
    "owner": pgettext_lazy("noted", "responsible"),
    "pairs": pgettext_lazy("noted", "pairs"),
    "part": pgettext_lazy("noted", "part"),
    "partner": pgettext_lazy("noted", "partner"),
    "parts": pgettext_lazy("noted", "parts"),
    "party": pgettext_lazy("noted", "party"),
    "passed": pgettext_lazy("noted", "passed on"),
    "people": pgettext_lazy("noted", "people"),
    "persons": pgettext_lazy("noted", "persons"),
    "phones": pgettext_lazy("noted", "telephones"),
    "phrases": pgettext_lazy("noted", "phrases"),
    "pictures": pgettext_lazy("noted", "pictures"),
    "pilot_families": pgettext_lazy("noted", "pilot families"),
    "platform": pgettext_lazy("noted", "platform"),
    "prompts": pgettext_lazy("noted", "reminders"),
    "purpose": pgettext_lazy("noted", "purpose"),
    "quantity": pgettext_lazy("noted", "quantity"),
    "questions": pgettext_lazy("noted", "questions"),
    "reached": pgettext_lazy("noted", "reached"),
    "readings": pgettext_lazy("noted", "readings"),
    "reason": pgettext_lazy("noted", "reason"),
    "receipt": pgettext_lazy("noted", "receipt"),
    "receivers": pgettext_lazy("noted", "receivers"),
    "records": pgettext_lazy("noted", "records"),
    "rejected": pgettext_lazy("noted", "refused"),
    "relative": pgettext_lazy("noted", "is a relative"),
    "relatives": pgettext_lazy("noted", "relatives"),
    "revision": pgettext_lazy("noted", "version"),
    "rhythm": pgettext_lazy("noted", "rhythm"),
    "role": pgettext_lazy("noted", "post"),
    "rows": pgettext_lazy("noted", "rows"),
    "rule": pgettext_lazy("noted", "rule"),
    "scale": pgettext_lazy("noted", "scale"),
    "scheme": pgettext_lazy("noted", "scheme"),
    "school": pgettext_lazy("noted", "school"),
    "school_before": pgettext_lazy("noted", "school before"),
    "screenshots": pgettext_lazy("noted", "screenshots"),
    "seats": pgettext_lazy("noted", "seats"),
    "section": pgettext_lazy("noted", "section"),
    "sender": pgettext_lazy("noted", "sender"),
    "served": pgettext_lazy("noted", "people served"),
    "sessions": pgettext_lazy("noted", "sessions ended"),
    "silent": pgettext_lazy("noted", "silent units"),
    "since": pgettext_lazy("noted", "since"),
    "size": pgettext_lazy("noted", "size"),
    "source": pgettext_lazy("noted", "source"),
    "stage": pgettext_lazy("noted", "stage"),
    "standings": pgettext_lazy("noted", "standings"),
    "starts_on": pgettext_lazy("noted", "begins on"),
    "state": pgettext_lazy("noted", "state"),
    "status": pgettext_lazy("noted", "status"),
    "stays": pgettext_lazy("noted", "stays"),
    "step": pgettext_lazy("noted", "step"),
    "superior": pgettext_lazy("noted", "superior"),
    "talks": pgettext_lazy("noted", "talks"),
    "task": pgettext_lazy("noted", "task"),
    "term": pgettext_lazy("noted", "term"),
    "thing": pgettext_lazy("noted", "thing"),
    "to": pgettext_lazy("noted", "to"),
    "told": pgettext_lazy("noted", "told"),
    "topic": pgettext_lazy("noted", "topic"),
    "tried": pgettext_lazy("noted", "tries refused"),
    "tries": pgettext_lazy("noted", "tries"),
    "turns": pgettext_lazy("noted", "turns of duty"),
    "unit": pgettext_lazy("noted", "unit"),
    "unit_before": pgettext_lazy("noted", "unit before"),
    "units": pgettext_lazy("noted", "units"),
    "until": pgettext_lazy("noted", "until"),
    "until_now": pgettext_lazy("noted", "until now"),
    "urgency": pgettext_lazy("noted", "urgency"),
    "user": pgettext_lazy("noted", "account"),
    "vendor": pgettext_lazy("noted", "service"),
    "version": pgettext_lazy("noted", "version"),
    "volunteers": pgettext_lazy("noted", "five-old"),
    "way": pgettext_lazy("noted", "way"),
    "wechat": pgettext_lazy("noted", "WeChat seats"),
    "who": pgettext_lazy("noted", "who"),
    "why": pgettext_lazy("noted", "why"),
    "with_notes": pgettext_lazy("noted", "with notes"),
    "word": pgettext_lazy("noted", "number of the paper"),
    "words": pgettext_lazy("noted", "words"),
    "year": pgettext_lazy("noted", "year"),
}

IN_FEN = frozenset({"fen", "limit", "until_now"})
LONGEST = 24
"""Of a fingerprint the beginning is enough on a page; the trail keeps all of it."""


def told(action: str, detail: Mapping[str, Value]) -> str:
    """Return what was noted with an action as the reader's sentence.

    Keys and codes of an earlier version stay as they are.
    """
    pairs = (
        gettext("%(what)s: %(how)s")
        % {"what": NOTED.get(key, key), "how": _value(action, key, detail[key])}
        for key in sorted(detail)
    )
    return gettext("; ").join(pairs)


def _value(action: str, key: str, value: Value) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return pgettext("noted", "yes") if value else pgettext("noted", "no")
    if isinstance(value, int) and key in IN_FEN:
        return yuan(value)
    word = _word(action, key, value)
    return f"{word[:LONGEST]}…" if key == "digest" and len(word) > LONGEST else word


def _word(action: str, key: str, value: str | int) -> str:
    """Return the words of a code, or of several with a comma or blank between them."""
    known = code_words(action, key)
    if value in known:
        return str(known[value])
    if key == "code" and value in sentences():
        # What the refusal named, as "at most 60", is not in the trail.
        return re.sub(r"%\(\w+\)s", "…", str(sentences()[str(value)])).rstrip("。.")
    parts = re.split("[, ]", str(value))
    if not set(parts) <= known.keys():
        return str(value)
    return gettext(", ").join(str(known[part]) for part in parts)
