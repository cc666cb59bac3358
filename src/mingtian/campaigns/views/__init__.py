"""Pages of campaigns: planning at the desk, learning codes, the public check of a code."""
