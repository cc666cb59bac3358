-- Every statement of the intake, by name.

-- name: say
-- Store a batch of comments, each once, five of a person at a lecture at most. The primary key
-- (lecture, person, number) decides between processes; who lost asks again ("again").
WITH sent AS (
    SELECT * FROM jsonb_to_recordset(%(says)s::jsonb) AS s(
        n int, lecture int, person bigint, key bigint, public_id text, unit int, house int,
        kind smallint, phrase int, sealed text, concerns text, state text, at timestamptz)
), had AS (
    SELECT c.lecture, c.person, max(c.number)::int AS number
    FROM (SELECT DISTINCT lecture, person FROM sent) AS s
    JOIN comments_comment AS c ON c.lecture = s.lecture AND c.person = s.person
    GROUP BY c.lecture, c.person
), known AS (
    SELECT s.n FROM sent AS s
    JOIN comments_comment AS c
      ON c.lecture = s.lecture AND c.person = s.person AND c.key = s.key
), fresh AS (
    SELECT DISTINCT ON (s.lecture, s.person, s.key) s.*
    FROM sent AS s
    WHERE s.n NOT IN (SELECT n FROM known)
    ORDER BY s.lecture, s.person, s.key, s.n
), numbered AS (
    SELECT f.*, p.kin,
           (coalesce(h.number, 0)
            + row_number() OVER (PARTITION BY f.lecture, f.person ORDER BY f.n))::int AS number
    FROM fresh AS f
    JOIN people_person AS p ON p.id = f.person
    LEFT JOIN had AS h ON h.lecture = f.lecture AND h.person = f.person
    WHERE NOT EXISTS (SELECT FROM people_departed AS d WHERE d.person = f.person)
), stored AS (
    INSERT INTO comments_comment AS c
           (lecture, person, number, key, public_id, unit, house, kind, kin, phrase, text_sealed,
            concerns, state, at, decided_by, told)
    SELECT lecture, person, number, key, public_id, unit, house, kind, kin, phrase,
           decode(sealed, 'hex'), concerns, state, at, '', '{}'
    FROM numbered WHERE number <= %(most)s
    ORDER BY lecture, person, number
    ON CONFLICT DO NOTHING
    RETURNING c.lecture, c.person, c.key, c.number
)
SELECT s.n,
       CASE WHEN k.n IS NOT NULL OR t.number IS NOT NULL THEN 'taken'
            WHEN EXISTS (SELECT FROM people_departed AS d WHERE d.person = s.person) THEN 'left'
            WHEN NOT EXISTS (SELECT FROM people_person AS p WHERE p.id = s.person) THEN 'bad_seat'
            WHEN coalesce(h.number, 0) >= %(most)s OR m.number > %(most)s THEN 'enough_said'
            ELSE 'again' END,
       greatest(0, %(most)s - coalesce(
           (SELECT max(o.number) FROM stored AS o
            WHERE o.lecture = s.lecture AND o.person = s.person), h.number, 0))
FROM sent AS s
LEFT JOIN known AS k ON k.n = s.n
LEFT JOIN had AS h ON h.lecture = s.lecture AND h.person = s.person
LEFT JOIN stored AS t ON t.lecture = s.lecture AND t.person = s.person AND t.key = s.key
LEFT JOIN numbered AS m ON m.lecture = s.lecture AND m.person = s.person AND m.key = s.key
ORDER BY s.n;

-- name: like
-- Give and take back likes. Of several wishes of one person the last in the batch holds.
WITH sent AS (
    SELECT DISTINCT ON (lecture, person) lecture, person, wish, at
    FROM unnest(%(lecture)s::int[], %(person)s::bigint[], %(wish)s::smallint[], %(at)s::bigint[])
         WITH ORDINALITY AS s(lecture, person, wish, at, n)
    WHERE NOT EXISTS (SELECT FROM people_departed AS d WHERE d.person = s.person)
    ORDER BY lecture, person, n DESC
), taken_back AS (
    DELETE FROM comments_like AS l USING sent AS s
    WHERE l.lecture = s.lecture AND l.person = s.person AND s.wish = 0
)
INSERT INTO comments_like (lecture, person, at)
SELECT s.lecture, s.person, to_timestamp(s.at / 1000.0)
FROM sent AS s
JOIN people_person AS p ON p.id = s.person
WHERE s.wish = 1 ORDER BY s.lecture, s.person
ON CONFLICT DO NOTHING;

-- name: own
-- What the people of a seat have done at a lecture: likes, and how many comments.
SELECT s.person, l.person IS NOT NULL,
       (SELECT count(*) FROM comments_comment AS c
        WHERE c.lecture = %(lecture)s AND c.person = s.person)
FROM unnest(%(person)s::bigint[]) WITH ORDINALITY AS s(person, n)
LEFT JOIN comments_like AS l ON l.lecture = %(lecture)s AND l.person = s.person
ORDER BY s.n;

-- name: house
-- The school of a class or staff group; elsewhere the unit directly above.
SELECT h.id, h.public_id
FROM org_placement AS p
JOIN org_unit AS own ON own.id = p.unit_id
CROSS JOIN LATERAL (
    SELECT a.id, a.public_id
    FROM org_unit AS a
    WHERE a.id = ANY (string_to_array(ltree2text(p.path), '.')::int[])
      AND (a.kind = 'school' OR a.id = p.superior_id)
    ORDER BY a.kind = 'school' DESC LIMIT 1
) AS h
WHERE p.unit_id = %(unit)s AND p.line = 'leads' AND p.ends_on IS NULL;

-- name: phrases
-- The prepared phrases of lectures that have their own.
SELECT lecture_id, id, text, text_en FROM comments_phrase
WHERE retired_at IS NULL ORDER BY lecture_id, place, id;

-- name: word_list_number
SELECT coalesce(max(number), 0) FROM comments_word_list;

-- name: word_list
SELECT text FROM comments_word_list WHERE number = %(number)s;

-- name: feed
-- The newest approved comments of a school at a lecture, without those of homes that have left.
SELECT c.public_id, c.kind, c.kin, c.phrase, c.text_sealed, c.at, f.text, f.text_en
FROM org_unit AS u
JOIN comments_comment AS c ON c.house = u.id
LEFT JOIN comments_phrase AS f ON f.id = c.phrase
WHERE u.public_id = %(house)s AND c.lecture = %(lecture)s AND c.state = 'approved'
  AND NOT EXISTS (SELECT FROM people_departed AS d WHERE d.person = c.person)
ORDER BY c.at DESC, c.public_id LIMIT %(most)s;
