"""Says how ready a place is: plans, checklists, duty, pilots."""
