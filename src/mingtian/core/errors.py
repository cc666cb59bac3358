"""Refusals: a stable code for machines, a sentence for people elsewhere.

A rule that says no raises :class:`RuleBroken`. The web layer turns its code into a
translated sentence in one place (``mingtian.web.refusals``).
"""


class RuleBroken(Exception):
    """A request that a rule of the house refuses.

    ``code`` is stable and lower_snake_case. ``facts`` are values that the sentence for
    people may name; they hold no personal data.
    """

    def __init__(self, code: str, /, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts
