"""Reads of prompts: what came to a unit, and how far the next link is. No names of families."""

from mingtian.prompts.queries.chain import LinkRow, PromptRow, list_links, list_prompts

__all__ = ["LinkRow", "PromptRow", "list_links", "list_prompts"]
