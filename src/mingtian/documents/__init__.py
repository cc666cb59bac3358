"""Keeps numbered documents and follows them down the line.

Owns the register of each unit and year, drafts and their signing, joint issue, attachments, named
lists of receivers, and what each receiver has done with what it got. Knows nothing of evenings.
"""
