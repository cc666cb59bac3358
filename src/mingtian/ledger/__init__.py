"""Keeps books that balance: double entry, append-only, chained, in whole fen or whole things."""
