"""QR pictures of a learning address: level Q, a quiet zone of four modules (COD-1)."""

import io

import segno

LEVEL = "q"
QUIET_ZONE = 4
PNG_SCALE = 16
"""Dots a module: about 660 dots across, 55 mm on paper at 300 dots an inch."""


def qr_svg(url: str) -> bytes:
    """Return the code as an SVG picture without size, so that it fills the space it is given."""
    picture = io.BytesIO()
    # Level Q for certain: a larger level would need no more modules, yet printers differ.
    _code(url).save(
        picture, kind="svg", border=QUIET_ZONE, omitsize=True, light="#fff", xmldecl=False
    )
    return picture.getvalue()


def qr_png(url: str) -> bytes:
    """Return the code as a black and white PNG."""
    picture = io.BytesIO()
    _code(url).save(picture, kind="png", border=QUIET_ZONE, scale=PNG_SCALE)
    return picture.getvalue()


def _code(url: str) -> segno.QRCode:
    return segno.make_qr(url, error=LEVEL, boost_error=False)
