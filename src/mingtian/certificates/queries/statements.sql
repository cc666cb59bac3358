-- Statements of certificates, by name. {reached} and the two words in braces inside it are put
-- in by statements.py; values of anybody only ever come as parameters.

-- name: reached
-- What persons have reached under a rule, from the evenings that have ended. The same sums as
-- rules.reached, which a test compares with it.
SELECT p.id AS person, p.unit_id AS unit, p.kind, rule.id AS rule,
       count(*) FILTER (
           WHERE e.live IS NOT NULL OR (e.noted AND rule.by_hand_counts)
              OR (rule.replay_counts AND bit_count(e.replay::bit(60)) >= %(needed)s)) AS evenings,
       sum(greatest(bit_count((coalesce(e.live, 0) | counted.replay)::bit(60)),
                    CASE WHEN e.noted AND rule.by_hand_counts THEN %(needed)s ELSE 0 END)) AS slots,
       count(*) FILTER (
           WHERE (e.noted AND rule.by_hand_counts)
              OR bit_count((coalesce(e.live, 0) | counted.replay)::bit(60)) >= %(needed)s) AS completed
FROM (
    SELECT person, r.live, coalesce(r.replay, 0) AS replay, h.lecture IS NOT NULL AS noted
    FROM (SELECT lecture, person, live, replay FROM attendance_record
          WHERE lecture = ANY (%(lectures)s::int[]) AND person {whose}) AS r
    FULL JOIN (SELECT lecture_id AS lecture, person_id AS person FROM attendance_by_hand
               WHERE lecture_id = ANY (%(lectures)s::int[]) AND person_id {whose}
                 AND undone_at IS NULL) AS h USING (lecture, person)
) AS e
JOIN people_person AS p ON p.id = e.person AND p.id {whose}
JOIN certificates_rule AS rule ON rule.campaign_id = %(campaign)s AND rule.kind = p.kind AND {rules}
CROSS JOIN LATERAL (SELECT CASE WHEN rule.replay_counts THEN e.replay ELSE 0 END AS replay) AS counted
GROUP BY p.id, rule.id

-- name: earned
-- Who of a span has earned a certificate and has none. Not who has taken leave, and not whose
-- certificate was taken back for another reason than a correction: that is for people to decide.
-- Every table is held to the span, so that no plan, however old the statistics, can be a bad one.
SELECT got.person, got.unit, got.kind, got.rule
FROM ({reached}) AS got
JOIN certificates_rule AS rule ON rule.id = got.rule
WHERE got.evenings >= rule.evenings AND got.slots >= rule.slots AND got.completed >= rule.completed
  AND NOT EXISTS (
      SELECT FROM certificates_certificate AS c
      WHERE c.person = got.person AND c.person {whose} AND {decided})
  AND NOT EXISTS (
      SELECT FROM people_departed AS d WHERE d.person = got.person AND d.person {whose})
ORDER BY got.person;

-- name: unlock
-- Keep certificates. Whoever comes second changes nothing: one valid certificate for each person.
INSERT INTO certificates_certificate
    (serial, subject, campaign_id, person, unit_id, kind, rule_id, unlocked_at)
SELECT e.serial, gen_random_uuid(), %(campaign)s, e.person, e.unit, e.kind, e.rule, %(now)s
FROM unnest(%(serials)s::text[], %(persons)s::bigint[], %(units)s::int[], %(kinds)s::smallint[],
            %(rules)s::bigint[]) AS e (serial, person, unit, kind, rule)
ON CONFLICT DO NOTHING;

-- name: orphaned
-- A home that was erased while its portion was being unlocked: the person went after forget had
-- looked. What forget would have done is done now.
UPDATE certificates_certificate AS c
SET person = NULL, revoked_at = coalesce(revoked_at, %(now)s),
    revoked_for = CASE WHEN revoked_at IS NULL THEN 'withdrawn' ELSE revoked_for END
WHERE c.campaign_id = %(campaign)s AND c.person IS NOT NULL
  AND NOT EXISTS (SELECT FROM people_person AS p WHERE p.id = c.person);

-- name: groundless
-- Valid certificates whose own rule is no longer met: a correction took an evening away.
SELECT c.id
FROM certificates_certificate AS c
JOIN certificates_rule AS rule ON rule.id = c.rule_id
LEFT JOIN ({reached}) AS got ON got.person = c.person AND got.rule = c.rule_id
WHERE c.campaign_id = %(campaign)s AND c.person {whose} AND c.revoked_at IS NULL
  AND (coalesce(got.evenings, 0) < rule.evenings OR coalesce(got.slots, 0) < rule.slots
       OR coalesce(got.completed, 0) < rule.completed)
ORDER BY c.id;

-- name: noted
-- Everybody whom the class teacher of a unit ever noted by hand, also who has left it since.
SELECT DISTINCT h.person_id
FROM attendance_by_hand AS h JOIN campaigns_lecture AS l ON l.id = h.lecture_id
WHERE l.campaign_id = %(campaign)s AND h.unit_id = %(unit)s;

-- name: undone
-- Everybody of whom a note was taken back and who has a valid certificate.
SELECT DISTINCT h.person_id
FROM attendance_by_hand AS h JOIN campaigns_lecture AS l ON l.id = h.lecture_id
JOIN certificates_certificate AS c ON c.person = h.person_id AND c.campaign_id = l.campaign_id
WHERE l.campaign_id = %(campaign)s AND h.undone_at IS NOT NULL AND c.revoked_at IS NULL;

-- name: portions
-- Cut everybody who took part and has no certificate into spans of persons.
INSERT INTO certificates_portion (round_id, first, last, unlocked)
SELECT %(round)s, min(person), max(person), 0
FROM (
    SELECT person, (row_number() OVER (ORDER BY person) - 1) / %(size)s::int AS part
    FROM (
        SELECT person FROM attendance_record WHERE lecture = ANY (%(lectures)s::int[])
        UNION
        SELECT person_id FROM attendance_by_hand
        WHERE lecture_id = ANY (%(lectures)s::int[]) AND undone_at IS NULL
    ) AS everybody
    WHERE NOT EXISTS (
        SELECT FROM certificates_certificate AS c WHERE c.person = everybody.person AND {decided})
) AS numbered
GROUP BY part ORDER BY part;

-- name: exempt
-- As the boards read an exemption: it holds on the day, for somebody who was on the roster when
-- the campaign opened. One person may have had several. Not who has a certificate all the same.
SELECT DISTINCT ON (s.person_id) s.person_id, s.unit_id, p.kind
FROM people_standing AS s
JOIN campaigns_campaign AS campaign ON campaign.id = %(campaign)s
JOIN people_person AS p ON p.id = s.person_id AND p.created_at <= campaign.opened_at
 AND p.kind = ANY (campaign.kinds)
WHERE s.state = 'exempt' AND s.starts_on <= %(day)s
  AND (s.ends_on IS NULL OR s.ends_on > %(day)s)
  AND NOT EXISTS (
      SELECT FROM certificates_certificate AS c
      WHERE c.campaign_id = %(campaign)s AND c.person = p.id
        AND c.revoked_for IN ('', 'withdrawn'))

-- name: freeze_exempt
-- The end of the term: how many were exempt, before the decisions and the persons go. A row of
-- nobody says so too.
INSERT INTO certificates_exempt (campaign_id, unit_id, kind, persons)
SELECT d.campaign_id, d.unit_id, d.kind, count(e.person_id)
FROM campaigns_denominator AS d
LEFT JOIN ({exempt}) AS e ON e.unit_id = d.unit_id AND e.kind = d.kind
WHERE d.campaign_id = %(campaign)s
GROUP BY d.campaign_id, d.unit_id, d.kind
ON CONFLICT DO NOTHING;

-- name: rates
-- By the unit one level down and kind: expected, exempt without a certificate, unlocked (CER-2).
-- Materialized: otherwise the planner expects one group for each class and sorts on disk.
WITH leaf AS MATERIALIZED (
    SELECT unit_id, child FROM org_below(%(line)s, %(path)s::ltree, %(day)s)
), counted AS (
    SELECT unit_id, kind, persons AS expected, 0 AS exempt, 0 AS unlocked
    FROM campaigns_denominator WHERE campaign_id = %(campaign)s
    UNION ALL
    SELECT unit_id, kind, 0, 0, 1 FROM certificates_certificate
    WHERE campaign_id = %(campaign)s AND revoked_for IN ('', 'withdrawn')
    UNION ALL
    SELECT unit_id, kind, 0, 1, 0 FROM ({exempt}) AS exempt
    WHERE NOT EXISTS (SELECT FROM certificates_exempt WHERE campaign_id = %(campaign)s)
    UNION ALL
    SELECT unit_id, kind, 0, persons, 0 FROM certificates_exempt
    WHERE campaign_id = %(campaign)s
)
SELECT leaf.child, counted.kind, sum(expected)::int, sum(exempt)::int, sum(unlocked)::int
FROM leaf JOIN counted ON counted.unit_id = leaf.unit_id
GROUP BY leaf.child, counted.kind
ORDER BY leaf.child NULLS FIRST, counted.kind;

-- name: evenings
-- The evenings of persons, ended ones only: maps and whether the class teacher noted them.
SELECT person, r.live, coalesce(r.replay, 0), h.lecture IS NOT NULL
FROM (SELECT lecture, person, live, replay FROM attendance_record
      WHERE lecture = ANY (%(lectures)s::int[]) AND person = ANY (%(persons)s::bigint[])) AS r
FULL JOIN (SELECT lecture_id AS lecture, person_id AS person FROM attendance_by_hand
           WHERE lecture_id = ANY (%(lectures)s::int[]) AND person_id = ANY (%(persons)s::bigint[])
             AND undone_at IS NULL) AS h USING (lecture, person);
