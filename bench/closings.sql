-- The city of certificates.sql with its tallies, rosters, codes and half of its schools confirmed.
INSERT INTO attendance_tally (lecture, unit, kind, arrived, completed, slots)
SELECT lecture, unit, kind, count(live), count(*) FILTER (WHERE bit_count(live::bit(60)) >= 40),
       coalesce(sum(bit_count(live::bit(60))), 0)
FROM attendance_record WHERE lecture BETWEEN 21 AND 28 GROUP BY lecture, unit, kind;

INSERT INTO attendance_tally (lecture, unit, kind, arrived)
SELECT lecture, unit, counted.kind, sum(arrived)
FROM attendance_tally CROSS JOIN (VALUES (100), (101)) AS counted (kind)
WHERE lecture BETWEEN 21 AND 28 AND attendance_tally.kind < 100
GROUP BY lecture, unit, counted.kind;

INSERT INTO campaigns_denominator (campaign_id, unit_id, kind, persons)
SELECT 2, unit_id, kind, count(*) FROM people_person WHERE id >= 10000000 GROUP BY unit_id, kind;

INSERT INTO campaigns_learning_code (code, campaign_id, unit_id, audience, issued_at)
SELECT 'z' || lpad(n::text, 7, '0'), 2, 20000 + n, 'class', now() FROM generate_series(0, 2249) AS n;

INSERT INTO closings_correction
       (public_id, lecture_id, unit_id, kind, "column", old, new, reason, note, corrected_at)
SELECT 'k' || lpad(n::text, 11, '0'), 21, 20000 + n, 2, 'arrived', 12, 13, 'no_network', '', now()
FROM generate_series(0, 199) AS n;

ANALYZE attendance_tally, campaigns_denominator, campaigns_learning_code;
