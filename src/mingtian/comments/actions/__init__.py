"""Changes: decisions on comments, phrases, words, digests; and forgetting somebody."""

from mingtian.comments.actions.forget import forget

__all__ = ["forget"]
