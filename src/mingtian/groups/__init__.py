"""Keeps the register of liaison groups and what is posted to them."""
