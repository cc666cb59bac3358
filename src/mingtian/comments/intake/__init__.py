"""Take likes and comments from phones: a part of the hot path beside attendance.ingest.

Loads no Django. One comment walks this path:

    bodies.read       bytes, at most SAY_BYTES, before the deadline     (attendance.ingest)
    wire.SAYS         bytes -> Say, or refused as malformed
    tokens.open_seat  the seat token, checked without the database      (attendance.ingest)
    checks            who speaks, at which lecture, when; may refuse
    sieve.look        which concerns its words raise; never refuses
    seal              the words, for their row alone
    buffer.add        waits until the batch that holds it is committed  (attendance.ingest)
    app               answers 200 only after that commit

Likes walk the same way. ``feed`` gives the approved comments of a school, from memory.
"""
