"""What may be attached, told by the file's own first bytes and never by its name. Pure Python."""

import io
import zipfile
from enum import StrEnum

from mingtian.core.errors import RuleBroken
from mingtian.documents.rules import MOST_BYTES

_MEGABYTE = 1024 * 1024


class FileKind(StrEnum):
    """Kinds of files that may be attached."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    JPEG = "jpg"
    PNG = "png"
    WEBP = "webp"


PICTURES = frozenset({FileKind.JPEG, FileKind.PNG, FileKind.WEBP})

CONTENT_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.JPEG: "image/jpeg",
    FileKind.PNG: "image/png",
    FileKind.WEBP: "image/webp",
}
_PARTS = {"word/document.xml": FileKind.DOCX, "xl/workbook.xml": FileKind.XLSX}


def kind_of(content: bytes) -> FileKind:
    """Return what the file is. Refuses what is empty, too large, of another kind, or holds macros."""
    if not content:
        raise RuleBroken("attachment_empty")
    if len(content) > MOST_BYTES:
        raise RuleBroken("attachment_too_large", most=MOST_BYTES // _MEGABYTE)
    found = _kind(content)
    if found is None:
        raise RuleBroken("attachment_wrong_kind")
    return found


def _kind(content: bytes) -> FileKind | None:
    if content.startswith(b"%PDF-"):
        return FileKind.PDF
    if content.startswith(b"\xff\xd8\xff"):
        return FileKind.JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileKind.PNG
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return FileKind.WEBP
    return _office(content) if content.startswith(b"PK\x03\x04") else None


def _office(content: bytes) -> FileKind | None:
    try:
        names = set(zipfile.ZipFile(io.BytesIO(content)).namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return None
    if "[Content_Types].xml" not in names or any("vbaproject" in name.lower() for name in names):
        return None
    return next((kind for part, kind in _PARTS.items() if part in names), None)
