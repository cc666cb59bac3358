"""Likes, comments that are read before they are shown, and the evening digest of a school."""
