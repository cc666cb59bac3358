"""Likes, comments that are read before they are shown, and the evening digest of a school.

``intake`` takes likes and comments from phones beside attendance.ingest and loads no Django.
``sieve`` looks at texts (what to review) and takes identity out of them (what may be told).
``digest`` sums up an evening. The desk's pages are as in every module.
"""
