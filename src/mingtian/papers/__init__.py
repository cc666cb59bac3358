"""Lays out official documents as Word files and PDF (GB/T 9704)."""
