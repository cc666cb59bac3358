-- Statements of campaigns, by name.

-- name: freeze
-- Keep the counts of the rosters as denominators.
INSERT INTO campaigns_denominator (campaign_id, unit_id, kind, persons)
SELECT %(campaign)s, unit_id, kind, persons
FROM campaigns_rostered(%(scope)s, %(day)s, %(kinds)s::smallint[]);

-- name: rostered
-- Who would be expected by kind if the campaign opened on the day.
SELECT kind, sum(persons)::int, count(*)::int
FROM campaigns_rostered(%(scope)s, %(day)s, %(kinds)s::smallint[])
GROUP BY kind ORDER BY kind;

-- name: frozen
-- Denominators by kind of everything below a unit, as the tree stood on the day.
SELECT d.kind, sum(d.persons)::int, count(*)::int
FROM campaigns_denominator AS d
WHERE d.campaign_id = %(campaign)s
  AND d.unit_id IN (SELECT campaigns_units_below(%(unit)s, %(day)s))
GROUP BY d.kind ORDER BY d.kind;

-- name: invited
-- Units below the scope that get a code, by kind of unit: how many there are, how many have one.
SELECT u.kind, count(*)::int, count(k.unit_id)::int
FROM campaigns_units_below(%(scope)s, %(day)s) AS below (unit_id)
JOIN org_unit AS u ON u.id = below.unit_id AND u.kind = ANY (%(unit_kinds)s)
LEFT JOIN campaigns_learning_code AS k
  ON k.unit_id = u.id AND k.campaign_id = %(campaign)s AND k.closed_at IS NULL
GROUP BY u.kind ORDER BY u.kind;

-- name: without_code
-- Units that never had a code in the campaign. One whose code was closed on purpose does not
-- get another by the way.
SELECT u.id, u.kind
FROM campaigns_units_below(%(scope)s, %(day)s) AS below (unit_id)
JOIN org_unit AS u ON u.id = below.unit_id AND u.kind = ANY (%(unit_kinds)s)
WHERE NOT EXISTS (
    SELECT FROM campaigns_learning_code AS k
    WHERE k.campaign_id = %(campaign)s AND k.unit_id = u.id)
ORDER BY u.id;

-- name: issue
-- Keep drawn codes. A code that exists already is left out; the caller looks again.
INSERT INTO campaigns_learning_code (code, campaign_id, unit_id, audience, issued_at)
SELECT drawn.code, %(campaign)s, drawn.unit_id, drawn.audience, %(now)s
FROM unnest(%(codes)s::text[], %(units)s::int[], %(audiences)s::text[])
     AS drawn (code, unit_id, audience)
ON CONFLICT DO NOTHING;

-- name: renumber
-- Number the lectures of a campaign in the order in which they begin.
UPDATE campaigns_lecture AS l SET number = o.number
FROM (SELECT id, row_number() OVER (ORDER BY starts_at, id) AS number
      FROM campaigns_lecture WHERE campaign_id = %(campaign)s) AS o
WHERE l.id = o.id AND l.number <> o.number;
