"""Keeps the evening's rhythm: who is asked to do what, and when."""
