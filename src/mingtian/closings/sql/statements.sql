-- Statements of closings, by name. {corrected} stands for the statement of that name, {corrected below}
-- for the same of the units in "leaf" alone: its notes say where they are picked, before anything is
-- joined, because a school's figures must not cost the reading of a whole province.

-- name: corrected
-- What a lecture's tallies say with people's corrections, by counting unit and kind. A correction
-- never lifts a number above the roster by itself, and nobody completed without arriving.
SELECT counted.unit, counted.kind, counted.arrived,
       least(counted.completed, counted.arrived) AS completed, counted.expected,
       counted.counted_arrived, counted.counted_completed
FROM (
    SELECT unit, kind, n.persons AS expected,
           coalesce(t.arrived, 0) AS counted_arrived,
           coalesce(t.completed, 0) AS counted_completed,
           greatest(0, least(
               coalesce(t.arrived, 0) + coalesce(d.arrived, 0),
               CASE WHEN d.arrived > 0 AND n.persons IS NOT NULL
                    THEN greatest(coalesce(t.arrived, 0), n.persons) END)) AS arrived,
           greatest(0, coalesce(t.completed, 0) + coalesce(d.completed, 0)) AS completed
    FROM (SELECT unit, kind, arrived, completed FROM attendance_tally
          WHERE lecture = %(lecture)s /* of unit */) AS t
    FULL JOIN (
        SELECT unit_id AS unit, kind,
               sum(new - old) FILTER (WHERE "column" = 'arrived')::int AS arrived,
               sum(new - old) FILTER (WHERE "column" = 'completed')::int AS completed
        FROM closings_correction WHERE lecture_id = %(lecture)s /* of unit_id */ GROUP BY unit_id, kind
    ) AS d USING (unit, kind)
    FULL JOIN (
        SELECT n.unit_id AS unit, n.kind, n.persons
        FROM campaigns_denominator AS n
        JOIN campaigns_lecture AS l ON l.campaign_id = n.campaign_id
        WHERE l.id = %(lecture)s /* of n.unit_id */
    ) AS n USING (unit, kind)
) AS counted

-- name: sums_below
-- Persons by kind, devices and households of a subtree, by the unit one level down (NULL: the unit
-- itself), or with "leaves" by the counting units themselves: the frozen lines where the day is
-- frozen, else the corrected tallies.
WITH leaf AS MATERIALIZED (
    SELECT unit_id, CASE WHEN %(leaves)s THEN unit_id ELSE child END AS child
    FROM org_below(%(line)s, %(path)s::ltree, %(day)s)
), counted AS (
    SELECT unit, kind, arrived, completed, expected, counted_arrived
    FROM closings_line WHERE lecture = %(lecture)s AND unit = ANY (ARRAY(SELECT unit_id FROM leaf))
    UNION ALL
    SELECT unit, kind, arrived, completed, expected, counted_arrived
    FROM ({corrected below}) AS corrected
    WHERE NOT EXISTS (SELECT FROM closings_closing WHERE lecture_id = %(lecture)s)
)
SELECT leaf.child, counted.kind, sum(counted.arrived), sum(counted.completed),
       sum(counted.expected), sum(counted.counted_arrived)
FROM leaf JOIN counted ON counted.unit = leaf.unit_id
GROUP BY leaf.child, counted.kind;

-- name: freeze
-- Write the day's lines. What stands beside comes as arrays, read with attendance's own statement.
INSERT INTO closings_line
    (lecture, unit, kind, arrived, completed, expected, counted_arrived, counted_completed)
SELECT %(lecture)s, unit, kind, arrived, completed, expected, counted_arrived, counted_completed
FROM ({corrected}) AS corrected
WHERE arrived > 0 OR completed > 0 OR expected IS NOT NULL OR counted_arrived > 0
UNION ALL
SELECT %(lecture)s, beside.unit, beside.kind, beside.number, 0, NULL, beside.number, 0
FROM unnest(%(units)s::int[], %(kinds)s::int[], %(numbers)s::int[]) AS beside (unit, kind, number);

-- name: lines
-- The frozen lines of a lecture in the order of the closing's file.
SELECT u.public_id, line.kind, line.arrived, line.completed, line.expected, line.counted_arrived,
       line.counted_completed
FROM closings_line AS line JOIN org_unit AS u ON u.id = line.unit
WHERE line.lecture = %(lecture)s
ORDER BY u.public_id COLLATE "C", line.kind;

-- name: at_end
-- Keep the tallies as they stand; once for a lecture.
WITH taken AS (
    INSERT INTO closings_at_end (lecture_id, taken_at)
    SELECT l.id, %(now)s FROM campaigns_lecture AS l
    JOIN campaigns_campaign AS c ON c.id = l.campaign_id AND c.state <> 'draft'
    WHERE l.ends_at > %(after)s AND l.ends_at <= %(now)s
    ON CONFLICT DO NOTHING
    RETURNING lecture_id
)
INSERT INTO closings_at_end_line (lecture, unit, kind, arrived, slots)
SELECT t.lecture, t.unit, t.kind, t.arrived, t.slots
FROM taken JOIN attendance_tally AS t ON t.lecture = taken.lecture_id AND t.kind < 100;

-- name: many_on_one_phone
-- Classes below a path with phones on which many pupils came: class and how many such phones.
SELECT p.unit_id, count(*)
FROM org_placement AS p
JOIN attendance_arrival AS a ON a.lecture = %(lecture)s AND a.unit = p.unit_id
JOIN attendance_seat AS s ON s.id = a.seat
CROSS JOIN LATERAL (
    SELECT count(*) AS pupils FROM attendance_record AS r
    WHERE r.lecture = %(lecture)s AND r.person = ANY (s.persons) AND r.kind = 1
) AS on_it
WHERE p.line = 'leads' AND p.path <@ %(path)s::ltree
  AND p.starts_on <= %(day)s AND (p.ends_on IS NULL OR p.ends_on > %(day)s)
  AND cardinality(s.persons) >= %(least)s AND on_it.pupils >= %(least)s
GROUP BY p.unit_id;

-- name: alike_maps
-- Classes below a path where the pupils of many homes have the very same minutes: how many pupils.
SELECT unit, sum(alike)::int
FROM (
    SELECT r.unit, r.live, count(*) AS alike
    FROM org_placement AS p
    JOIN attendance_record AS r ON r.lecture = %(lecture)s AND r.unit = p.unit_id
    WHERE p.line = 'leads' AND p.path <@ %(path)s::ltree
      AND p.starts_on <= %(day)s AND (p.ends_on IS NULL OR p.ends_on > %(day)s)
      AND r.kind = 1 AND bit_count(r.live::bit(60)) BETWEEN %(fewest)s AND %(most)s
    GROUP BY r.unit, r.live
    HAVING count(*) >= %(least)s
) AS found
GROUP BY unit;

-- name: minutes_afterwards
-- Classes below a path with many minutes that came in after the end: how many person-minutes.
SELECT t.unit, (sum(t.slots) - coalesce(sum(e.slots), 0))::bigint
FROM org_placement AS p
JOIN attendance_tally AS t ON t.lecture = %(lecture)s AND t.unit = p.unit_id AND t.kind < 100
LEFT JOIN closings_at_end_line AS e
  ON e.lecture = t.lecture AND e.unit = t.unit AND e.kind = t.kind
WHERE p.line = 'leads' AND p.path <@ %(path)s::ltree
  AND p.starts_on <= %(day)s AND (p.ends_on IS NULL OR p.ends_on > %(day)s)
  AND EXISTS (SELECT FROM closings_at_end AS head JOIN campaigns_lecture AS l
              ON l.id = head.lecture_id
              WHERE l.id = %(lecture)s AND head.taken_at <= l.ends_at + %(grace)s)
GROUP BY t.unit
HAVING sum(t.slots) - coalesce(sum(e.slots), 0) >= greatest(%(least)s, %(share)s * sum(t.slots));

-- name: stage
-- Whether a lecture is frozen and whether the unit, or one above it, has confirmed.
SELECT EXISTS (SELECT FROM closings_closing WHERE lecture_id = %(lecture)s),
       EXISTS (SELECT FROM closings_confirmation
               WHERE lecture_id = %(lecture)s AND superseded_at IS NULL
                 AND unit_id = ANY (%(path)s));

-- name: houses_below
-- The units below a path that confirm a lecture by themselves, and when they did. A house is named
-- when something below it takes part: it holds a learning code.
WITH taking_part AS MATERIALIZED (
    SELECT DISTINCT own.path
    FROM campaigns_learning_code AS code
    JOIN campaigns_lecture AS l ON l.campaign_id = code.campaign_id AND l.id = %(lecture)s
    JOIN org_placement AS own ON own.unit_id = code.unit_id AND own.line = 'leads'
     AND own.starts_on <= %(day)s AND (own.ends_on IS NULL OR own.ends_on > %(day)s)
    WHERE code.closed_at IS NULL AND own.path <@ %(path)s::ltree
)
SELECT u.id, u.public_id, u.kind, called.name, called.name_en, p.path::text,
       c.confirmed_at, c.silent
FROM org_placement AS p
JOIN org_unit AS u ON u.id = p.unit_id AND u.kind = ANY (%(kinds)s)
JOIN org_unit_name AS called ON called.unit_id = u.id
 AND called.starts_on <= %(day)s AND (called.ends_on IS NULL OR called.ends_on > %(day)s)
LEFT JOIN closings_confirmation AS c
  ON c.lecture_id = %(lecture)s AND c.unit_id = u.id AND c.superseded_at IS NULL
WHERE p.line = 'leads' AND p.path <@ %(path)s::ltree AND p.path <> %(path)s::ltree
  AND p.starts_on <= %(day)s AND (p.ends_on IS NULL OR p.ends_on > %(day)s)
  AND EXISTS (SELECT FROM taking_part WHERE taking_part.path <@ p.path)
ORDER BY p.path;

-- name: unanswered
-- Questions that wait for an answer below a path.
SELECT count(*)
FROM closings_question AS q
JOIN org_placement AS p ON p.unit_id = q.unit_id AND p.line = 'leads' AND p.path <@ %(path)s::ltree
 AND p.starts_on <= %(day)s AND (p.ends_on IS NULL OR p.ends_on > %(day)s)
WHERE q.lecture_id = %(lecture)s AND q.answer = '';

-- name: days_of_posts
-- The lectures of open campaigns whose scope lies at or above these posts' units, with how far the
-- unit's day has come: frozen, confirmed by it or above it, by itself; the next to freeze at its own
-- scope; ended within the last days with people below that have something to confirm.
SELECT post.unit, l.id, l.number, l.held_on, l.title, l.title_en, l.doors_at, l.starts_at,
       l.ends_at, l.closes_at,
       EXISTS (SELECT FROM closings_closing AS f WHERE f.lecture_id = l.id) AS frozen,
       EXISTS (SELECT FROM closings_confirmation AS own WHERE own.lecture_id = l.id
               AND own.superseded_at IS NULL
               AND own.unit_id = ANY (string_to_array(post.path::text, '.')::int[])) AS confirmed,
       EXISTS (SELECT FROM closings_confirmation AS own WHERE own.lecture_id = l.id
               AND own.superseded_at IS NULL AND own.unit_id = post.unit) AS confirmed_here,
       c.scope_id = post.unit AND l.number = 1 + (
           SELECT count(*) FROM closings_closing AS f WHERE f.campaign_id = c.id) AS next_to_freeze,
       CASE WHEN l.ends_at <= %(now)s AND l.ends_at > %(after)s THEN EXISTS (
           SELECT FROM campaigns_learning_code AS code
           JOIN org_placement AS leaf ON leaf.unit_id = code.unit_id AND leaf.line = 'leads'
            AND org_holds(leaf.starts_on, leaf.ends_on, l.held_on)
           WHERE code.campaign_id = c.id AND leaf.path <@ post.path) ELSE false END AS asked
FROM (
    SELECT unit_id AS unit, path FROM org_placement
    WHERE unit_id = ANY (%(units)s) AND line = 'leads' AND org_holds(starts_on, ends_on, %(today)s)
) AS post
JOIN campaigns_campaign AS c ON c.state = 'open'
JOIN campaigns_lecture AS l ON l.campaign_id = c.id
JOIN org_placement AS scope ON scope.unit_id = c.scope_id AND scope.line = 'leads'
 AND org_holds(scope.starts_on, scope.ends_on, l.held_on)
 AND post.path <@ scope.path
ORDER BY l.starts_at, l.id;

-- name: of_unit
-- Lectures of opened campaigns at or above a unit: those that have begun first, the latest of them.
SELECT l.id
FROM campaigns_lecture AS l
JOIN campaigns_campaign AS c ON c.id = l.campaign_id AND c.state <> 'draft'
JOIN org_placement AS scope ON scope.unit_id = c.scope_id AND scope.line = 'leads'
 AND org_holds(scope.starts_on, scope.ends_on, l.held_on)
WHERE %(path)s::ltree <@ scope.path
ORDER BY l.starts_at > %(now)s, CASE WHEN l.starts_at > %(now)s THEN l.starts_at END,
         l.starts_at DESC
LIMIT 1;
