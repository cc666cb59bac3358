-- Statements of groups, by name. {group} and {members} stand for the statements of those names.

-- name: members
-- Which units are in which group on a day: of its kinds, below its owner along its line.
SELECT g.id AS group_id, below.unit_id
FROM groups_group AS g
JOIN org_placement AS own ON own.unit_id = g.unit_id AND own.line = g.line
 AND org_holds(own.starts_on, own.ends_on, %(day)s)
JOIN org_placement AS below ON below.line = g.line AND below.path <@ own.path
 AND below.unit_id <> g.unit_id AND org_holds(below.starts_on, below.ends_on, %(day)s)
JOIN org_unit AS member ON member.id = below.unit_id AND member.kind = ANY (g.kinds)

-- name: group
-- A group with its owner, the last day of the campaign that runs there, and whether the person in
-- charge no longer holds a post there.
WITH running AS MATERIALIZED (
    SELECT c.last_on, scope.path
    FROM campaigns_campaign AS c
    JOIN org_placement AS scope ON scope.unit_id = c.scope_id AND scope.line = 'leads'
     AND org_holds(scope.starts_on, scope.ends_on, %(day)s)
    WHERE c.state = 'open' AND c.last_on >= %(day)s
)
SELECT g.id, g.public_id, g.unit_id, owner.public_id, called.name, called.name_en, g.line, g.name,
       g.purpose, g.platform, g.audience, g.size, g.in_charge_id,
       org_person_name(person.first_name, person.last_name, person.username),
       g.in_charge_role, g.code_expires_on, g.closes_on, g.closed_on, robot.vendor,
       (SELECT max(running.last_on) FROM running
        JOIN org_placement AS own ON own.unit_id = g.unit_id AND own.line = 'leads'
         AND own.path <@ running.path AND org_holds(own.starts_on, own.ends_on, %(day)s)) AS ends_on,
       g.in_charge_id IS NOT NULL AND NOT (person.is_active AND EXISTS (
           SELECT FROM org_post AS held
           WHERE held.user_id = g.in_charge_id AND held.unit_id = g.unit_id
             AND org_holds(held.starts_on, held.ends_on, %(day)s))) AS in_charge_left
FROM groups_group AS g
JOIN org_unit AS owner ON owner.id = g.unit_id
JOIN org_unit_name AS called ON called.unit_id = g.unit_id
 AND org_holds(called.starts_on, called.ends_on, %(day)s)
LEFT JOIN auth_user AS person ON person.id = g.in_charge_id
LEFT JOIN groups_robot AS robot ON robot.group_id = g.id

-- name: group_by_id
{group}
WHERE g.public_id = %(group)s;

-- name: groups_below
-- Groups whose owner stands at or below a unit, along a line on which the unit stands.
{group}
WHERE g.unit_id IN (
    SELECT below.unit_id
    FROM org_placement AS here
    JOIN org_placement AS below ON below.line = here.line AND below.path <@ here.path
     AND org_holds(below.starts_on, below.ends_on, %(day)s)
    WHERE here.unit_id = %(unit)s AND org_holds(here.starts_on, here.ends_on, %(day)s))
ORDER BY g.closed_on IS NOT NULL, g.closes_on, g.name, g.id;

-- name: usable_groups
-- Open groups to which a unit may post: its own, and those of units below that are not of families.
{group}
WHERE g.closed_on IS NULL AND (g.unit_id = %(unit)s OR NOT %(own)s AND g.audience <> 'families'
  AND g.unit_id IN (
    SELECT below.unit_id
    FROM org_placement AS here
    JOIN org_placement AS below ON below.line = here.line AND below.path <@ here.path
     AND org_holds(below.starts_on, below.ends_on, %(day)s)
    WHERE here.unit_id = %(unit)s AND org_holds(here.starts_on, here.ends_on, %(day)s)))
ORDER BY g.closes_on, g.name, g.id;

-- name: groups_with
-- Groups in which a unit is as a member.
{group}
WHERE g.id IN (SELECT m.group_id FROM ({members}) AS m WHERE m.unit_id = %(unit)s)
ORDER BY g.closed_on IS NOT NULL, g.name, g.id;

-- name: memberships
-- In which of these groups which of these units are.
SELECT m.group_id, m.unit_id FROM ({members}) AS m
WHERE m.group_id = ANY (%(groups)s) AND m.unit_id = ANY (%(units)s);

-- name: count_members
SELECT count(*) FROM ({members}) AS m WHERE m.group_id = %(group)s;

-- name: lists_of
-- A unit's own lists with their groups.
SELECT l.public_id, l.name, g.id, g.public_id, g.name, g.closed_on IS NULL
FROM groups_list AS l
LEFT JOIN groups_list_group AS has ON has.distributionlist_id = l.id
LEFT JOIN groups_group AS g ON g.id = has.group_id
WHERE l.unit_id = %(unit)s
ORDER BY l.name, l.id, g.name;

-- name: post
SELECT p.id, p.public_id, p.unit_id, u.public_id, called.name, called.name_en, p.title, p.text,
       p.link, p.image, p.asks, p.posted_at,
       org_person_name(person.first_name, person.last_name, person.username),
       (SELECT count(*) FROM groups_delivery AS d WHERE d.post_id = p.id),
       (SELECT count(*) FROM groups_delivery AS d WHERE d.post_id = p.id
        AND (d.pasted_at IS NOT NULL OR d.robot = 'sent')),
       (SELECT count(*) FROM groups_acknowledgement AS a WHERE a.post_id = p.id)
FROM groups_post AS p
JOIN org_unit AS u ON u.id = p.unit_id
JOIN org_unit_name AS called ON called.unit_id = p.unit_id
 AND org_holds(called.starts_on, called.ends_on, %(day)s)
LEFT JOIN auth_user AS person ON person.id = p.posted_by_id

-- name: deliveries
-- Where a post goes: its groups with their owners, what was done by hand and what the robot said.
SELECT d.id, g.id, g.public_id, g.name, g.platform, g.audience, g.unit_id,
       org_full_name(g.unit_id, %(day)s), d.added_at, forwarder.name, forwarder.name_en, d.pasted_at,
       org_person_name(hand.first_name, hand.last_name, hand.username),
       d.robot, d.robot_calls, d.robot_next_at, d.robot_code, d.robot_done_at, robot.vendor
FROM groups_delivery AS d
JOIN groups_group AS g ON g.id = d.group_id
LEFT JOIN org_unit_name AS forwarder ON forwarder.unit_id = d.forwarded_by_id
 AND org_holds(forwarder.starts_on, forwarder.ends_on, %(day)s)
LEFT JOIN auth_user AS hand ON hand.id = d.pasted_by_id
LEFT JOIN groups_robot AS robot ON robot.group_id = g.id
WHERE d.post_id = %(post)s
ORDER BY d.pasted_at IS NOT NULL OR d.robot = 'sent', g.name, g.id;

-- name: receipts
-- The units that a post is for, with when they acknowledged it; the silent ones first.
SELECT u.public_id, u.kind, called.name, called.name_en, a.acknowledged_at,
       org_person_name(person.first_name, person.last_name, person.username)
FROM (SELECT DISTINCT m.unit_id
      FROM groups_delivery AS d JOIN ({members}) AS m ON m.group_id = d.group_id
      WHERE d.post_id = %(post)s AND m.unit_id <> %(sender)s) AS receiver
JOIN org_unit AS u ON u.id = receiver.unit_id
JOIN org_unit_name AS called ON called.unit_id = u.id
 AND org_holds(called.starts_on, called.ends_on, %(day)s)
LEFT JOIN groups_acknowledgement AS a
  ON a.post_id = %(post)s AND a.unit_id = receiver.unit_id
LEFT JOIN auth_user AS person ON person.id = a.acknowledged_by_id
ORDER BY a.acknowledged_at IS NOT NULL, u.kind, called.name, u.id;

-- name: receiving
-- Which of these units a post is for, and when they acknowledged it.
SELECT DISTINCT m.unit_id, a.acknowledged_at
FROM groups_delivery AS d
JOIN ({members}) AS m ON m.group_id = d.group_id
LEFT JOIN groups_acknowledgement AS a ON a.post_id = d.post_id AND a.unit_id = m.unit_id
WHERE d.post_id = %(post)s AND m.unit_id = ANY (%(units)s);

-- name: received
-- Posts that are for a unit, with when it acknowledged them.
SELECT p.public_id, p.title, p.text, p.asks, p.posted_at, called.name, called.name_en,
       a.acknowledged_at
FROM groups_post AS p
JOIN org_unit_name AS called ON called.unit_id = p.unit_id
 AND org_holds(called.starts_on, called.ends_on, %(day)s)
LEFT JOIN groups_acknowledgement AS a ON a.post_id = p.id AND a.unit_id = %(unit)s
WHERE p.unit_id <> %(unit)s AND p.id IN (
    SELECT d.post_id FROM groups_delivery AS d
    JOIN ({members}) AS m ON m.group_id = d.group_id AND m.unit_id = %(unit)s)
ORDER BY p.posted_at DESC LIMIT %(most)s;

-- name: to_paste
-- Posts that wait to be pasted into groups of a unit.
SELECT p.public_id, p.title, p.text, p.asks, p.posted_at, called.name, called.name_en,
       NULL::timestamptz
FROM groups_post AS p
JOIN org_unit_name AS called ON called.unit_id = p.unit_id
 AND org_holds(called.starts_on, called.ends_on, %(day)s)
WHERE p.posted_at > %(after)s AND p.id IN (
    SELECT d.post_id FROM groups_delivery AS d
    JOIN groups_group AS g ON g.id = d.group_id AND g.unit_id = %(unit)s
    WHERE d.pasted_at IS NULL AND d.robot NOT IN ('sent', 'due') AND g.closed_on IS NULL)
ORDER BY p.posted_at DESC LIMIT %(most)s;

-- name: entries
-- What stands on the boards: the text, whose it is, and how far it is.
SELECT e.id, e.public_id, e.group_id, g.public_id, g.name, e.unit_id, called.name, called.name_en,
       e.board, e.text, e.version, e.state, e.written_at, e.tip_at
FROM groups_entry AS e
JOIN groups_group AS g ON g.id = e.group_id
JOIN org_unit_name AS called ON called.unit_id = e.unit_id
 AND org_holds(called.starts_on, called.ends_on, %(day)s)

-- name: count_waiting
SELECT group_id, count(*) FROM groups_entry
WHERE state = 'waiting' AND group_id = ANY (%(groups)s) GROUP BY group_id;

-- name: tips
-- The sheet of tips of somebody's units: from groups they own, are in, or that lie below.
SELECT DISTINCT e.tip_at, e.public_id, e.text, called.name, called.name_en, g.name, e.written_at
FROM groups_entry AS e
JOIN groups_group AS g ON g.id = e.group_id
JOIN org_unit_name AS called ON called.unit_id = e.unit_id
 AND org_holds(called.starts_on, called.ends_on, %(day)s)
WHERE e.tip_at IS NOT NULL AND e.state = 'shown'
  AND (g.id IN (SELECT m.group_id FROM ({members}) AS m WHERE m.unit_id = ANY (%(units)s))
       OR g.unit_id IN (
           SELECT below.unit_id FROM unnest(%(paths)s::text[], %(lines)s::text[]) AS post (path, line)
           JOIN org_placement AS below ON below.line = post.line AND below.path <@ post.path::ltree
            AND org_holds(below.starts_on, below.ends_on, %(day)s)))
ORDER BY e.tip_at DESC;

-- name: waiting_at_owner
-- What waits for the owners of groups: code that lapses before the campaign's last day, closing
-- date reached or past, a person in charge who has left, entries to read, posts to paste.
WITH mine AS MATERIALIZED ({group} WHERE g.unit_id = ANY (%(units)s) AND g.closed_on IS NULL)
SELECT unit_id, 'code', count(*), min(code_expires_on)::timestamptz FROM mine
WHERE code_expires_on < ends_on GROUP BY unit_id
UNION ALL
SELECT unit_id, 'close', count(*), min(closes_on)::timestamptz FROM mine
WHERE closes_on <= %(day)s GROUP BY unit_id
UNION ALL
SELECT unit_id, 'charge', count(*), NULL FROM mine WHERE in_charge_left GROUP BY unit_id
UNION ALL
SELECT mine.unit_id, 'read', count(*), min(e.written_at)
FROM mine JOIN groups_entry AS e ON e.group_id = mine.id AND e.state = 'waiting'
GROUP BY mine.unit_id
UNION ALL
SELECT mine.unit_id, 'paste', count(*), min(p.posted_at)
FROM mine JOIN groups_delivery AS d ON d.group_id = mine.id
 AND d.pasted_at IS NULL AND d.robot NOT IN ('sent', 'due')
JOIN groups_post AS p ON p.id = d.post_id AND p.posted_at > %(after)s
GROUP BY mine.unit_id;

-- name: waiting_at_members
-- Posts that units have not acknowledged yet, of those that ask for it.
SELECT m.unit_id, count(DISTINCT p.id), min(p.posted_at)
FROM groups_post AS p
JOIN groups_delivery AS d ON d.post_id = p.id
JOIN ({members}) AS m ON m.group_id = d.group_id AND m.unit_id = ANY (%(units)s)
WHERE p.asks AND p.posted_at > %(after)s AND p.unit_id <> m.unit_id
  AND NOT EXISTS (SELECT FROM groups_acknowledgement AS a
                  WHERE a.post_id = p.id AND a.unit_id = m.unit_id)
GROUP BY m.unit_id;

-- name: in_hand
-- The open groups of a unit for which somebody answers.
SELECT g.unit_id, count(*), string_agg(g.name, '、' ORDER BY g.closes_on, g.id)
FROM groups_group AS g
WHERE g.unit_id = ANY (%(units)s) AND g.in_charge_id = %(user)s AND g.closed_on IS NULL
GROUP BY g.unit_id;

-- name: claim
-- Texts whose hour has come, with their robots, for this worker alone: whoever comes at the same
-- time takes others. A robot's row is locked with them, so that one worker at a
-- time counts its calls.
SELECT d.id, d.group_id, g.public_id, d.robot_calls, d.added_at, d.robot_code, g.audience,
       g.closed_on IS NOT NULL, robot.vendor, robot.address_sealed, robot.secret_sealed,
       p.title, p.text, p.link
FROM groups_delivery AS d
JOIN groups_robot AS robot ON robot.group_id = d.group_id
JOIN groups_group AS g ON g.id = d.group_id
JOIN groups_post AS p ON p.id = d.post_id
WHERE d.robot = 'due' AND d.robot_next_at <= %(now)s
ORDER BY d.robot_next_at, d.id LIMIT %(most)s
FOR UPDATE OF d, robot SKIP LOCKED;

-- name: calls_lately
-- How often robots were called within the last minute. Read after they are locked: a statement sees
-- only what was committed when it began.
SELECT group_id, count(*) FROM groups_robot_call
WHERE group_id = ANY (%(groups)s) AND called_at > %(minute)s GROUP BY group_id;
