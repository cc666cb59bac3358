-- Every statement of the intake, by name.

-- name: say
-- Store a batch of comments, each once, five of a person at a lecture at most. The primary key
-- (lecture, person, number) decides between processes. Comes back: what was stored, known
-- already or one too many, with the person's number; who is missing lost a number to another
-- process, stands twice in the batch, or is not there any more (absent).
WITH gate AS (
    -- Who leaves waits for every batch under way (docs/decisions/0010).
    SELECT FROM people_departed WHERE person = 0 FOR KEY SHARE
), sent AS (
    SELECT * FROM jsonb_to_recordset(%(says)s::jsonb) AS s(
        n int, lecture int, person bigint, key bigint, public_id text, unit int, house int,
        kind smallint, phrase int, sealed text, concerns text, state text, at timestamptz)
), had AS (
    SELECT s.n, max(c.number) AS number, bool_or(c.key = s.key) AS known
    FROM sent AS s
    JOIN comments_comment AS c ON c.lecture = s.lecture AND c.person = s.person
    GROUP BY s.n
), numbered AS (
    SELECT s.*, p.kin,
           (coalesce(h.number, 0)
            + row_number() OVER (PARTITION BY s.lecture, s.person ORDER BY s.n))::smallint AS number
    FROM sent AS s
    JOIN people_person AS p ON p.id = s.person
    LEFT JOIN had AS h ON h.n = s.n
    WHERE h.known IS NOT TRUE
      AND NOT EXISTS (SELECT FROM people_departed AS d WHERE d.person = s.person)
      AND NOT EXISTS (SELECT FROM gate)
), stored AS (
    INSERT INTO comments_comment AS c
           (lecture, person, number, key, public_id, unit, house, kind, kin, phrase, text_sealed,
            concerns, state, at, decided_by, told)
    SELECT lecture, person, number, key, public_id, unit, house, kind, kin, phrase,
           decode(sealed, 'hex'), concerns, state, at, '', '{}'
    FROM numbered WHERE number <= %(most)s
    ORDER BY lecture, person, number
    ON CONFLICT DO NOTHING
    RETURNING c.lecture, c.person, c.number
)
SELECT m.n, 'taken', m.number FROM stored
JOIN numbered AS m USING (lecture, person, number)
UNION ALL
SELECT n, 'taken', number FROM had WHERE known
UNION ALL
SELECT n, 'enough_said', number FROM numbered WHERE number > %(most)s;

-- name: absent
-- Of persons, who has left and who is not there any more.
SELECT s.person, CASE WHEN d.person IS NOT NULL THEN 'left' ELSE 'bad_seat' END
FROM unnest(%(person)s::bigint[]) AS s(person)
LEFT JOIN people_departed AS d ON d.person = s.person
LEFT JOIN people_person AS p ON p.id = s.person
WHERE d.person IS NOT NULL OR p.id IS NULL;

-- name: like
-- Give and take back likes. Of several wishes of one person the last in the batch holds.
WITH gate AS (
    SELECT FROM people_departed WHERE person = 0 FOR KEY SHARE
), sent AS (
    SELECT DISTINCT ON (lecture, person) lecture, person, wish, at
    FROM unnest(%(lecture)s::int[], %(person)s::bigint[], %(wish)s::smallint[], %(at)s::bigint[])
         WITH ORDINALITY AS s(lecture, person, wish, at, n)
    WHERE NOT EXISTS (SELECT FROM people_departed AS d WHERE d.person = s.person)
      AND NOT EXISTS (SELECT FROM gate)
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
