"""The tour of the pages: what it visits, as whom, and how its pictures are made."""
