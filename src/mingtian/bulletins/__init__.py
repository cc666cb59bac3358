"""Writes the day's bulletin and supervision note, and compares units.

Owns the one note and the one bulletin of each level and day, from the draft that the day's figures
make to the numbered document, and whether a campaign compares its units. Knows nobody's name.
"""
