-- Statements of readiness, by name.

-- name: schools_below
-- Every school below a path: its checklist, evenings ahead without anybody in charge, whether its
-- requirements are out.
SELECT u.id, u.public_id, n.name, n.name_en, p.path::text, p.superior_id,
       c.met_on, c.in_charge_id IS NOT NULL, c.plan_on, c.completed_on,
       (SELECT count(*) FROM campaigns_lecture AS l
        WHERE l.campaign_id = %(campaign)s AND l.ends_at > %(now)s
          AND NOT EXISTS (SELECT FROM readiness_turn AS t
                          WHERE t.lecture_id = l.id AND t.unit_id = u.id AND t.place = 1))::int,
       EXISTS (SELECT FROM readiness_sheet AS s
               WHERE s.campaign_id = %(campaign)s AND s.unit_id = u.id)
FROM org_placement AS p
JOIN org_unit AS u ON u.id = p.unit_id AND u.kind = 'school'
JOIN org_unit_name AS n ON n.unit_id = u.id AND org_holds(n.starts_on, n.ends_on, %(day)s)
LEFT JOIN readiness_checklist AS c ON c.unit_id = u.id AND c.campaign_id = %(campaign)s
WHERE p.line = %(line)s AND p.path <@ %(path)s::ltree AND org_holds(p.starts_on, p.ends_on, %(day)s)
ORDER BY p.path;

-- name: on_duty
-- Who has charge of the evenings of a day, the substitute where the first can no longer: whose
-- account is off or who holds no post with a part in the lectures in the school any more.
SELECT DISTINCT ON (t.unit_id, t.lecture_id)
       t.unit_id, t.lecture_id, t.user_id, person.username,
       org_person_name(person.first_name, person.last_name, person.username), t.place
FROM readiness_turn AS t
JOIN campaigns_lecture AS l ON l.id = t.lecture_id AND l.held_on = %(day)s
JOIN auth_user AS person ON person.id = t.user_id AND person.is_active
JOIN org_placement AS school
  ON school.unit_id = t.unit_id AND school.line = 'leads'
 AND org_holds(school.starts_on, school.ends_on, %(day)s)
WHERE t.unit_id = ANY (%(units)s)
  AND EXISTS (SELECT FROM org_post AS post
              JOIN org_placement AS place
                ON place.unit_id = post.unit_id AND place.line = 'leads'
               AND org_holds(place.starts_on, place.ends_on, %(day)s)
              WHERE post.user_id = t.user_id AND place.path <@ school.path
                AND post.line = 'leads' AND post.role = ANY (%(roles)s)
                AND org_holds(post.starts_on, post.ends_on, %(day)s))
ORDER BY t.unit_id, t.lecture_id, t.place;

-- name: staff_below
-- Who holds a post of the leading line, in one of these roles, at a unit or below it.
SELECT DISTINCT person.id, person.username,
       org_person_name(person.first_name, person.last_name, person.username) AS name
FROM org_placement AS place
JOIN org_post AS post ON post.unit_id = place.unit_id AND post.line = 'leads'
 AND post.role = ANY (%(roles)s) AND org_holds(post.starts_on, post.ends_on, %(day)s)
JOIN auth_user AS person ON person.id = post.user_id AND person.is_active
WHERE place.line = 'leads' AND place.path <@ %(path)s::ltree
  AND org_holds(place.starts_on, place.ends_on, %(day)s)
ORDER BY name, person.username;

-- name: activities_below
-- The log of levers of a unit and everything below it, the latest first.
SELECT a.public_id, a.lever, a.done_on, a.what, a.served, u.public_id, n.name, n.name_en,
       a.unit_id
FROM org_placement AS p
JOIN readiness_activity AS a ON a.unit_id = p.unit_id AND a.campaign_id = %(campaign)s
JOIN org_unit AS u ON u.id = p.unit_id
JOIN org_unit_name AS n ON n.unit_id = u.id AND org_holds(n.starts_on, n.ends_on, %(day)s)
WHERE p.line = %(line)s AND p.path <@ %(path)s::ltree AND org_holds(p.starts_on, p.ends_on, %(day)s)
ORDER BY a.done_on DESC, a.id DESC
LIMIT %(most)s;

-- name: levers_below
-- The sums of that log by lever.
SELECT a.lever, count(*)::int, sum(a.served)::bigint
FROM org_placement AS p
JOIN readiness_activity AS a ON a.unit_id = p.unit_id AND a.campaign_id = %(campaign)s
WHERE p.line = %(line)s AND p.path <@ %(path)s::ltree AND org_holds(p.starts_on, p.ends_on, %(day)s)
GROUP BY a.lever;

-- name: duties_below
-- The duties of the five-old of a unit and everything below it.
SELECT d.public_id, d.task, d.block, d.volunteers, d.unit_id, n.name, n.name_en
FROM org_placement AS p
JOIN readiness_duty AS d ON d.unit_id = p.unit_id AND d.campaign_id = %(campaign)s
JOIN org_unit_name AS n ON n.unit_id = p.unit_id AND org_holds(n.starts_on, n.ends_on, %(day)s)
WHERE p.line = %(line)s AND p.path <@ %(path)s::ltree AND org_holds(p.starts_on, p.ends_on, %(day)s)
ORDER BY p.path, d.task, d.block, d.id;

-- name: pilots_below
-- The pilot communities of a unit and everything below it.
SELECT k.public_id, u.id, u.public_id, n.name, n.name_en, k.reason,
       coalesce(org_person_name(person.first_name, person.last_name, person.username), ''),
       k.consent_on, k.ended_on, k.finding, k.told_at,
       (SELECT count(*) FROM readiness_pilot_family AS f WHERE f.pilot_id = k.id)::int
FROM org_placement AS p
JOIN readiness_pilot AS k ON k.unit_id = p.unit_id AND k.campaign_id = %(campaign)s
JOIN org_unit AS u ON u.id = p.unit_id
JOIN org_unit_name AS n ON n.unit_id = u.id AND org_holds(n.starts_on, n.ends_on, %(day)s)
LEFT JOIN auth_user AS person ON person.id = k.coordinator_id
WHERE p.line = %(line)s AND p.path <@ %(path)s::ltree AND org_holds(p.starts_on, p.ends_on, %(day)s)
ORDER BY p.path;

-- name: villages_below
-- Communities below a path, and whether each is a pilot that has not ended.
SELECT u.id, u.public_id, n.name, n.name_en,
       EXISTS (SELECT FROM readiness_pilot AS k WHERE k.unit_id = u.id
               AND k.campaign_id = %(campaign)s AND k.ended_on IS NULL)
FROM org_placement AS p
JOIN org_unit AS u ON u.id = p.unit_id AND u.kind = 'village'
JOIN org_unit_name AS n ON n.unit_id = u.id AND org_holds(n.starts_on, n.ends_on, %(day)s)
WHERE p.line = %(line)s AND p.path <@ %(path)s::ltree AND org_holds(p.starts_on, p.ends_on, %(day)s)
ORDER BY p.path;

-- name: waiting
-- What a school's keepers have not done: checklist, requirements, tonight's duty; and, with no unit,
-- how many people wait for the reader's word on a change of duty.
SELECT own.unit, c.public_id, c.name, c.name_en, c.first_on,
       coalesce(k.completed_on IS NOT NULL, false),
       EXISTS (SELECT FROM readiness_sheet AS s
               WHERE s.campaign_id = c.id AND s.unit_id = own.unit),
       tonight.starts_at, tonight.starts_at IS NOT NULL AND NOT EXISTS (
           SELECT FROM readiness_turn AS t
           WHERE t.lecture_id = tonight.id AND t.unit_id = own.unit AND t.place = 1),
       NULL::bigint
FROM unnest(%(units)s::int[], %(paths)s::text[]) AS own (unit, path)
JOIN campaigns_campaign AS c
  ON c.scope_id = ANY (string_to_array(own.path, '.')::int[])
 AND c.state IN ('draft', 'open') AND c.last_on >= %(today)s AND c.first_on <= %(until)s
LEFT JOIN readiness_checklist AS k ON k.campaign_id = c.id AND k.unit_id = own.unit
LEFT JOIN LATERAL (
    SELECT l.id, l.starts_at FROM campaigns_lecture AS l
    WHERE l.campaign_id = c.id AND l.held_on = %(today)s AND l.ends_at > %(now)s
    ORDER BY l.starts_at LIMIT 1) AS tonight ON true
UNION ALL
SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, count(*)
FROM readiness_swap AS asked
JOIN readiness_turn AS turn ON turn.id = asked.turn_id AND turn.unit_id = ANY (%(keys)s::int[])
JOIN campaigns_lecture AS l ON l.id = turn.lecture_id AND l.ends_at > %(now)s
WHERE asked.asked_of_id = %(user)s AND asked.state = 'open'
HAVING count(*) > 0
ORDER BY 5, 2;

-- name: in_hand
-- What a hand-over should not lose: a school's checklist with this person in charge, and the person's
-- evenings of duty ahead.
SELECT 'charge', c.public_id, school.public_id, c.name, c.name_en, 1::bigint, NULL
FROM readiness_checklist AS k
JOIN campaigns_campaign AS c ON c.id = k.campaign_id AND c.last_on >= %(today)s
JOIN org_unit AS school ON school.id = k.unit_id
WHERE k.in_charge_id = %(user)s AND k.unit_id = ANY (%(keys)s)
UNION ALL
SELECT 'turns', c.public_id, school.public_id, c.name, c.name_en, count(*),
       string_agg(to_char(l.held_on, 'MM-DD'), ', ' ORDER BY l.held_on)
FROM readiness_turn AS t
JOIN campaigns_lecture AS l ON l.id = t.lecture_id AND l.ends_at > %(now)s
JOIN campaigns_campaign AS c ON c.id = l.campaign_id
JOIN org_unit AS school ON school.id = t.unit_id
WHERE t.user_id = %(user)s AND t.unit_id = ANY (%(keys)s)
GROUP BY c.id, school.id
ORDER BY 1, 2;
