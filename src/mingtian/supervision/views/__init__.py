"""Pages of supervision (STA-3, STA-4, SUP-2)."""
