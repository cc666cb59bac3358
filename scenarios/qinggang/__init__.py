"""Qinggang County's year of care: children, pairs, cases and aid, all of them invented."""
