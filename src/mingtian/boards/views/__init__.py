"""Pages of the boards and of the class."""
