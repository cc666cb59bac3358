"""Pages of meetings, follow-ups and talks."""
