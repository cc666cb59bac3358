-- Statements of prompts, by name. A lecture of a campaign that is not open has no prompts.

-- name: make
-- Make the prompts of one kind that are due: at each class with a learning code that is in use, and
-- at its school. Whoever comes second finds them made. With "missed" those whose time went by
-- while nobody looked.
WITH timely AS MATERIALIZED (
    SELECT l.id, l.held_on, c.id AS campaign
    FROM campaigns_lecture AS l
    JOIN campaigns_campaign AS c ON c.id = l.campaign_id AND c.state = 'open'
    WHERE CASE WHEN %(missed)s
               THEN l.starts_at + %(until)s <= %(now)s AND l.starts_at > %(after)s
                    AND NOT EXISTS (SELECT FROM prompts_prompt AS made
                                    WHERE made.lecture_id = l.id AND made.kind = %(kind)s)
               ELSE l.starts_at + %(opens)s <= %(now)s AND %(now)s < l.starts_at + %(until)s END
)
INSERT INTO prompts_prompt (lecture_id, unit_id, kind, made_at, missed)
SELECT due.lecture, due.unit, %(kind)s, %(now)s, %(missed)s
FROM (
    SELECT DISTINCT timely.id AS lecture, u.id AS unit
    FROM timely
    JOIN campaigns_learning_code AS code ON code.campaign_id = timely.campaign
     AND code.audience = 'class' AND code.closed_at IS NULL
    JOIN org_placement AS p ON p.unit_id = code.unit_id AND p.line = 'leads'
     AND org_holds(p.starts_on, p.ends_on, timely.held_on)
    JOIN org_unit AS u ON u.kind = ANY (%(kinds)s)
     AND u.id = ANY (string_to_array(p.path::text, '.')::int[])
) AS due
ORDER BY due.lecture, due.unit
ON CONFLICT (lecture_id, kind, unit_id) DO NOTHING
RETURNING lecture_id;

-- name: ask
-- Prompt units of the next link; whoever was prompted before is not prompted again.
INSERT INTO prompts_prompt (lecture_id, unit_id, kind, made_at, missed, sent_from_id)
SELECT %(lecture)s, unit, %(kind)s, %(now)s, false, %(from)s
FROM unnest(%(units)s::int[]) AS asked (unit)
ON CONFLICT (lecture_id, kind, unit_id) DO NOTHING
RETURNING unit_id;

-- name: drop_moved
-- Take back the prompts of lectures that were moved to later; their time comes again.
DELETE FROM prompts_prompt AS p
USING campaigns_lecture AS l, unnest(%(kinds)s::text[], %(opens)s::interval[]) AS t (kind, opens)
WHERE l.id = p.lecture_id AND t.kind = p.kind AND l.starts_at > %(now)s
  AND l.starts_at + t.opens > %(now)s
RETURNING p.lecture_id;

-- name: to_say
-- Schools whose class teachers' group has a robot that has not yet said the half-hour text.
SELECT p.unit_id, l.id, l.number, l.title, l.title_en, l.starts_at, l.ends_at,
       array_agg(g.public_id ORDER BY g.id)
FROM prompts_prompt AS p
JOIN campaigns_lecture AS l ON l.id = p.lecture_id
JOIN campaigns_campaign AS c ON c.id = l.campaign_id AND c.state = 'open'
JOIN org_unit AS u ON u.id = p.unit_id AND u.kind = 'school'
JOIN groups_group AS g ON g.unit_id = p.unit_id AND g.audience = 'teachers'
 AND g.closed_on IS NULL
JOIN groups_robot AS r ON r.group_id = g.id
WHERE p.kind = 'half_hour' AND NOT p.missed AND p.passed_on_at IS NULL
  AND l.starts_at + %(opens)s <= %(now)s AND %(now)s < l.starts_at + %(until)s
GROUP BY p.unit_id, l.id;

-- name: lecture
-- A lecture of a campaign that was opened.
SELECT l.id, c.id, c.scope_id, l.number, l.held_on, l.title, l.title_en, l.starts_at, l.ends_at,
       c.state = 'open'
FROM campaigns_lecture AS l
JOIN campaigns_campaign AS c ON c.id = l.campaign_id AND c.state <> 'draft'
WHERE l.id = %(lecture)s;

-- name: of_unit
-- Lectures of open campaigns at or above a unit: the latest whose prompts have begun, else the next.
SELECT l.id
FROM campaigns_lecture AS l
JOIN campaigns_campaign AS c ON c.id = l.campaign_id AND c.state = 'open'
JOIN org_placement AS scope ON scope.unit_id = c.scope_id AND scope.line = 'leads'
 AND org_holds(scope.starts_on, scope.ends_on, l.held_on)
JOIN org_placement AS own ON own.unit_id = %(unit)s AND own.line = 'leads'
 AND org_holds(own.starts_on, own.ends_on, l.held_on) AND own.path <@ scope.path
ORDER BY l.starts_at + %(opens)s > %(now)s,
         CASE WHEN l.starts_at + %(opens)s > %(now)s THEN l.starts_at END, l.starts_at DESC
LIMIT 1;

-- name: below
-- The next link below a unit: with its classes, how many of them miss pupils and how many pupils,
-- and what it was prompted and has passed on. Nobody is missing who is exempt, does not wish to
-- take part, or was noted by hand (EXE-1, EXE-2). "leaves" says that the next link are the classes.
WITH leaf AS MATERIALIZED (
    SELECT below.unit_id, below.path,
           CASE WHEN %(leaves)s THEN below.unit_id ELSE below.child END AS next
    FROM org_below(%(line)s, %(path)s::ltree, %(day)s) AS below
    JOIN campaigns_learning_code AS code ON code.unit_id = below.unit_id
     AND code.campaign_id = %(campaign)s AND code.audience = 'class' AND code.closed_at IS NULL
    WHERE below.path <> %(path)s::ltree
), left_alone AS (
    SELECT asked.unit_id, count(*) AS pupils
    FROM (
        SELECT s.unit_id, s.person_id FROM people_standing AS s
        WHERE s.starts_on <= %(day)s AND (s.ends_on IS NULL OR s.ends_on > %(day)s)
        UNION
        SELECT b.unit_id, b.person_id FROM attendance_by_hand AS b
        WHERE b.lecture_id = %(lecture)s AND b.undone_at IS NULL
    ) AS asked
    JOIN leaf ON leaf.unit_id = asked.unit_id
    JOIN people_person AS person ON person.id = asked.person_id AND person.kind = 1
     AND person.left_on IS NULL
    WHERE NOT EXISTS (SELECT FROM attendance_record AS r
                      WHERE r.lecture = %(lecture)s AND r.person = asked.person_id
                        AND r.live IS NOT NULL)
    GROUP BY asked.unit_id
), counted AS (
    SELECT leaf.next, leaf.unit_id, min(leaf.path::text) AS path,
           greatest(0, coalesce(max(n.persons), 0) - coalesce(max(t.arrived), 0)
                       - coalesce(max(alone.pupils), 0)) AS missing
    FROM leaf
    LEFT JOIN campaigns_denominator AS n
      ON n.campaign_id = %(campaign)s AND n.unit_id = leaf.unit_id AND n.kind = 1
    LEFT JOIN attendance_tally AS t
      ON t.lecture = %(lecture)s AND t.unit = leaf.unit_id AND t.kind = 1
    LEFT JOIN left_alone AS alone ON alone.unit_id = leaf.unit_id
    GROUP BY leaf.next, leaf.unit_id
), links AS (
    SELECT next, min(path) AS path, count(*) AS classes,
           count(*) FILTER (WHERE missing > 0) AS classes_missing, sum(missing) AS missing
    FROM counted GROUP BY next
)
SELECT u.id, u.public_id, u.kind, called.name, called.name_en,
       above.name, above.name_en, links.classes, links.classes_missing, links.missing,
       clock.made_at, clock.passed_on_at, asked.made_at, asked.passed_on_at
FROM links
JOIN org_unit AS u ON u.id = links.next
JOIN org_unit_name AS called ON called.unit_id = u.id
 AND org_holds(called.starts_on, called.ends_on, %(day)s)
LEFT JOIN org_placement AS own ON own.unit_id = u.id AND own.line = %(line)s
 AND org_holds(own.starts_on, own.ends_on, %(day)s)
LEFT JOIN org_unit AS grade ON grade.id = own.superior_id AND grade.kind = 'grade'
LEFT JOIN org_unit_name AS above ON above.unit_id = grade.id
 AND org_holds(above.starts_on, above.ends_on, %(day)s)
LEFT JOIN LATERAL (
    SELECT min(p.made_at) AS made_at, max(p.passed_on_at) AS passed_on_at FROM prompts_prompt AS p
    WHERE p.lecture_id = %(lecture)s AND p.unit_id = u.id AND p.kind <> 'missing' AND NOT p.missed
) AS clock ON true
LEFT JOIN prompts_prompt AS asked ON asked.lecture_id = %(lecture)s AND asked.unit_id = u.id
 AND asked.kind = 'missing'
ORDER BY links.path;

-- name: waiting
-- What waits for these posts, one row for each unit and lecture: prompts to pass on, and at classes
-- the summary of an evening that has ended.
SELECT 'pass_on', post.unit, l.id, l.number, l.title, l.title_en, l.starts_at, l.ends_at,
       array_agg(p.kind ORDER BY p.made_at)
FROM unnest(%(units)s::int[]) AS post (unit)
JOIN prompts_prompt AS p ON p.unit_id = post.unit AND p.passed_on_at IS NULL AND NOT p.missed
JOIN unnest(%(kinds)s::text[], %(opens)s::interval[]) AS t (kind, opens) ON t.kind = p.kind
JOIN campaigns_lecture AS l ON l.id = p.lecture_id AND %(now)s < l.ends_at
 AND l.starts_at + t.opens <= %(now)s
JOIN campaigns_campaign AS c ON c.id = l.campaign_id AND c.state = 'open'
GROUP BY post.unit, l.id
UNION ALL
SELECT 'summary', code.unit_id, l.id, l.number, l.title, l.title_en, l.starts_at, l.ends_at, NULL
FROM campaigns_learning_code AS code
JOIN campaigns_campaign AS c ON c.id = code.campaign_id AND c.state = 'open'
JOIN campaigns_lecture AS l ON l.campaign_id = c.id
 AND l.ends_at <= %(now)s AND l.ends_at > %(after)s
WHERE code.unit_id = ANY (%(classes)s::int[]) AND code.audience = 'class'
  AND code.closed_at IS NULL
  AND NOT EXISTS (SELECT FROM closings_summary AS s
                  WHERE s.lecture_id = l.id AND s.unit_id = code.unit_id)
ORDER BY 7, 2;
