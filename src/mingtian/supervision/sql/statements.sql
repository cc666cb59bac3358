-- Statements of supervision, by name.

-- name: lectures_to_look_at
-- Lectures of opened campaigns that may have something to look at: begun within the last day and
-- not frozen.
SELECT l.id
FROM campaigns_lecture AS l
JOIN campaigns_campaign AS c ON c.id = l.campaign_id AND c.state <> 'draft'
WHERE l.starts_at > %(after)s AND l.starts_at <= %(now)s
  AND NOT EXISTS (SELECT FROM closings_closing AS f WHERE f.lecture_id = l.id)
ORDER BY l.starts_at, l.id;

-- name: curves
-- The curves of persons of these lectures, by the units of these kinds above what counted them, as
-- each stood on the lecture's day: unit, lecture, curve.
WITH counted AS (
    SELECT t.lecture, t.unit, sum(t.curve) AS curve
    FROM attendance_tally AS t
    WHERE t.lecture = ANY (%(lectures)s) AND t.kind < 100
    GROUP BY t.lecture, t.unit
)
SELECT above.unit, counted.lecture, sum(counted.curve)::text
FROM counted
JOIN campaigns_lecture AS l ON l.id = counted.lecture
JOIN org_placement AS leaf ON leaf.unit_id = counted.unit AND leaf.line = 'leads'
 AND leaf.path <@ %(path)s::ltree
 AND leaf.starts_on <= l.held_on AND (leaf.ends_on IS NULL OR leaf.ends_on > l.held_on)
CROSS JOIN LATERAL unnest(string_to_array(leaf.path::text, '.')::int[]) AS above (unit)
JOIN org_unit AS u ON u.id = above.unit AND u.kind = ANY (%(kinds)s)
GROUP BY above.unit, counted.lecture;

-- name: above
-- What stands above each counting unit below a path on a day, of these kinds: leaf, unit.
SELECT leaf.unit_id, above.unit
FROM org_placement AS leaf
JOIN org_unit AS own ON own.id = leaf.unit_id AND own.kind = ANY (%(counting)s)
CROSS JOIN LATERAL unnest(string_to_array(leaf.path::text, '.')::int[]) AS above (unit)
JOIN org_unit AS u ON u.id = above.unit AND u.kind = ANY (%(kinds)s)
WHERE leaf.line = 'leads' AND leaf.path <@ %(path)s::ltree
  AND leaf.starts_on <= %(day)s AND (leaf.ends_on IS NULL OR leaf.ends_on > %(day)s);

-- name: superiors
-- Who stands directly above these units on the leading line on a day: unit, superior.
SELECT p.unit_id, p.superior_id
FROM org_placement AS p
WHERE p.line = 'leads' AND p.unit_id = ANY (%(units)s) AND p.superior_id IS NOT NULL
  AND p.starts_on <= %(day)s AND (p.ends_on IS NULL OR p.ends_on > %(day)s);

-- name: settle
-- Calls to the silent that nobody made yet, where the unit has confirmed meanwhile, are settled.
UPDATE supervision_contact_task AS t SET done_at = c.confirmed_at
FROM closings_confirmation AS c
WHERE t.why = 'silent' AND t.done_at IS NULL
  AND c.lecture_id = t.lecture_id AND c.unit_id = t.about_id AND c.superseded_at IS NULL;

-- name: latest_of_unit
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

-- name: below
-- The units directly below a path that answer for a part of an evening, in tree order, each with
-- what was counted last, the calls, the tickets and the questions below it. One row a unit:
-- id, public id, kind, name, name_en, stage, value, before, usual, low, calls, calls made, tickets
-- of the evening, of these open, their median of seconds to the first answer, questions without
-- an answer.
WITH child AS MATERIALIZED (
    SELECT p.unit_id, p.path
    FROM org_placement AS p
    JOIN org_unit AS u ON u.id = p.unit_id AND u.kind = ANY (%(kinds)s)
    WHERE p.line = %(line)s AND p.path <@ %(path)s::ltree
      AND nlevel(p.path) = nlevel(%(path)s::ltree) + 1
      AND p.starts_on <= %(day)s AND (p.ends_on IS NULL OR p.ends_on > %(day)s)
), part AS MATERIALIZED (
    SELECT unit_id, child FROM org_below(%(line)s, %(path)s::ltree, %(day)s)
    WHERE child IS NOT NULL
), marked AS (
    SELECT DISTINCT ON (m.unit_id) m.*
    FROM supervision_mark AS m
    WHERE m.lecture_id = %(lecture)s AND m.unit_id IN (SELECT unit_id FROM child)
    ORDER BY m.unit_id, array_position(ARRAY['final', 'middle', 'early'], m.stage::text)
), called AS (
    SELECT part.child, count(*) AS calls, count(t.done_at) AS made
    FROM supervision_contact_task AS t JOIN part ON part.unit_id = t.about_id
    WHERE t.lecture_id = %(lecture)s
    GROUP BY part.child
), asked AS (
    SELECT part.child, count(*) AS tickets,
           count(*) FILTER (WHERE t.state IN ('open', 'answered')) AS open,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY
               extract(epoch FROM t.answered_at - coalesce(t.passed_at, t.opened_at))) AS median
    FROM supervision_ticket AS t JOIN part ON part.unit_id = t.about_id
    WHERE t.lecture_id = %(lecture)s
    GROUP BY part.child
), odd AS (
    SELECT part.child, count(*) AS questions
    FROM closings_question AS q JOIN part ON part.unit_id = q.unit_id
    WHERE q.lecture_id = %(lecture)s AND q.answer = ''
    GROUP BY part.child
)
SELECT u.id, u.public_id, u.kind, named.name, named.name_en, marked.stage, marked.value,
       marked.before, marked.usual, marked.low, coalesce(called.calls, 0),
       coalesce(called.made, 0), coalesce(asked.tickets, 0), coalesce(asked.open, 0),
       asked.median::float, coalesce(odd.questions, 0)
FROM child
JOIN org_unit AS u ON u.id = child.unit_id
JOIN org_unit_name AS named ON named.unit_id = u.id
 AND named.starts_on <= %(day)s AND (named.ends_on IS NULL OR named.ends_on > %(day)s)
LEFT JOIN marked ON marked.unit_id = child.unit_id
LEFT JOIN called ON called.child = child.unit_id
LEFT JOIN asked ON asked.child = child.unit_id
LEFT JOIN odd ON odd.child = child.unit_id
ORDER BY child.path;

-- name: report
-- An evening at and below a path: alerts (units and in all), calls (all, made by people, settled by
-- themselves), tickets (all, answered, solved or closed), seconds to the first answer (sum, median,
-- longest).
WITH part AS MATERIALIZED (
    SELECT unit_id FROM org_below(%(line)s, %(path)s::ltree, %(day)s)
)
SELECT alerts.*, calls.*, tickets.*
FROM (
    SELECT count(DISTINCT a.unit_id), count(*)
    FROM supervision_alert AS a JOIN part ON part.unit_id = a.unit_id
    WHERE a.lecture_id = %(lecture)s
) AS alerts (units, alerts)
CROSS JOIN (
    SELECT count(*), count(*) FILTER (WHERE t.done_at IS NOT NULL AND t.cause <> ''),
           count(*) FILTER (WHERE t.done_at IS NOT NULL AND t.cause = '')
    FROM supervision_contact_task AS t JOIN part ON part.unit_id = t.about_id
    WHERE t.lecture_id = %(lecture)s
) AS calls (calls, made, settled)
CROSS JOIN (
    SELECT count(*), count(t.answered_at),
           count(*) FILTER (WHERE t.state IN ('solved', 'closed')),
           coalesce(sum(extract(epoch FROM t.answered_at - coalesce(t.passed_at, t.opened_at))), 0)::float,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY
               extract(epoch FROM t.answered_at - coalesce(t.passed_at, t.opened_at)))::float,
           max(extract(epoch FROM t.answered_at - coalesce(t.passed_at, t.opened_at)))::float
    FROM supervision_ticket AS t JOIN part ON part.unit_id = t.about_id
    WHERE t.lecture_id = %(lecture)s
) AS tickets (tickets, answered, solved, total, median, longest);

-- name: causes
-- What the calls and tickets of an evening at and below a path turned out to be: cause, number.
-- A ticket that came of a call is counted with its call.
SELECT found.cause, count(*)
FROM (
    SELECT t.about_id AS unit, t.cause FROM supervision_contact_task AS t
    WHERE t.lecture_id = %(lecture)s AND t.cause <> ''
    UNION ALL
    SELECT t.about_id, t.cause FROM supervision_ticket AS t
    WHERE t.lecture_id = %(lecture)s AND t.task_id IS NULL
) AS found
WHERE EXISTS (
    SELECT FROM org_placement AS p
    WHERE p.unit_id = found.unit AND p.line = %(line)s AND p.path <@ %(path)s::ltree
      AND p.starts_on <= %(day)s AND (p.ends_on IS NULL OR p.ends_on > %(day)s))
GROUP BY found.cause ORDER BY count(*) DESC, found.cause;

-- name: waiting
-- What waits for these posts: calls to make, tickets to answer, follow-ups that are due. For each
-- post's unit, kind and lecture one row: what, unit, lecture, number, earliest due, the one thing's
-- public id, and the evening's number.
SELECT found.what, found.unit, found.lecture, count(*), min(found.due), min(found.public_id),
       max(l.number)
FROM (
    SELECT 'call' AS what, post.unit, t.lecture_id AS lecture, t.due_at AS due, t.public_id
    FROM unnest(%(units)s::int[]) AS post (unit)
    JOIN supervision_contact_task AS t
      ON (t.owner_id = post.unit AND NOT t.given_below)
      OR (t.about_id = post.unit AND t.given_below)
    WHERE t.done_at IS NULL AND t.made_at > %(after)s
      AND coalesce(t.given_to_id, t.taken_by_id, %(user)s) = %(user)s
    UNION ALL
    SELECT 'ticket', post.unit, t.lecture_id, coalesce(t.passed_at, t.opened_at) + interval '15 minutes', t.public_id
    FROM unnest(%(units)s::int[]) AS post (unit)
    JOIN supervision_ticket AS t
      ON (t.office_id = post.unit AND NOT t.given_below)
      OR (t.about_id = post.unit AND t.given_below)
    WHERE t.state = 'open' AND coalesce(t.given_to_id, %(user)s) = %(user)s
    UNION ALL
    SELECT 'follow_up', post.unit, NULL,
           (f.due_on + 1)::timestamp AT TIME ZONE 'Asia/Shanghai', v.public_id
    FROM unnest(%(units)s::int[]) AS post (unit)
    JOIN supervision_follow_up AS f ON f.owner_id = post.unit
    JOIN supervision_visit AS v ON v.id = f.visit_id
    WHERE f.done_at IS NULL AND f.due_on <= %(soon)s
) AS found
LEFT JOIN campaigns_lecture AS l ON l.id = found.lecture
GROUP BY found.what, found.unit, found.lecture
ORDER BY min(found.due);

-- name: schools_below
-- Schools below a path on a day, in tree order, with what stands above each: id, public id, name,
-- name_en, superior's name, name_en.
SELECT u.id, u.public_id, named.name, named.name_en, over.name, over.name_en
FROM org_placement AS p
JOIN org_unit AS u ON u.id = p.unit_id AND u.kind = 'school'
JOIN org_unit_name AS named ON named.unit_id = u.id
 AND org_holds(named.starts_on, named.ends_on, %(day)s)
LEFT JOIN org_unit_name AS over ON over.unit_id = p.superior_id
 AND org_holds(over.starts_on, over.ends_on, %(day)s)
WHERE p.line = %(line)s AND p.path <@ %(path)s::ltree AND org_holds(p.starts_on, p.ends_on, %(day)s)
ORDER BY p.path;

-- name: calls
-- The calls of a unit: those it makes, those handed down to it, and those about the units that it
-- guides. Of this evening, and older ones that were not made. Each with its last alert.
SELECT t.public_id, t.lecture_id, l.number, about.public_id, about.kind,
       org_full_name(about.id, l.held_on),
       t.why, t.made_at, t.due_at,
       org_person_name(taken.first_name, taken.last_name, taken.username),
       org_person_name(given.first_name, given.last_name, given.username),
       t.given_below, t.cause, t.words,
       t.done_at,
       org_person_name(done.first_name, done.last_name, done.username),
       a.stage, a.value, a.before, a.usual, a.low,
       ticket.public_id
FROM supervision_contact_task AS t
JOIN campaigns_lecture AS l ON l.id = t.lecture_id
JOIN org_unit AS about ON about.id = t.about_id
LEFT JOIN auth_user AS taken ON taken.id = t.taken_by_id
LEFT JOIN auth_user AS given ON given.id = t.given_to_id
LEFT JOIN auth_user AS done ON done.id = t.done_by_id
LEFT JOIN supervision_ticket AS ticket ON ticket.task_id = t.id
LEFT JOIN LATERAL (
    SELECT * FROM supervision_alert AS one WHERE one.task_id = t.id
    ORDER BY one.raised_at DESC, one.id DESC LIMIT 1
) AS a ON true
WHERE (t.owner_id = %(unit)s OR (t.about_id = %(unit)s AND t.given_below)
       OR t.about_id = ANY (%(guided)s))
  AND (t.lecture_id = %(lecture)s
       OR (t.done_at IS NULL AND t.made_at > %(after)s AND t.made_at <= %(now)s))
ORDER BY t.done_at IS NOT NULL, t.due_at, t.made_at, t.id;

-- name: tickets
-- The tickets of a unit: about it, for it to answer, and about the units that it guides. Those that
-- are not closed, and those of this evening. House: the office that was asked first; office: the one
-- that holds it now, after it was passed up.
SELECT t.public_id, t.lecture_id, l.number, about.public_id, about.kind,
       org_full_name(about.id, %(day)s),
       house.name, house.name_en, t.cause, t.words, t.state, t.opened_at,
       org_person_name(opened.first_name, opened.last_name, opened.username),
       t.given_below, org_person_name(given.first_name, given.last_name, given.username),
       t.answer, t.answered_at, t.solved_at, t.closed_at,
       t.office_id = %(unit)s OR (t.given_below AND t.about_id = %(unit)s),
       t.passed_at, office.name, office.name_en
FROM supervision_ticket AS t
LEFT JOIN campaigns_lecture AS l ON l.id = t.lecture_id
JOIN org_unit AS about ON about.id = t.about_id
LEFT JOIN LATERAL (
    SELECT p.office_id FROM supervision_passing AS p WHERE p.ticket_id = t.id
    ORDER BY p.passed_at, p.id LIMIT 1
) AS first ON true
LEFT JOIN org_unit_name AS house ON house.unit_id = coalesce(first.office_id, t.office_id)
 AND org_holds(house.starts_on, house.ends_on, %(day)s)
LEFT JOIN org_unit_name AS office ON office.unit_id = t.office_id
 AND org_holds(office.starts_on, office.ends_on, %(day)s)
LEFT JOIN auth_user AS opened ON opened.id = t.opened_by_id
LEFT JOIN auth_user AS given ON given.id = t.given_to_id
WHERE (t.about_id = %(unit)s OR t.office_id = %(unit)s OR t.about_id = ANY (%(guided)s)
       OR EXISTS (SELECT FROM supervision_passing AS p
                  WHERE p.ticket_id = t.id AND p.office_id = %(unit)s))
  AND (t.state <> 'closed' OR t.lecture_id = %(lecture)s)
ORDER BY array_position(ARRAY['open', 'answered', 'solved', 'closed'], t.state::text),
         t.opened_at, t.id
LIMIT 200;

-- name: visits
-- Visits to a school, or to the schools below a path, the next ones first: of this year and last.
SELECT v.public_id, u.public_id, named.name, named.name_en, by.name, by.name_en, v.role, v.kind,
       v.visits_at, v.announced_on, v.purpose, v.findings, v.called_off_at,
       (SELECT count(*) FROM supervision_follow_up AS f WHERE f.visit_id = v.id),
       (SELECT count(*) FROM supervision_follow_up AS f
        WHERE f.visit_id = v.id AND f.done_at IS NULL)
FROM supervision_visit AS v
JOIN org_unit AS u ON u.id = v.school_id
JOIN org_placement AS p ON p.unit_id = v.school_id AND p.line = %(line)s
 AND p.path <@ %(path)s::ltree AND org_holds(p.starts_on, p.ends_on, %(day)s)
JOIN org_unit_name AS named ON named.unit_id = v.school_id
 AND org_holds(named.starts_on, named.ends_on, %(day)s)
LEFT JOIN org_unit_name AS by ON by.unit_id = v.visitor_id
 AND org_holds(by.starts_on, by.ends_on, %(day)s)
WHERE v.year >= %(year)s - 1
ORDER BY v.visits_at DESC, v.id;

-- name: year
-- How often the schools below a path are visited in a year: comprehensive and helping visits in all,
-- and schools that had their comprehensive one.
SELECT count(*) FILTER (WHERE v.kind = 'comprehensive'),
       count(*) FILTER (WHERE v.kind = 'helping'), count(DISTINCT v.school_id)
FROM supervision_visit AS v
JOIN org_placement AS p ON p.unit_id = v.school_id AND p.line = %(line)s
 AND p.path <@ %(path)s::ltree AND org_holds(p.starts_on, p.ends_on, %(day)s)
WHERE v.year = %(year)s AND v.called_off_at IS NULL;
