"""Shows each post what is to be done today."""
