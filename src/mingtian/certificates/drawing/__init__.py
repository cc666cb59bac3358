"""Certificates as paper and picture.

words  what stands on them, in the reader's language
paper  PDF/A and PNG, drawn by typst
"""
