"""What a family may do with what is kept about it, and what happens at the end of a term."""
