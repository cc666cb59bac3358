-- How rows of persons, phones and homes become counts of nobody, by name. Each statement takes
-- rows away and adds what they counted to attendance_forgotten, so a tally stays what it was.

-- name: lectures
-- Every lecture there is: maps lie by lecture and person.
SELECT id FROM campaigns_lecture ORDER BY id;

-- name: records
-- Maps of persons: everything that recount would read of them.
WITH gone AS (
    DELETE FROM attendance_record
    WHERE lecture = ANY (%(lectures)s::int[]) AND person = ANY (%(persons)s::bigint[])
    RETURNING lecture, unit, kind, live, replay
), {fold_records}
SELECT count(*) FROM gone;

-- name: fold_records
folded AS (
    INSERT INTO attendance_forgotten AS f
           (lecture, unit, kind, arrived, completed, replayed, replay_completed, slots, curve)
    SELECT g.lecture, g.unit, g.kind, count(g.live),
           count(*) FILTER (WHERE bit_count(g.live::bit(60)) >= c.needed_slots),
           count(*) FILTER (WHERE g.replay <> 0),
           count(*) FILTER (WHERE bit_count(g.replay::bit(60)) >= c.needed_slots),
           coalesce(sum(bit_count(g.live::bit(60))), 0),
           -- Eight decimal digits for each slot (docs/decisions/0004).
           coalesce(sum(replace(replace(replace(g.live::bit(60)::text,
               '1', 'x'), '0', '00000000'), 'x', '00000001')::numeric), 0)
    FROM gone AS g
    JOIN campaigns_lecture AS l ON l.id = g.lecture
    JOIN campaigns_campaign AS c ON c.id = l.campaign_id
    GROUP BY g.lecture, g.unit, g.kind
    ORDER BY g.lecture, g.unit, g.kind
    ON CONFLICT (lecture, unit, kind) DO UPDATE
        SET arrived = f.arrived + excluded.arrived,
            completed = f.completed + excluded.completed,
            replayed = f.replayed + excluded.replayed,
            replay_completed = f.replay_completed + excluded.replay_completed,
            slots = f.slots + excluded.slots,
            curve = f.curve + excluded.curve
)

-- name: leave_seats
-- Take persons off the phones that speak for others too.
UPDATE attendance_seat
SET persons = ARRAY(SELECT x FROM unnest(persons) AS x WHERE x <> ALL (%(persons)s::bigint[]))
WHERE household = ANY (%(homes)s::bigint[])
  AND persons && %(persons)s::bigint[] AND NOT persons <@ %(persons)s::bigint[];

-- name: seats
-- Phones that speak for nobody else, with their arrivals, and homes that keep no phone in the
-- campaign.
WITH gone AS (
    DELETE FROM attendance_seat
    WHERE household = ANY (%(homes)s::bigint[]) AND persons <@ %(persons)s::bigint[]
    RETURNING id, campaign, household, phone, assisted
), {fold_seats}
SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM arrivals) + (SELECT count(*) FROM homes);

-- name: fold_seats
lectures AS (
    SELECT id, campaign_id FROM campaigns_lecture
), arrivals AS (
    DELETE FROM attendance_arrival AS a USING gone AS g, lectures AS l
    WHERE l.campaign_id = g.campaign AND a.lecture = l.id AND a.seat = g.id
    RETURNING a.lecture, a.unit, a.seat
), staying AS (
    -- Phones that stay in these homes. Joined: asked of each, a city would never end.
    SELECT s.id, s.campaign, s.household, s.assisted
    FROM (SELECT DISTINCT campaign, household FROM gone) AS h
    JOIN attendance_seat AS s ON s.campaign = h.campaign AND s.household = h.household
    LEFT JOIN gone AS g ON g.id = s.id
    WHERE g.id IS NULL
), left_home AS MATERIALIZED (
    -- With the lecture, and by itself: so that homes are found by their whole key.
    SELECT DISTINCT l.id AS lecture, g.household
    FROM gone AS g JOIN lectures AS l ON l.campaign_id = g.campaign
    WHERE NOT EXISTS (
        SELECT FROM staying AS s WHERE s.campaign = g.campaign AND s.household = g.household)
), homes AS (
    DELETE FROM attendance_home AS h USING left_home AS g
    WHERE h.lecture = g.lecture AND h.household = g.household
    RETURNING h.lecture, h.unit, h.household
), helped AS (
    -- A home that stays loses its mark with the last helped phone that came, and has none to lose
    -- when it goes itself.
    SELECT DISTINCT h.lecture, h.unit, h.household
    FROM gone AS g
    JOIN arrivals AS a ON a.seat = g.id
    JOIN attendance_home AS h ON h.lecture = a.lecture AND h.household = g.household
    WHERE g.assisted AND NOT EXISTS (
        SELECT FROM staying AS s
        JOIN attendance_arrival AS o ON o.seat = s.id
        WHERE o.lecture = a.lecture AND s.household = g.household AND s.assisted)
), tries AS (
    DELETE FROM attendance_try AS t USING gone AS g WHERE t.phone = g.phone
), folded AS (
    INSERT INTO attendance_forgotten AS f (lecture, unit, kind, arrived)
    SELECT lecture, unit, 100, count(*) FROM arrivals GROUP BY lecture, unit
    UNION ALL
    SELECT lecture, unit, 101, count(*) FROM homes GROUP BY lecture, unit
    UNION ALL
    -- Homes that came with help: beside the figures, never in a tally (by_hand.sql).
    SELECT lecture, unit, 102, count(*) FROM helped GROUP BY lecture, unit
    ON CONFLICT (lecture, unit, kind) DO UPDATE SET arrived = f.arrived + excluded.arrived
)

-- name: notes_of
-- Notes by hand of persons.
WITH gone AS (
    DELETE FROM attendance_by_hand WHERE person_id = ANY (%(persons)s::bigint[])
    RETURNING lecture_id, unit_id, how, undone_at
), {fold_notes}
SELECT count(*) FROM gone;

-- name: lecture_notes
-- All notes by hand of one lecture.
WITH gone AS (
    DELETE FROM attendance_by_hand WHERE lecture_id = %(lecture)s
    RETURNING lecture_id, unit_id, how, undone_at
), {fold_notes}
SELECT count(*) FROM gone;

-- name: fold_notes
-- Kinds from 110 on say how; beside the figures, never in a tally (by_hand.sql).
folded AS (
    INSERT INTO attendance_forgotten AS f (lecture, unit, kind, arrived)
    SELECT g.lecture_id, g.unit_id, h.kind, count(*)
    FROM gone AS g
    JOIN (VALUES ('telephone', 110), ('paper', 111), ('in_class', 112), ('other_screen', 113))
         AS h(how, kind) ON h.how = g.how
    WHERE g.undone_at IS NULL
    GROUP BY g.lecture_id, g.unit_id, h.kind
    ON CONFLICT (lecture, unit, kind) DO UPDATE SET arrived = f.arrived + excluded.arrived
)

-- name: lecture_records
-- All maps of one lecture.
WITH gone AS (
    DELETE FROM attendance_record WHERE lecture = %(lecture)s
    RETURNING lecture, unit, kind, live, replay
), {fold_records}
SELECT count(*) FROM gone;

-- name: freeze_exempt
-- Who was exempt at a lecture and did not come, as by_hand.sql counts it, class by class. A row
-- of nobody says so too: from now on these rows speak, not the decisions. Kind 103: beside the
-- figures, never in a tally.
INSERT INTO attendance_forgotten (lecture, unit, kind, arrived)
SELECT l.id, d.unit_id, 103, (
    SELECT count(*)
    FROM people_standing AS s
    JOIN people_person AS p ON p.id = s.person_id AND p.created_at <= c.opened_at
     AND (p.left_on IS NULL OR p.left_on > (c.opened_at AT TIME ZONE 'Asia/Shanghai')::date)
     AND p.kind = ANY (c.kinds)
    WHERE s.unit_id = d.unit_id AND s.state = 'exempt' AND s.starts_on <= l.held_on
      AND (s.ends_on IS NULL OR s.ends_on > l.held_on)
      AND NOT EXISTS (
          SELECT FROM attendance_record AS r
          WHERE r.lecture = l.id AND r.person = s.person_id AND r.live IS NOT NULL))
FROM campaigns_lecture AS l
JOIN campaigns_campaign AS c ON c.id = l.campaign_id
JOIN (SELECT DISTINCT campaign_id, unit_id FROM campaigns_denominator) AS d
  ON d.campaign_id = c.id
WHERE l.id = %(lecture)s
ON CONFLICT DO NOTHING;

-- name: campaign_seats
-- All phones of a campaign, with arrivals and homes.
WITH gone AS (
    DELETE FROM attendance_seat WHERE campaign = %(campaign)s
    RETURNING id, campaign, household, phone, assisted
), {fold_seats}
SELECT count(*) FROM gone;

-- name: oldest_seats
-- Since when seats that are still valid can have been taken; NULL when none is.
SELECT min(opened_at) FROM campaigns_campaign
WHERE opened_at IS NOT NULL AND last_on >= %(day)s::date;

-- name: leftover_records
-- Maps of persons who are nowhere any more.
WITH gone AS (
    DELETE FROM attendance_record AS r
    WHERE NOT EXISTS (SELECT FROM people_person AS p WHERE p.id = r.person)
    RETURNING lecture, unit, kind, live, replay
), {fold_records}
SELECT count(*) FROM gone;

-- name: leftover_seats
-- Arrivals of phones, and homes, that are nowhere any more.
WITH arrivals AS (
    DELETE FROM attendance_arrival AS a
    WHERE NOT EXISTS (SELECT FROM attendance_seat AS s WHERE s.id = a.seat)
    RETURNING a.lecture, a.unit
), homes AS (
    DELETE FROM attendance_home AS h
    WHERE NOT EXISTS (SELECT FROM people_household AS p WHERE p.id = h.household)
    RETURNING h.lecture, h.unit
), folded AS (
    INSERT INTO attendance_forgotten AS f (lecture, unit, kind, arrived)
    SELECT lecture, unit, 100, count(*) FROM arrivals GROUP BY lecture, unit
    UNION ALL
    SELECT lecture, unit, 101, count(*) FROM homes GROUP BY lecture, unit
    ON CONFLICT (lecture, unit, kind) DO UPDATE SET arrived = f.arrived + excluded.arrived
)
SELECT (SELECT count(*) FROM arrivals) + (SELECT count(*) FROM homes);
