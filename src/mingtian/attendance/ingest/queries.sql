-- Every statement of the hot path, by name.
--
-- What is looked up by key stands in a subquery of its own row. Joined, PostgreSQL may read a
-- table, or its whole index, with every batch: plans are kept for the life of a connection, and one is
-- often made while the tables are empty, or were emptied and vacuumed after the last campaign.

-- name: durability
-- The settings without which nothing may be acknowledged.
SELECT current_setting('fsync'), current_setting('full_page_writes'),
       current_setting('synchronous_commit');

-- name: session
-- How long a statement may run or wait for a lock before phones are told to keep what they have.
-- Plans are kept for the life of a connection, those of foreign keys too. One made while the
-- tables were empty would read them from end to end all evening.
SELECT set_config('statement_timeout', %(statement)s, false),
       set_config('lock_timeout', %(lock)s, false),
       set_config('enable_seqscan', 'off', false);

-- name: epoch
-- Changes on promotion and on recovery to a point in time; phones then send everything again. The
-- timeline is that of the log being written: pg_control_checkpoint() names the old one until the
-- first checkpoint after a promotion ends, minutes later. A standby, which stores nothing, raises.
SELECT s.system_identifier || ':' ||
       ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int
FROM pg_control_system() AS s;

-- name: renew_epoch
-- After a restore: let no key be given that phones of before may hold (sql/epoch.sql).
SELECT attendance_renew_epoch();

-- name: lectures
-- The lectures that phones may still speak of.
SELECT l.id, l.campaign_id, l.number, l.title, l.title_en,
       coalesce(nullif(c.mandate_issuer, ''), s.name || '关工委'), c.mandate_issuer_en,
       l.doors_at, l.starts_at, l.ends_at, l.closes_at, c.replay_until, c.needed_slots,
       b.public_id, b.outside_url, b.state, b.ladder
FROM campaigns_lecture AS l
JOIN campaigns_campaign AS c ON c.id = l.campaign_id
JOIN org_unit AS s ON s.id = c.scope_id
LEFT JOIN campaigns_broadcast AS b ON b.id = l.broadcast_id
WHERE c.state = 'open'
ORDER BY l.starts_at;

-- name: departed
-- Everybody who is not counted any more.
SELECT person FROM people_departed;

-- name: departed_of
-- Who of these is not counted any more.
SELECT person FROM people_departed WHERE person = ANY (%(person)s::bigint[]);

-- name: code
-- One learning code with what its page shows.
SELECT k.id, k.campaign_id, k.unit_id, k.audience, k.closed_at IS NULL AND c.state = 'open', c.last_on,
       concat(w.grade, u.name), concat_ws(' ', w.grade_en, nullif(u.name_en, '')),
       coalesce(w.place, ''), coalesce(w.place_en, ''),
       coalesce(nullif(c.mandate_issuer, ''), s.name || '关工委'), c.mandate_issuer_en
FROM campaigns_learning_code AS k
JOIN campaigns_campaign AS c ON c.id = k.campaign_id
JOIN org_unit AS u ON u.id = k.unit_id
JOIN org_unit AS s ON s.id = c.scope_id
LEFT JOIN LATERAL (
    -- The school, or the township of a community; and the grade, without which a class of a
    -- school has no name of its own.
    SELECT max(a.name) FILTER (WHERE a.kind = 'grade') AS grade,
           max(nullif(a.name_en, '')) FILTER (WHERE a.kind = 'grade') AS grade_en,
           coalesce(max(a.name) FILTER (WHERE a.kind = 'school'), max(a.name)) AS place,
           coalesce(max(a.name_en) FILTER (WHERE a.kind = 'school'), max(a.name_en)) AS place_en
    FROM org_placement AS p
    JOIN org_unit AS a ON a.id = ANY (string_to_array(ltree2text(p.path), '.')::int[])
    WHERE p.unit_id = k.unit_id AND p.line = 'leads' AND p.ends_on IS NULL
      AND a.id <> k.unit_id AND a.kind IN ('school', 'township', 'grade')
) AS w ON true
WHERE k.code = %(code)s;

-- name: arrive
-- First beats of seats: remember the slot, count the device and, once, the household.
-- The update is unconditional because only it sees a row that another process is inserting.
WITH gate AS (
    SELECT FROM people_departed WHERE person = 0 FOR KEY SHARE
), sent AS (
    SELECT lecture, seat, min(household) AS household, min(unit) AS unit, min(first_slot) AS first_slot
    FROM unnest(%(lecture)s::int[], %(seat)s::bigint[], %(household)s::bigint[],
                %(unit)s::int[], %(first)s::smallint[])
         AS s(lecture, seat, household, unit, first_slot)
    -- A household that took its leave: somebody of it departed, and nobody stayed.
    WHERE ((SELECT count(*) FROM people_departed AS d WHERE d.household = s.household) = 0
        OR (SELECT count(*) FROM people_person AS p
            WHERE p.household_id = s.household
              AND (SELECT x.person FROM people_departed AS x WHERE x.person = p.id) IS NULL) > 0)
      AND NOT EXISTS (SELECT FROM gate)
    GROUP BY lecture, seat
), seats AS (
    INSERT INTO attendance_arrival AS a (lecture, seat, household, unit, first_slot)
    SELECT lecture, seat, household, unit, first_slot FROM sent ORDER BY lecture, seat
    ON CONFLICT (lecture, seat) DO UPDATE
        SET first_slot = least(a.first_slot, excluded.first_slot)
    RETURNING a.lecture, a.seat, a.unit, a.first_slot, old.seat IS NULL AS is_new
), homes AS (
    INSERT INTO attendance_home (lecture, household, unit)
    SELECT lecture, household, min(unit) FROM sent GROUP BY lecture, household
    ORDER BY lecture, household
    ON CONFLICT DO NOTHING
    RETURNING lecture, unit
), counted AS (
    INSERT INTO attendance_tally AS t (lecture, unit, kind, arrived)
    SELECT lecture, unit, kind, n FROM (
        SELECT lecture, unit, 100 AS kind, count(*) AS n FROM seats WHERE is_new GROUP BY 1, 2
        UNION ALL
        SELECT lecture, unit, 101, count(*) FROM homes GROUP BY 1, 2
    ) AS d
    ORDER BY lecture, unit, kind
    ON CONFLICT (lecture, unit, kind) DO UPDATE SET arrived = t.arrived + excluded.arrived
)
SELECT lecture, seat, first_slot FROM seats;

-- name: arrivals
-- When seats arrived whose phones have lost the ticket and ask after the end.
SELECT a.lecture, a.seat, a.first_slot
FROM unnest(%(lecture)s::int[], %(seat)s::bigint[]) AS s(lecture, seat)
CROSS JOIN LATERAL (
    SELECT lecture, seat, first_slot FROM attendance_arrival
    WHERE lecture = s.lecture AND seat = s.seat LIMIT 1
) AS a;

-- name: settled_live
-- What is stored of persons at lectures that are closed, for phones that ask about it.
SELECT DISTINCT r.lecture, r.person, r.live
FROM unnest(%(lecture)s::int[], %(person)s::bigint[]) AS s(lecture, person)
CROSS JOIN LATERAL (
    SELECT lecture, person, live FROM attendance_record
    WHERE lecture = s.lecture AND person = s.person LIMIT 1
) AS r
WHERE r.live IS NOT NULL;

-- name: merge
-- Join maps into the rows and move the tallies by exactly what changed, in one statement.
-- live is NULL in a beat that is no arrival. The curve's eight-digit counters are written by
-- spelling the new bits as decimal text (docs/decisions/0004).
WITH gate AS (
    -- Who leaves holds this table for a moment: that waits for every batch under way, and a
    -- batch that waits for it sees who has left. A backup reads on meanwhile.
    SELECT FROM people_departed WHERE person = 0 FOR KEY SHARE
), sent AS (
    SELECT lecture, person, min(unit) AS unit, min(kind) AS kind,
           bit_or(live) AS live, bit_or(replay) AS replay
    FROM unnest(%(lecture)s::int[], %(person)s::bigint[], %(unit)s::int[],
                %(kind)s::smallint[], %(live)s::bigint[], %(replay)s::bigint[])
         AS s(lecture, person, unit, kind, live, replay)
    -- Nobody comes back who has left (docs/decisions/0010).
    WHERE (SELECT d.person FROM people_departed AS d WHERE d.person = s.person) IS NULL
      AND NOT EXISTS (SELECT FROM gate)
    GROUP BY lecture, person
), changed AS (
    INSERT INTO attendance_record AS r (lecture, person, unit, kind, live, replay)
    SELECT lecture, person, unit, kind, live, replay FROM sent ORDER BY lecture, person
    ON CONFLICT (lecture, person) DO UPDATE
        SET live = coalesce(r.live | excluded.live, r.live, excluded.live),
            replay = r.replay | excluded.replay
        WHERE coalesce(r.live | excluded.live, r.live, excluded.live) IS DISTINCT FROM r.live
           OR r.replay | excluded.replay <> r.replay
    RETURNING r.lecture, r.unit, r.kind,
              old.live IS NULL AND new.live IS NOT NULL AS came,
              coalesce(old.live, 0) AS live_before, coalesce(new.live, 0) AS live_after,
              coalesce(old.replay, 0) AS replay_before, new.replay AS replay_after
), deltas AS (
    SELECT c.lecture, c.unit, c.kind,
           count(*) FILTER (WHERE came) AS arrived,
           count(*) FILTER (WHERE bit_count(live_after::bit(64)) >= n.needed
                              AND bit_count(live_before::bit(64)) < n.needed) AS completed,
           count(*) FILTER (WHERE replay_after <> 0 AND replay_before = 0) AS replayed,
           count(*) FILTER (WHERE bit_count(replay_after::bit(64)) >= n.needed
                              AND bit_count(replay_before::bit(64)) < n.needed) AS replay_completed,
           sum(bit_count((live_after & ~live_before)::bit(64))) AS slots,
           sum(replace(replace(replace((live_after & ~live_before)::bit(60)::text,
               '1', 'x'), '0', '00000000'), 'x', '00000001')::numeric) AS curve
    FROM changed AS c
    JOIN unnest(%(rule_lecture)s::int[], %(rule_needed)s::int[]) AS n(lecture, needed)
      ON n.lecture = c.lecture
    GROUP BY c.lecture, c.unit, c.kind
)
INSERT INTO attendance_tally AS t
       (lecture, unit, kind, arrived, completed, replayed, replay_completed, slots, curve)
SELECT lecture, unit, kind, arrived, completed, replayed, replay_completed, slots, curve
FROM deltas ORDER BY lecture, unit, kind
ON CONFLICT (lecture, unit, kind) DO UPDATE
    SET arrived = t.arrived + excluded.arrived,
        completed = t.completed + excluded.completed,
        replayed = t.replayed + excluded.replayed,
        replay_completed = t.replay_completed + excluded.replay_completed,
        slots = t.slots + excluded.slots,
        curve = t.curve + excluded.curve;

-- name: enter
-- Admit a batch of entries, each by the function of sql/enter.sql, in one transaction.
SELECT e.*
FROM jsonb_array_elements(attendance_locked(%(entries)s::jsonb)) WITH ORDINALITY AS x(entry, n)
CROSS JOIN LATERAL attendance_enter(x.entry) AS e
ORDER BY x.n;
