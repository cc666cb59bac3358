"""Keeps books that balance: double entry, append-only, chained, in whole fen or whole things.

It knows units of organisation and what moved between accounts. It never knows whom a sum was for,
and has no pages: modules above decide who may post and who may look.
"""
