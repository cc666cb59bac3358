"""Pages of bulletins and of the comparison of units."""
