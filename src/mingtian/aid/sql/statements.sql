-- name: lists
-- The lists in sight of the person at the door, each with its lines summed up, newest first. One whose
-- children were all erased before anybody decided has no line left and is none.
SELECT list.id, list.public_id, list.unit_id, list.fund_id, list.scheme_id, list.term, list.state,
       list.entered_by_id, list.entered_at, list.decided_at,
       count(line.id) AS lines, coalesce(sum(line.amount), 0)::bigint AS total,
       count(line.id) FILTER (WHERE line.state IN ('paid', 'received')) AS paid,
       count(line.id) FILTER (WHERE line.state = 'received') AS received
FROM (
    SELECT * FROM aid_list
    WHERE state = ANY (%(states)s) AND (%(fund_units)s::int[] IS NULL OR fund_id IN (
        SELECT id FROM aid_fund WHERE unit_id = ANY (%(fund_units)s::int[])))
    ORDER BY entered_at DESC, id DESC LIMIT %(most)s
) AS list
LEFT JOIN aid_grant line ON line.listing_id = list.id
GROUP BY list.id, list.public_id, list.unit_id, list.fund_id, list.scheme_id, list.term, list.state,
         list.entered_by_id, list.entered_at, list.decided_at
HAVING count(line.id) > 0
ORDER BY list.entered_at DESC, list.id DESC

-- name: locked_sums
-- How many lines each list has and what they sum up to; locked in the order of their keys.
WITH locked AS (
    SELECT listing_id, amount FROM aid_grant WHERE listing_id = ANY (%(listings)s) ORDER BY id FOR UPDATE
)
SELECT listing_id, count(*), sum(amount)::bigint FROM locked GROUP BY listing_id

-- name: away
-- The lines of a batch whose payees the person at the door cannot open: the child has moved elsewhere.
SELECT line.id FROM aid_grant line
WHERE line.batch_id = %(batch)s AND line.state = 'batched' AND (line.payee_id IS NULL OR NOT EXISTS (
    SELECT FROM vault_child child
    WHERE child.id = line.child_id AND child.erased_at IS NULL
      AND (child.school_id = ANY ((SELECT vault_ids('clerks'))::bigint[])
           OR child.unit_id = ANY ((SELECT vault_ids('clerks'))::bigint[]))))
ORDER BY line.id

-- name: sums
-- What a list or a batch sums up to, by rate and state.
SELECT line.level, line.boarding, line.per, line.rate_amount, line.state, count(*), sum(line.amount)::bigint
FROM aid_grant line
WHERE line.listing_id = %(listing)s OR line.batch_id = %(batch)s
GROUP BY line.level, line.boarding, line.per, line.rate_amount, line.state
ORDER BY line.level, line.boarding DESC, line.rate_amount, line.state

-- name: batches
-- The batches of a fund with what their lines sum up to, newest first.
SELECT batch.public_id, batch.made_at, batch.paid_at, batch.dissolved_at, count(line.id),
       coalesce(sum(line.amount), 0)::bigint
FROM (SELECT * FROM aid_batch WHERE fund_id = %(fund)s ORDER BY made_at DESC, id DESC LIMIT %(most)s) AS batch
LEFT JOIN aid_grant line ON line.batch_id = batch.id
GROUP BY batch.id, batch.public_id, batch.made_at, batch.paid_at, batch.dissolved_at
ORDER BY batch.made_at DESC, batch.id DESC

-- name: sight
-- Those of these children that the person at the door sees, with their numbers, and whether their names
-- are opened as a clerk.
SELECT id, public_id, erased_at IS NULL AND coalesce(
           school_id = ANY ((SELECT vault_ids('clerks'))::bigint[])
           OR unit_id = ANY ((SELECT vault_ids('clerks'))::bigint[]), false)
FROM vault_child WHERE id = ANY (%(children)s)

-- name: keeping
-- Whether the person at the door keeps the lists of a unit, and what is left of the file of one of them.
SELECT %(unit)s = ANY (vault_ids('clerks')), rest.public_id, rest.expires_at
FROM (VALUES (1)) AS one LEFT JOIN LATERAL (
    SELECT public_id, expires_at FROM aid_upload
    WHERE unit_id = %(unit)s AND scheme_id = %(scheme)s AND term = %(term)s
      AND taken_at = %(entered_at)s AND expires_at > %(now)s AND content <> ''
    LIMIT 1) AS rest ON true

-- name: totals
-- Sums for a year book: by unit below each path, scheme and term; paid out only. Keeper only.
SELECT top.path, line.scheme_id, line.term, count(*) AS grants, count(DISTINCT line.child_id) AS persons,
       sum(line.amount)::bigint AS fen
FROM unnest(%(paths)s::text[]) AS top (path)
JOIN org_placement place ON place.line = 'leads' AND place.path <@ top.path::ltree
 AND org_holds(place.starts_on, place.ends_on, %(day)s)
JOIN aid_grant line ON line.unit_id = place.unit_id AND line.state IN ('paid', 'received')
 AND line.term = ANY (%(terms)s)
GROUP BY top.path, line.scheme_id, line.term
ORDER BY top.path, line.scheme_id, line.term

-- name: persons
-- How many children were aided below each path in all of these terms together, each counted once.
SELECT top.path, count(*) AS grants, count(DISTINCT line.child_id) AS persons, sum(line.amount)::bigint AS fen
FROM unnest(%(paths)s::text[]) AS top (path)
JOIN org_placement place ON place.line = 'leads' AND place.path <@ top.path::ltree
 AND org_holds(place.starts_on, place.ends_on, %(day)s)
JOIN aid_grant line ON line.unit_id = place.unit_id AND line.state IN ('paid', 'received')
 AND line.term = ANY (%(terms)s)
GROUP BY top.path ORDER BY top.path

-- name: changed_lists
-- Lists and batches whose lines are no longer what the ledger's entry says of them. Keeper only.
SELECT 'list ' || list.public_id, 'aid.approval:' || list.public_id || '.' || aid_lines(list.id, NULL),
       (SELECT -coalesce(sum(amount), 0) FROM aid_grant WHERE listing_id = list.id)::bigint
FROM aid_list list WHERE list.state = 'approved'
UNION ALL
SELECT 'batch ' || batch.public_id, 'aid.batch:' || batch.public_id || '.' || aid_lines(NULL, batch.id),
       (SELECT -coalesce(sum(amount), 0) FROM aid_grant WHERE batch_id = batch.id)::bigint
FROM aid_batch batch WHERE batch.paid_at IS NOT NULL

-- name: funds
-- What the lines say that is set aside and paid out of each fund. Keeper only.
SELECT fund.public_id, fund.reserved, fund.paid,
       coalesce(sum(line.amount) FILTER (WHERE line.state IN ('approved', 'batched', 'held')), 0)::bigint,
       coalesce(sum(line.amount) FILTER (WHERE line.state IN ('paid', 'received')), 0)::bigint
FROM aid_fund fund LEFT JOIN aid_grant line ON line.fund_id = fund.id
GROUP BY fund.id, fund.public_id, fund.reserved, fund.paid ORDER BY fund.id

-- name: children_of
-- The living children of a school, or of a town that have no school, for the clerk at the door.
SELECT child.id FROM vault_child child
JOIN org_unit unit ON unit.id = %(unit)s
WHERE child.erased_at IS NULL
  AND CASE WHEN unit.kind = 'school' THEN child.school_id = unit.id
           ELSE child.school_id IS NULL AND child.unit_id = ANY ((SELECT vault_ids('clerks'))::bigint[]) END
