"""What changes seldom and is kept in memory: the prepared phrases and the list of words."""

from mingtian.attendance.ingest.store import Store
from mingtian.comments.rules import DEFAULT_PHRASES, PhraseText
from mingtian.comments.sieve.look import Sieve
from mingtian.comments.sieve.words import parse, starting_text


class Prepared:
    """Phrases by lecture and the sieve of the newest list of words."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._own: dict[int, list[PhraseText]] = {}
        self.sieve = Sieve(parse(starting_text()))

    def phrases(self, lecture: int) -> list[PhraseText]:
        """Return the phrases offered at a lecture: its own, or the defaults."""
        return self._own.get(lecture) or list(DEFAULT_PHRASES)

    def offers(self, lecture: int, number: int) -> bool:
        """Say whether this phrase is offered at the lecture."""
        return any(one.number == number for one in self.phrases(lecture))

    async def reload(self) -> None:
        """Read the phrases again, and the list of words when there is a newer one."""
        own: dict[int, list[PhraseText]] = {}
        for lecture, number, text, text_en in await self._store.execute("phrases", {}):
            phrase = PhraseText(number=number, text=text, text_en=text_en)
            own.setdefault(lecture, []).append(phrase)
        self._own = own
        ((number,),) = await self._store.execute("word_list_number", {})
        if number != self.sieve.version:
            ((text,),) = await self._store.execute("word_list", {"number": number})
            self.sieve = Sieve(parse(text), number)
