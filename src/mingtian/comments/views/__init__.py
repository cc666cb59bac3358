"""Pages of the desk: the queue, digests, phrases and words."""
