"""Owns households, persons by exclusive kind, kin and rosters.

Names and roster numbers are sealed; only the class opens them. Knows nothing of
campaigns or attendance.
"""
