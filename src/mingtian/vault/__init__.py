"""Guards what is known about children in difficulty: their keys, who may read them, and every reading."""
