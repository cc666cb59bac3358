-- Who and what belongs to a campaign and to no other, by name.

-- name: units
-- Another campaign needs its units until its term is over and nothing of it is left.
WITH others AS (
    SELECT c.id, c.scope_id FROM campaigns_campaign AS c
    WHERE c.id <> %(campaign)s
      AND (c.last_on >= %(kept_since)s
           OR EXISTS (SELECT FROM attendance_seat AS s WHERE s.campaign = c.id)
           OR EXISTS (SELECT FROM attendance_by_hand AS h
                      JOIN campaigns_lecture AS l ON l.id = h.lecture_id
                      WHERE l.campaign_id = c.id))
), invited AS (
    SELECT campaign_id, unit_id FROM campaigns_denominator
    UNION
    SELECT campaign_id, unit_id FROM campaigns_learning_code
)
SELECT i.unit_id FROM invited AS i
WHERE i.campaign_id = %(campaign)s
  AND NOT EXISTS (
      SELECT FROM others AS o JOIN invited AS n ON n.campaign_id = o.id
      WHERE n.unit_id = i.unit_id)
  AND i.unit_id NOT IN (
      SELECT b.unit FROM others AS o
      CROSS JOIN LATERAL campaigns_units_below(o.scope_id, %(today)s) AS b(unit))
ORDER BY i.unit_id;

-- name: homes
-- By their phones, and by their people where no phone was ever taken (consent on paper).
SELECT own.household
FROM (
    SELECT household FROM attendance_seat WHERE campaign = %(campaign)s
    UNION
    SELECT p.household_id FROM people_person AS p
    WHERE p.household_id IS NOT NULL AND p.unit_id = ANY (%(units)s::int[])
      AND NOT EXISTS (
          SELECT FROM people_person AS o
          WHERE o.household_id = p.household_id AND o.unit_id <> ALL (%(units)s::int[]))
) AS own
WHERE NOT EXISTS (
    SELECT FROM attendance_seat AS o
    WHERE o.household = own.household AND o.campaign <> %(campaign)s)
ORDER BY own.household;
