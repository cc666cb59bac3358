-- What other modules read of attendance, by name. Trees are read with org_below in the same
-- statement, because sums over thirty thousand classes must not travel through Python.

-- name: sums_below
-- Tallies of a subtree on one day, summed by the unit one level down (NULL: the unit itself).
-- The path is a value, not a sub-select, so that the planner knows how large the subtree is.
-- Materialized: otherwise the planner expects one group for each class and sorts on disk.
WITH leaf AS MATERIALIZED (
    SELECT unit_id, child FROM org_below(%(line)s, %(path)s::ltree, %(day)s)
)
SELECT leaf.child, t.kind, sum(t.arrived), sum(t.completed), sum(t.replayed),
       sum(t.replay_completed), sum(t.curve)::text
FROM leaf
JOIN attendance_tally AS t ON t.unit = leaf.unit_id AND t.lecture = %(lecture)s
GROUP BY leaf.child, t.kind;

-- name: totals_below
-- Tallies of a subtree on one day, summed by kind alone; for pages that look back on evenings.
WITH leaf AS MATERIALIZED (
    SELECT unit_id FROM org_below(%(line)s, %(path)s::ltree, %(day)s)
)
SELECT NULL, t.kind, sum(t.arrived), sum(t.completed), sum(t.replayed),
       sum(t.replay_completed), '0'
FROM leaf
JOIN attendance_tally AS t ON t.unit = leaf.unit_id AND t.lecture = %(lecture)s
GROUP BY t.kind;

-- name: records_of
-- The maps of persons by key, wherever they were counted; no names.
SELECT person, kind, live, replay
FROM attendance_record
WHERE lecture = %(lecture)s AND person = ANY (%(persons)s::bigint[])
ORDER BY person;

-- name: recount
-- Every column of the tallies of one lecture, counted again from the rows beneath them, and from
-- what is kept as counts of nobody since rows were erased.
WITH needed AS (
    SELECT c.needed_slots AS slots
    FROM campaigns_lecture AS l JOIN campaigns_campaign AS c ON c.id = l.campaign_id
    WHERE l.id = %(lecture)s
), record AS (
    SELECT unit, kind, live, replay FROM attendance_record WHERE lecture = %(lecture)s
), person AS (
    SELECT unit, kind,
           count(live) AS arrived,
           count(*) FILTER (WHERE bit_count(live::bit(60)) >= needed.slots) AS completed,
           count(*) FILTER (WHERE replay <> 0) AS replayed,
           count(*) FILTER (WHERE bit_count(replay::bit(60)) >= needed.slots) AS replay_completed,
           coalesce(sum(bit_count(live::bit(60))), 0) AS slots
    FROM record CROSS JOIN needed
    GROUP BY unit, kind
), slot AS (
    SELECT unit, kind, k, count(*) AS persons
    FROM record CROSS JOIN generate_series(0, 59) AS k
    WHERE (live >> k) & 1 = 1
    GROUP BY unit, kind, k
), curve AS (
    SELECT unit, kind, sum(persons * ('1e' || 8 * k)::numeric) AS curve
    FROM slot GROUP BY unit, kind
)
SELECT unit, kind, sum(arrived) AS arrived, sum(completed) AS completed,
       sum(replayed) AS replayed, sum(replay_completed) AS replay_completed,
       sum(slots) AS slots, sum(curve) AS curve
FROM (
    SELECT unit, kind, arrived, completed, replayed, replay_completed, slots,
           coalesce(curve, 0) AS curve
    FROM person LEFT JOIN curve USING (unit, kind)
    UNION ALL
    SELECT unit, 100, count(*), 0, 0, 0, 0, 0
    FROM attendance_arrival WHERE lecture = %(lecture)s GROUP BY unit
    UNION ALL
    SELECT unit, 101, count(*), 0, 0, 0, 0, 0
    FROM attendance_home WHERE lecture = %(lecture)s GROUP BY unit
    UNION ALL
    SELECT unit, kind, arrived, completed, replayed, replay_completed, slots, curve
    FROM attendance_forgotten WHERE lecture = %(lecture)s AND kind <= 101
) AS counted
GROUP BY unit, kind

-- name: differences
-- Where the tallies and the recount disagree; no row when all is well. One statement sees one
-- snapshot, so this holds in the middle of an evening as well. A tally of zeros is no tally.
SELECT unit, kind,
       t.arrived, t.completed, t.replayed, t.replay_completed, t.slots, t.curve::text,
       r.arrived, r.completed, r.replayed, r.replay_completed, r.slots, r.curve::text
FROM (SELECT * FROM attendance_tally WHERE lecture = %(lecture)s) AS t
FULL JOIN (
    {recount}
) AS r USING (unit, kind)
WHERE (coalesce(t.arrived, 0), coalesce(t.completed, 0), coalesce(t.replayed, 0),
       coalesce(t.replay_completed, 0), coalesce(t.slots, 0), coalesce(t.curve, 0))
   <> (coalesce(r.arrived, 0), coalesce(r.completed, 0), coalesce(r.replayed, 0),
       coalesce(r.replay_completed, 0), coalesce(r.slots, 0), coalesce(r.curve, 0))
ORDER BY unit, kind;

-- name: stored
-- Persons that came live and their slots, by unit, from the rows and from what was erased.
SELECT unit, sum(persons)::bigint, sum(slots)::bigint
FROM (
    SELECT unit, count(live) AS persons, sum(bit_count(live::bit(60))) AS slots
    FROM attendance_record WHERE lecture = %(lecture)s AND live IS NOT NULL GROUP BY unit
    UNION ALL
    SELECT unit, arrived, slots
    FROM attendance_forgotten WHERE lecture = %(lecture)s AND kind < 100 AND arrived > 0
) AS counted
GROUP BY unit;

-- name: tallied
-- The same from the tallies alone.
SELECT unit, sum(arrived), sum(slots)::bigint
FROM attendance_tally WHERE lecture = %(lecture)s AND kind < 100 GROUP BY unit HAVING sum(arrived) > 0;
