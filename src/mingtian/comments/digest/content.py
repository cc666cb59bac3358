"""What a digest holds. Everything in it was scrubbed; the texts of comments are not in it."""

import msgspec


class Theme(msgspec.Struct, frozen=True):
    """A word of the evening and how many comments hold it."""

    word: str
    comments: int


class Counts(msgspec.Struct, frozen=True):
    """Comments by what became of them. Persons are not counted here, likes nowhere."""

    phrases: int = 0
    approved: int = 0
    waiting: int = 0
    declined: int = 0
    referred: int = 0

    @property
    def said(self) -> int:
        return self.phrases + self.approved + self.waiting + self.declined + self.referred


class Content(msgspec.Struct, frozen=True):
    """The digest of one school and evening (COM-1).

    ``concerns`` says how many comments need a referral, and ``told`` by office who was told;
    what they say stays in the school.
    """

    counts: Counts
    themes: list[Theme]
    lines: list[str]
    questions: list[str]
    told: dict[str, int]
    note: str = ""

    @property
    def concerns(self) -> int:
        return self.counts.referred


_DECODER = msgspec.json.Decoder(Content)


def encode(content: Content) -> str:
    """Return the content as text, for sealing."""
    return msgspec.json.encode(content).decode()


def decode(text: str) -> Content:
    """Return the content from its text."""
    return _DECODER.decode(text)
