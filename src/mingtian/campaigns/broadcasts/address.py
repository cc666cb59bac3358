"""What a usable address of somebody else's live stream looks like. Nothing is fetched."""

from urllib.parse import urlsplit

LONGEST_ADDRESS = 500


def is_usable_address(address: str) -> bool:
    """Say whether families' phones could play this: HLS over HTTPS, without a password.

    A page on HTTPS may not load a plain HTTP stream, and whatever stands in the address is
    read by every family.
    """
    if len(address) > LONGEST_ADDRESS or not address.isascii() or not address.isprintable():
        return False
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return False
    return (
        parts.scheme == "https"
        and bool(parts.hostname)
        and port != 0
        and "@" not in parts.netloc
        and " " not in address
        and not parts.fragment
        and parts.path.endswith(".m3u8")
    )
