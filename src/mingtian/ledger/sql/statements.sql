-- Statements of the ledger, by name.

-- name: open_book
INSERT INTO ledger_book (public_id, unit_id, opened_at, entries, head)
VALUES (%(public_id)s, %(unit)s, %(now)s, 0, '') ON CONFLICT (unit_id) DO NOTHING
RETURNING id;

-- name: open_account
INSERT INTO ledger_account (public_id, book_id, owner_id, kind, measure, purpose, may_go_negative,
                            opened_at, digest)
VALUES (%(public_id)s, %(book)s, %(owner)s, %(kind)s, %(measure)s, %(purpose)s, false, %(now)s, '')
ON CONFLICT (book_id, owner_id, kind, measure, purpose) WHERE closed_at IS NULL DO NOTHING
RETURNING id;

-- name: post
SELECT id, public_id, number, at, made_by, kind, source, reason, digest, fresh
FROM ledger_post(%(book)s, %(now)s, %(maker)s, %(public_ids)s::text[], %(kinds)s::text[],
                 %(sources)s::text[], %(undone)s::bigint[], %(reasons)s::text[],
                 %(line_entries)s::int[], %(line_accounts)s::int[], %(amounts)s::bigint[]);

-- name: accounts
-- Accounts by public id, or of a book.
SELECT a.id, a.public_id, a.book_id, a.owner_id, a.kind, a.measure, a.purpose, b.amount,
       a.closed_at IS NOT NULL
FROM ledger_account AS a JOIN ledger_balance AS b ON b.account_id = a.id
WHERE a.public_id = ANY (%(accounts)s);

-- name: accounts_of_book
SELECT a.id, a.public_id, a.book_id, a.owner_id, a.kind, a.measure, a.purpose, b.amount,
       a.closed_at IS NOT NULL
FROM ledger_account AS a JOIN ledger_balance AS b ON b.account_id = a.id
WHERE a.book_id = %(book)s AND (%(owners)s::int[] IS NULL OR a.owner_id = ANY (%(owners)s::int[]))
  AND (%(purpose)s::text IS NULL OR a.purpose = %(purpose)s)
ORDER BY a.id;

-- name: account_as_specified
SELECT a.id, a.public_id, a.book_id, a.owner_id, a.kind, a.measure, a.purpose, b.amount, false
FROM ledger_account AS a JOIN ledger_balance AS b ON b.account_id = a.id
WHERE a.book_id = %(book)s AND a.owner_id = %(owner)s AND a.kind = %(kind)s
  AND a.measure = %(measure)s AND a.purpose = %(purpose)s AND a.closed_at IS NULL;

-- name: entries
-- Entries by source or by public id, newest first, with their lines as arrays.
SELECT e.id, e.public_id, e.number, e.at, e.made_by, e.kind, e.source, e.reason, e.digest,
       undone.public_id, undoing.public_id, l.accounts, l.amounts
FROM ledger_entry AS e
LEFT JOIN ledger_entry AS undone ON undone.id = e.reverses_id
LEFT JOIN ledger_entry AS undoing ON undoing.reverses_id = e.id
CROSS JOIN LATERAL (
    SELECT array_agg(a.public_id::text ORDER BY line.position) AS accounts,
           array_agg(line.amount ORDER BY line.position) AS amounts
    FROM ledger_line AS line JOIN ledger_account AS a ON a.id = line.account_id
    WHERE line.book_id = e.book_id AND line.number = e.number
) AS l
WHERE e.source = ANY (%(sources)s) OR e.public_id = ANY (%(public_ids)s)
ORDER BY e.id DESC;

-- name: moves
-- What moved in an account, newest first, with what it held afterwards.
SELECT e.id, e.public_id, e.number, e.at, e.made_by, e.kind, e.source, e.reason,
       undone.public_id, undoing.public_id, moved.amount,
       (SELECT sum(earlier.amount) FROM ledger_line AS earlier
        WHERE earlier.account_id = %(account)s AND earlier.number <= e.number)::bigint
FROM (
    SELECT l.book_id, l.number, sum(l.amount)::bigint AS amount
    FROM ledger_line AS l
    WHERE l.account_id = %(account)s AND l.number < %(before)s
    GROUP BY l.book_id, l.number
    ORDER BY l.number DESC LIMIT %(most)s
) AS moved
JOIN ledger_entry AS e ON e.book_id = moved.book_id AND e.number = moved.number
LEFT JOIN ledger_entry AS undone ON undone.id = e.reverses_id
LEFT JOIN ledger_entry AS undoing ON undoing.reverses_id = e.id
ORDER BY e.number DESC;

-- name: trial_balance
-- The sums of all lines of a book by account, beside the balances that are kept.
SELECT a.public_id, a.owner_id, a.kind, a.measure, a.purpose, coalesce(s.came, 0),
       coalesce(s.amount - s.came, 0), coalesce(s.amount, 0), b.amount
FROM ledger_account AS a
JOIN ledger_balance AS b ON b.account_id = a.id
LEFT JOIN (
    SELECT account_id, sum(amount)::bigint AS amount,
           coalesce(sum(amount) FILTER (WHERE amount > 0), 0)::bigint AS came
    FROM ledger_line WHERE book_id = %(book)s GROUP BY account_id
) AS s ON s.account_id = a.id
WHERE a.book_id = %(book)s ORDER BY a.id;

-- name: trial_balance_until
-- The same for the entries until an instant, that one included: those up to the last of them, without
-- the few in between that say a later instant.
WITH edge AS MATERIALIZED (
    SELECT max(number) AS number FROM ledger_entry WHERE book_id = %(book)s AND at <= %(until)s
)
SELECT a.public_id, a.owner_id, a.kind, a.measure, a.purpose, coalesce(s.came, 0),
       coalesce(s.amount - s.came, 0), coalesce(s.amount, 0), NULL
FROM ledger_account AS a
LEFT JOIN (
    SELECT l.account_id, sum(l.amount)::bigint AS amount,
           coalesce(sum(l.amount) FILTER (WHERE l.amount > 0), 0)::bigint AS came
    FROM ledger_line AS l
    WHERE l.book_id = %(book)s AND l.number <= (SELECT number FROM edge)
      AND NOT EXISTS (SELECT FROM ledger_entry AS e
                      WHERE e.book_id = %(book)s AND e.number = l.number AND e.at > %(until)s
                        AND e.number <= (SELECT number FROM edge))
    GROUP BY l.account_id
) AS s ON s.account_id = a.id
WHERE a.book_id = %(book)s AND a.opened_at <= %(until)s ORDER BY a.id;

-- name: opening
-- The fingerprint that the first entry of a book follows.
SELECT ledger_digest(ledger_book_text(b.public_id, u.public_id, b.opened_at))
FROM ledger_book AS b JOIN org_unit AS u ON u.id = b.unit_id WHERE b.id = %(book)s;

-- name: portion
-- First and last number of the next entries of a book.
SELECT min(number), max(number)
FROM (SELECT number FROM ledger_entry WHERE book_id = %(book)s AND number > %(after)s
      ORDER BY number LIMIT %(most)s) AS next;

-- name: recounted
-- Entries of a portion that are not as they were posted or do not follow the one before, and the
-- portion's last entry.
WITH linked AS (
    SELECT number, public_id, digest, digest <> counted AS changed, lines < 2 OR lopsided AS bad,
           previous,
           lag(number, 1, %(last)s::int) OVER (ORDER BY number) AS before_number,
           lag(public_id, 1, %(last_entry)s::text) OVER (ORDER BY number) AS before_entry,
           lag(digest, 1, %(digest)s::bytea) OVER (ORDER BY number) AS before_digest,
           lag(digest <> counted, 1, %(changed)s) OVER (ORDER BY number) AS before_changed
    FROM ledger_recount(%(book)s, %(first)s, %(newest)s)
)
SELECT number, public_id, digest, changed, bad, before_number, before_entry, before_changed,
       previous <> before_digest
FROM linked
WHERE changed OR bad OR previous <> before_digest OR before_number <> number - 1
   OR number = %(newest)s
ORDER BY number;

-- name: changed_accounts
-- Accounts that are not as they were opened, or whose balance is not the sum of its lines.
SELECT a.public_id,
       a.digest <> ledger_digest(ledger_account_text(
           a.public_id, k.public_id, u.public_id, a.kind, a.measure, a.purpose, a.opened_at))
       OR a.may_go_negative <> (a.kind = 'source'),
       b.account_id IS NULL OR b.may_go_negative <> a.may_go_negative
       OR (a.closed_at IS NOT NULL AND b.amount <> 0),
       b.amount, coalesce(s.amount, 0)
FROM ledger_account AS a
JOIN ledger_book AS k ON k.id = a.book_id
JOIN org_unit AS u ON u.id = a.owner_id
LEFT JOIN ledger_balance AS b ON b.account_id = a.id
LEFT JOIN (SELECT account_id, sum(amount)::bigint AS amount FROM ledger_line
           WHERE book_id = %(book)s GROUP BY account_id) AS s ON s.account_id = a.id
WHERE a.book_id = %(book)s ORDER BY a.id;

-- name: stray_lines
-- Lines for which there is no entry, by book and number.
SELECT b.public_id, l.number, count(*)
FROM ledger_line AS l
LEFT JOIN ledger_book AS b ON b.id = l.book_id
WHERE NOT EXISTS (SELECT FROM ledger_entry AS e
                  WHERE e.book_id = l.book_id AND e.number = l.number)
GROUP BY b.public_id, l.number ORDER BY b.public_id, l.number;
