"""Looks at what people write. Pure Python and C; no Django, no database.

normal   one spelling for all tricks of writing: width, case, split characters
words    the versioned list of words and allowed phrases
look     which concerns a text raises; never rejects
scrub    takes names, numbers, addresses and schools out of a text
"""
