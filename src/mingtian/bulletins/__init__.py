"""Writes the day's bulletin and supervision note, and compares units."""
