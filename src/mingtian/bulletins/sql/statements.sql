-- Statements of bulletins, by name.

-- name: frozen_sums
-- Frozen lines of a campaign's days up to a number, below a unit: by day and by the unit one level
-- down (NULL: the unit itself), each day along the tree as it stood then.
WITH day AS MATERIALIZED (
    SELECT l.id, l.number, l.held_on, own.path, nlevel(own.path) AS depth
    FROM closings_closing AS f
    JOIN campaigns_lecture AS l ON l.id = f.lecture_id
    JOIN org_placement AS own ON own.unit_id = %(unit)s AND own.line = %(line)s
     AND org_holds(own.starts_on, own.ends_on, l.held_on)
    WHERE f.campaign_id = %(campaign)s AND l.number <= %(number)s
)
SELECT day.number, day.held_on,
       CASE WHEN nlevel(p.path) > day.depth THEN subpath(p.path, day.depth, 1)::text::int END,
       line.kind, sum(line.arrived), sum(line.expected)
FROM day
JOIN org_placement AS p ON p.line = %(line)s AND p.path <@ day.path
 AND org_holds(p.starts_on, p.ends_on, day.held_on)
JOIN closings_line AS line ON line.lecture = day.id AND line.unit = p.unit_id
GROUP BY day.number, day.held_on, 3, line.kind
ORDER BY day.number;

-- name: frozen_days
-- How many of a campaign's days are frozen, and how many it has.
SELECT count(f.lecture_id), count(*)
FROM campaigns_lecture AS l LEFT JOIN closings_closing AS f ON f.lecture_id = l.id
WHERE l.campaign_id = %(campaign)s;

-- name: questions
-- Questions asked about a day below a path, and how many of them are answered.
SELECT count(*), count(*) FILTER (WHERE q.answer <> '')
FROM closings_question AS q
JOIN org_placement AS p ON p.unit_id = q.unit_id AND p.line = 'leads' AND p.path <@ %(path)s::ltree
 AND org_holds(p.starts_on, p.ends_on, %(day)s)
WHERE q.lecture_id = %(lecture)s;

-- name: waiting
-- Ended lectures of the last days at these posts' units that lack one of the two papers, or have
-- only a draft of it: once for each paper.
SELECT post.unit, l.id, l.number, l.title, l.title_en, l.ends_at, kind.word,
       EXISTS (SELECT FROM bulletins_bulletin AS b WHERE b.lecture_id = l.id
               AND b.unit_id = post.unit AND b.kind = kind.word AND b.issued_at IS NULL)
FROM unnest(%(units)s::int[], %(paths)s::text[]) AS post (unit, path)
CROSS JOIN unnest(%(kinds)s::text[]) AS kind (word)
JOIN campaigns_campaign AS c ON c.state = 'open'
JOIN campaigns_lecture AS l ON l.campaign_id = c.id
 AND l.ends_at <= %(now)s AND l.ends_at > %(after)s
JOIN org_placement AS scope ON scope.unit_id = c.scope_id AND scope.line = 'leads'
 AND org_holds(scope.starts_on, scope.ends_on, l.held_on)
 AND post.path::ltree <@ scope.path
WHERE NOT EXISTS (SELECT FROM bulletins_bulletin AS b WHERE b.lecture_id = l.id
                  AND b.unit_id = post.unit AND b.kind = kind.word AND b.issued_at IS NOT NULL)
  AND EXISTS (
    SELECT FROM campaigns_learning_code AS code
    JOIN org_placement AS leaf ON leaf.unit_id = code.unit_id AND leaf.line = 'leads'
     AND org_holds(leaf.starts_on, leaf.ends_on, l.held_on)
    WHERE code.campaign_id = c.id AND leaf.path <@ post.path::ltree)
ORDER BY l.ends_at, l.id, kind.word;

-- name: archive
-- The days of campaigns at a unit, for whoever reads them with the state of both papers.
SELECT l.id, l.number, l.held_on, l.title, l.title_en, l.ends_at <= %(now)s, b.public_id, b.kind,
       b.edition, b.title, b.reference, b.issued_at, b.superseded_at
FROM campaigns_lecture AS l
JOIN campaigns_campaign AS c ON c.id = l.campaign_id AND c.state <> 'draft'
JOIN org_placement AS scope ON scope.unit_id = c.scope_id AND scope.line = 'leads'
 AND org_holds(scope.starts_on, scope.ends_on, l.held_on)
LEFT JOIN bulletins_bulletin AS b ON b.lecture_id = l.id AND b.unit_id = %(unit)s
 AND %(reads)s
WHERE %(path)s::ltree <@ scope.path AND l.doors_at <= %(now)s
ORDER BY l.starts_at DESC, l.id, b.kind, b.edition DESC;
