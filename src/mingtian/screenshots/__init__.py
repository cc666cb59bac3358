"""The fallback for evidence by picture: off by default, gone after the tally (STA-2)."""
