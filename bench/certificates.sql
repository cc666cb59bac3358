-- A city after its eight evenings: 91,710 persons with a record on each, one third of them with
-- gaps, and a campaign of their own. Units are the classes of province.sql.
INSERT INTO campaigns_campaign
       (id, public_id, name, name_en, scope_id, mandate_issuer, mandate_symbol, first_on, last_on, kinds,
        needed_slots, state, opened_at, replay_until)
VALUES (2, '0000000000c2', 'Closing', '', 10, 'Nobody', '', '2023-10-18', '2023-10-25', '{1,2,3}',
        40, 'open', now(), '2023-11-30');

INSERT INTO campaigns_lecture
       (id, campaign_id, number, held_on, title, title_en, doors_at, starts_at, ends_at, closes_at)
SELECT 20 + n, 2, n, day, 'Evening ' || n, '', day + time '11:50', day + time '12:00',
       day + time '13:00', day + interval '28 hours'
FROM generate_series(1, 8) AS n, LATERAL (SELECT '2023-10-17'::date + n AS day) AS d;

INSERT INTO people_person (id, public_id, kind, unit_id, kin, created_at)
OVERRIDING SYSTEM VALUE
SELECT 10000000 + n, 'x' || lpad(to_hex(n), 11, '0'), 1 + n % 3, 20000 + n % 2250, '', '2023-10-01'
FROM generate_series(0, 91709) AS n;

INSERT INTO attendance_record (lecture, person, unit, kind, live, replay)
SELECT 20 + lecture, 10000000 + n, 20000 + n % 2250, 1 + n % 3,
       CASE WHEN (n + lecture) % 11 = 0 THEN NULL ELSE (1::bigint << (45 + (n + lecture) % 15)) - 1 END,
       CASE WHEN (n + lecture) % 11 = 0 THEN (1::bigint << 50) - 1 ELSE 0 END
FROM generate_series(1, 8) AS lecture, generate_series(0, 91709) AS n
ORDER BY lecture, random();

ANALYZE people_person, attendance_record;
