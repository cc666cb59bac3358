"""Knows which children are looked after: sealed identity, dated categories, consent, search before create."""
