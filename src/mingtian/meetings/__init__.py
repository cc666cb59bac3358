"""Keeps meetings, what they resolved, and talks with other offices."""
