"""Keeps gifts of money and goods from donor to hand-over, and need codes without a child in them."""
