"""Live and final comparison of units: reads tallies, keeps nothing of its own."""
