"""Where sealed words belong. They open nowhere else. Shared by pages and intake."""

from mingtian.core.seal import Place


def place_of_text(comment_public_id: str) -> Place:
    """Return where the words of a comment belong."""
    return Place("comments_comment", "text", comment_public_id)


def place_of_digest(digest_public_id: str) -> Place:
    """Return where the content of a digest belongs."""
    return Place("comments_digest", "content", digest_public_id)
