"""Sums up what a school said on one evening. Pure Python; nothing in it names anybody.

themes    words that mark this evening against the others
content   what a digest holds, and its sealed form
draft     from texts to content
"""
