"""The file that a family takes away: a page for people and JSON for machines, in one archive.

Holds no ids of rows. Texts that a table program would take for a formula get an apostrophe in
front on the page; the JSON holds them as they are.
"""

import json
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.template.loader import render_to_string

from mingtian.core.clock import SHANGHAI
from mingtian.family.kept_words import moment
from mingtian.family.pages import KeptGroup, KeptView

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def kept_archive(groups: list[KeptGroup], now: datetime) -> bytes:
    """Return the archive as bytes; nothing of it touches a disk."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, text in (
            ("family.json", _as_json(groups, now)),
            ("family.html", _as_page(groups, now)),
        ):
            written = now.astimezone(SHANGHAI).timetuple()[:6]
            archive.writestr(ZipInfo(name, written), text.encode())
    return made.getvalue()


def plain(text: str) -> str:
    """Return the text so that no table program takes it for a formula."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def _as_json(groups: list[KeptGroup], now: datetime) -> str:
    told = {
        "made_at": now.astimezone(SHANGHAI).isoformat(),
        "kept": [
            {
                "about": group.label,
                "what": row.kept.what,
                "at": row.kept.at.astimezone(SHANGHAI).isoformat() if row.kept.at else None,
                "facts": row.kept.facts,
            }
            for group in groups
            for row in group.rows
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def _as_page(groups: list[KeptGroup], now: datetime) -> str:
    shown = [(group.label, [_cells(row) for row in group.rows]) for group in groups]
    return render_to_string("family/kept_file.html", {"groups": shown, "made": moment(now)})


def _cells(row: KeptView) -> tuple[str, str, list[tuple[str, str]]]:
    return row.what, row.at, [(name, plain(value)) for name, value in row.facts]
