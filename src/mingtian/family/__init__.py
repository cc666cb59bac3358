"""The family's own page: its evenings, its certificates, and its rights."""
