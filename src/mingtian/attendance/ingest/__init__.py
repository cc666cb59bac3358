"""Take what phones send and keep it: the hot path. Nothing here imports Django.

One beat walks this path, top to bottom:

    app.read_body     bytes, at most BEAT_BYTES, before the deadline
    wire.BEATS        bytes -> Beat, or refused as malformed
    tokens.open_seat  the seat token, checked without the database
    steps.STEPS       each may refuse, with a Reason
    beats.clip        the server's clock decides which slots count
    buffer.add        waits until the batch that holds it is committed
    app               answers 200 only after that commit

An entry walks the same way through ``entries``. Pages and playlists are served from memory.
The only shared code is ``core`` and the ``rules`` of attendance and people.
"""
