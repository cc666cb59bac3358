-- What stands beside the figures of phones, by name. Never added to them.

-- name: situation
-- A lecture and one person before it: times, the class, and whether anything forbids a note.
SELECT l.doors_at, l.closes_at, l.held_on, c.state, p.unit_id, p.kind, p.left_on, p.public_id,
       u.kind, p.kind = ANY (c.kinds),
       EXISTS (SELECT FROM campaigns_learning_code AS k
               WHERE k.campaign_id = l.campaign_id AND k.unit_id = p.unit_id),
       EXISTS (SELECT FROM people_departed AS d WHERE d.person = p.id)
FROM campaigns_lecture AS l
JOIN campaigns_campaign AS c ON c.id = l.campaign_id
CROSS JOIN people_person AS p
JOIN org_unit AS u ON u.id = p.unit_id
WHERE l.id = %(lecture)s AND p.id = %(person)s;

-- name: class_situation
-- The same for a class as a whole.
SELECT l.doors_at, l.closes_at, c.state, u.kind, u.public_id,
       EXISTS (SELECT FROM campaigns_learning_code AS k
               WHERE k.campaign_id = l.campaign_id AND k.unit_id = u.id)
FROM campaigns_lecture AS l
JOIN campaigns_campaign AS c ON c.id = l.campaign_id
CROSS JOIN org_unit AS u
WHERE l.id = %(lecture)s AND u.id = %(unit)s;

-- name: beside_below
-- Everything beside, of a subtree on one day, by the unit one level down (NULL: the unit itself), or
-- with "leaves" by the very units at which it was noted. Exempt are those only who stood in the frozen denominator and did not come live after all.
WITH leaf AS MATERIALIZED (
    SELECT unit_id, CASE WHEN %(leaves)s THEN unit_id ELSE child END AS child
    FROM org_below(%(line)s, %(path)s::ltree, %(day)s)
), lecture AS (
    SELECT l.held_on, l.campaign_id, c.opened_at, c.kinds
    FROM campaigns_lecture AS l JOIN campaigns_campaign AS c ON c.id = l.campaign_id
    WHERE l.id = %(lecture)s
), helped AS MATERIALIZED (
    -- Looked up one by one (LIMIT): they are few among the seats and homes of a city.
    SELECT DISTINCT s.household
    FROM attendance_seat AS s
    CROSS JOIN LATERAL (
        SELECT FROM attendance_arrival AS a
        WHERE a.lecture = %(lecture)s AND a.seat = s.id LIMIT 1) AS came
    WHERE s.assisted AND s.campaign = (SELECT campaign_id FROM lecture)
)
SELECT leaf.child, 'exempt', count(*)
FROM people_standing AS s
CROSS JOIN lecture
JOIN leaf ON leaf.unit_id = s.unit_id
JOIN people_person AS p ON p.id = s.person_id AND p.created_at <= lecture.opened_at
 AND (p.left_on IS NULL OR p.left_on > (lecture.opened_at AT TIME ZONE 'Asia/Shanghai')::date)
 AND p.kind = ANY (lecture.kinds)
WHERE s.state = 'exempt' AND s.starts_on <= lecture.held_on
  AND (s.ends_on IS NULL OR s.ends_on > lecture.held_on)
  AND NOT EXISTS (
      SELECT FROM attendance_record AS r
      WHERE r.lecture = %(lecture)s AND r.person = s.person_id AND r.live IS NOT NULL)
  AND NOT EXISTS (
      SELECT FROM attendance_forgotten AS f WHERE f.lecture = %(lecture)s AND f.kind = 103)
GROUP BY leaf.child
UNION ALL
-- After the term: what was frozen of them (forget.sql).
SELECT leaf.child, 'exempt', sum(f.arrived)
FROM attendance_forgotten AS f
JOIN leaf ON leaf.unit_id = f.unit
WHERE f.lecture = %(lecture)s AND f.kind = 103
GROUP BY leaf.child HAVING sum(f.arrived) > 0
UNION ALL
SELECT leaf.child, noted.how, sum(noted.number)
FROM (
    SELECT unit_id, how, count(*) AS number FROM attendance_by_hand
    WHERE lecture_id = %(lecture)s AND undone_at IS NULL GROUP BY unit_id, how
    UNION ALL
    SELECT f.unit, h.how, f.arrived
    FROM attendance_forgotten AS f
    JOIN (VALUES ('telephone', 110), ('paper', 111), ('in_class', 112), ('other_screen', 113))
         AS h(how, kind) ON h.kind = f.kind
    WHERE f.lecture = %(lecture)s
) AS noted
JOIN leaf ON leaf.unit_id = noted.unit_id
GROUP BY leaf.child, noted.how
UNION ALL
SELECT leaf.child, gathered.what, sum(gathered.number)
FROM attendance_gathering AS g
JOIN leaf ON leaf.unit_id = g.unit_id
CROSS JOIN LATERAL (VALUES ('classes', 1), ('heads', g.heads::int)) AS gathered (what, number)
WHERE g.lecture_id = %(lecture)s AND g.heads IS NOT NULL
GROUP BY leaf.child, gathered.what
UNION ALL
SELECT leaf.child, 'helped', sum(came.number)
FROM (
    SELECT h.unit, count(*) AS number
    FROM helped
    CROSS JOIN LATERAL (
        SELECT unit FROM attendance_home
        WHERE lecture = %(lecture)s AND household = helped.household LIMIT 1) AS h
    GROUP BY h.unit
    UNION ALL
    SELECT unit, arrived FROM attendance_forgotten WHERE lecture = %(lecture)s AND kind = 102
) AS came
JOIN leaf ON leaf.unit_id = came.unit
GROUP BY leaf.child;

-- name: helped_of
-- Which of these households came to the lecture on a phone that was set up with somebody's help.
SELECT DISTINCT s.household
FROM attendance_seat AS s
JOIN attendance_arrival AS a ON a.lecture = %(lecture)s AND a.seat = s.id
WHERE s.assisted AND s.household = ANY (%(households)s::bigint[]);
