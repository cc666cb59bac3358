"""What a search at the desk finds, in a form that needs no module's rules.

A module with something to search offers ``queries.finding.find(posts, words, *, now) ->
list[Found]``: at most :data:`MOST`, within the reach of the posts, the best first, one statement.
"""

from dataclasses import dataclass

MOST = 8


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """One thing found: ``kind`` in a word for people, what it is called, where it leads."""

    kind: str
    text: str
    about: str
    address: str
