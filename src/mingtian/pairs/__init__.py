"""Keeps helpers and their pairs: vetting, visits, silence, hand-over."""
