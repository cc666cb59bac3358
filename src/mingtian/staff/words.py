"""What roles are called on the pages of accounts."""

from mingtian.org.queries.words import ROLE_WORDS
from mingtian.org.rules import Role


def role_word(role: str) -> str:
    """Return what a role is called in the reader's language."""
    return str(ROLE_WORDS[Role(role)])
