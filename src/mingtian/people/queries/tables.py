"""The rows of a file that people bring in, for every module that takes lists.

XLSX, or CSV in UTF-8, GB18030 or UTF-16; refused with the codes of this module's sentences.
"""

from mingtian.people.rosters.reading import MOST_BYTES, ROUNDED, Row, read_tables

__all__ = ["MOST_BYTES", "ROUNDED", "Row", "read_tables"]
