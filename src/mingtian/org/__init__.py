"""Owns the dated tree of units, its two lines, division codes and posts.

Knows nothing of people in care, campaigns or attendance.
"""
