"""Unlock rules, certificates as PDF, picture and signed credential, and their public check."""
