"""Owns seats, beats, maps of slots and tallies: who was there, exactly, while it happens.

``ingest`` inside is the hot path; it never loads Django. Nothing here knows of boards,
certificates or any other use of the counts.
"""
