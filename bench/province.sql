-- A synthetic province for measuring boards: 30,000 classes in 14 cities, the first 13 of 2,250
-- classes each. Four evenings with tallies of pupils, parents and grandparents (full curves),
-- devices and households for every class; pupils have frozen denominators.
-- Empties the tree, the campaigns and the tallies of the database it runs in.
TRUNCATE org_unit, campaigns_campaign, attendance_tally CASCADE;

CREATE TEMP TABLE made AS
WITH level(kind, first, number, above, share) AS (VALUES
    ('province',      1,     1, NULL, NULL),
    ('city',         10,    14,    1, 14),
    ('county',      100,   140,   10, 10),
    ('township',   1000,   700,  100, 5),
    ('school',     3000,  2100, 1000, 3),
    ('grade',     10000,  6300, 3000, 3),
    ('class',     20000, 30000, 10000, 5)
)
SELECT kind, first + n AS id, CASE WHEN above IS NOT NULL THEN above + n / share END AS superior
FROM level CROSS JOIN LATERAL generate_series(0, number - 1) AS n;

INSERT INTO org_unit (id, public_id, kind, name, name_en, opened_on)
SELECT id, lpad(to_hex(id), 12, '0'), kind, kind || ' ' || id, '', '2020-01-01' FROM made;

INSERT INTO org_unit_name (unit_id, name, name_en, starts_on)
SELECT id, kind || ' ' || id, '', '2020-01-01' FROM made;

-- In random order, as years of moving and founding leave it.
WITH RECURSIVE tree(id, superior, path) AS (
    SELECT id, superior, id::text::ltree FROM made WHERE superior IS NULL
    UNION ALL
    SELECT made.id, made.superior, tree.path || made.id::text
    FROM made JOIN tree ON made.superior = tree.id
)
INSERT INTO org_placement (unit_id, line, superior_id, path, starts_on)
SELECT id, 'leads', superior, path, '2020-01-01' FROM tree ORDER BY random();

INSERT INTO campaigns_campaign
       (id, public_id, name, name_en, scope_id, mandate_issuer, mandate_symbol, first_on, last_on, kinds,
        needed_slots, state, opened_at)
VALUES (1, '0000000000c1', 'Measured', '', 1, 'Nobody', '', '2023-09-18', '2023-09-25', '{1,2,3}',
        40, 'open', now());

INSERT INTO campaigns_lecture
       (id, campaign_id, number, held_on, title, title_en, doors_at, starts_at, ends_at, closes_at)
SELECT n, 1, n, day, 'Evening ' || n, '', day + time '11:50', day + time '12:00',
       day + time '13:00', day + interval '28 hours'
FROM generate_series(1, 4) AS n, LATERAL (SELECT '2023-09-17'::date + n AS day) AS d;

INSERT INTO campaigns_denominator (campaign_id, unit_id, kind, persons)
SELECT 1, id, 1, 43 FROM made WHERE kind = 'class';

INSERT INTO attendance_tally (lecture, unit, kind, arrived, completed, slots, curve)
SELECT lecture, id, k, 40, 30, 1800,
       (SELECT string_agg(lpad((20 + (random() * 20)::int + (id + slot) % 3)::text, 8, '0'), '')
        FROM generate_series(1, 60) AS slot)::numeric
FROM generate_series(1, 4) AS lecture, made, unnest('{1,2,3}'::int[]) AS k
WHERE kind = 'class' ORDER BY lecture, random();

INSERT INTO attendance_tally (lecture, unit, kind, arrived)
SELECT lecture, id, k, 38
FROM generate_series(1, 4) AS lecture, made, unnest('{100,101}'::int[]) AS k
WHERE kind = 'class' ORDER BY lecture, random();

DROP TABLE made;
ANALYZE;
