-- Statements of campaigns, by name. {opened} stands for the statement of that name.

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

-- name: opened
-- The lectures of opened campaigns, as rows of queries/opened.py.
SELECT l.id AS lecture_id, c.id AS campaign_id, c.public_id, c.scope_id, c.name, c.name_en,
       c.needed_slots, c.compares_units, l.number, l.held_on, l.title, l.title_en,
       l.doors_at, l.starts_at, l.ends_at, l.closes_at
FROM campaigns_lecture AS l
JOIN campaigns_campaign AS c ON c.id = l.campaign_id AND c.state <> 'draft'

-- name: opened_lecture
-- One of them.
{opened}
WHERE l.id = %(lecture)s;

-- name: opened_of_campaign
-- Those of a campaign in their order.
{opened}
WHERE c.id = %(campaign)s ORDER BY l.starts_at, l.id;

-- name: opened_around
-- Those of campaigns whose scope lies at, above or below a unit, each on the tree of its day.
{opened}
JOIN org_placement AS scope ON scope.unit_id = c.scope_id AND scope.line = 'leads'
 AND org_holds(scope.starts_on, scope.ends_on, l.held_on)
WHERE EXISTS (
    SELECT FROM org_placement AS own
    WHERE own.unit_id = %(unit)s
      AND org_holds(own.starts_on, own.ends_on, %(day)s)
      AND (own.path <@ scope.path OR scope.path <@ own.path))
ORDER BY l.starts_at, l.id;

-- name: opened_just_over
-- Those that ended or closed between two instants.
{opened}
WHERE (l.ends_at > %(after)s AND l.ends_at <= %(until)s)
   OR (l.closes_at > %(after)s AND l.closes_at <= %(until)s)
ORDER BY l.starts_at, l.id;
