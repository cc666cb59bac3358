-- Every statement of the intake, by name.
--
-- What is looked up by key stands in a subquery of its own row, as in those of attendance.ingest.

-- name: say
-- Store a batch of comments, each once, five of a person at a lecture at most. The primary key
-- (lecture, person, number) decides between processes. Comes back by public id: what was stored,
-- known already or one too many, with the person's number; who is missing lost a number to another
-- process, or is not there any more (absent).
WITH gate AS (
    -- Who leaves waits for every batch under way (docs/decisions/0010).
    SELECT FROM people_departed WHERE person = 0 FOR KEY SHARE
), sent AS (
    SELECT s.*, h.number AS had, h.known,
           (SELECT p.kin FROM people_person AS p WHERE p.id = s.person) AS kin
    FROM jsonb_to_recordset(%(says)s::jsonb) AS s(
        lecture int, person bigint, key bigint, public_id text, unit int, house int,
        kind smallint, phrase int, sealed text, concerns text, state text, at timestamptz)
    CROSS JOIN LATERAL (
        SELECT coalesce(max(c.number), 0) AS number, bool_or(c.key = s.key) AS known
        FROM comments_comment AS c WHERE c.lecture = s.lecture AND c.person = s.person
    ) AS h
), numbered AS (
    SELECT s.*, (had + row_number() OVER (PARTITION BY lecture, person))::smallint AS number
    FROM sent AS s
    WHERE known IS NOT TRUE AND kin IS NOT NULL
      AND (SELECT d.person FROM people_departed AS d WHERE d.person = s.person) IS NULL
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
    RETURNING c.public_id, c.number
)
SELECT public_id, 'taken', number FROM stored
UNION ALL
SELECT public_id, 'taken', had FROM sent WHERE known
UNION ALL
SELECT public_id, 'enough_said', number FROM numbered WHERE number > %(most)s;

-- name: absent
-- Of persons, who has left and who is not there any more.
SELECT person, CASE WHEN gone THEN 'left' ELSE 'bad_seat' END
FROM (
    SELECT s.person,
           (SELECT d.person FROM people_departed AS d WHERE d.person = s.person) IS NOT NULL AS gone,
           (SELECT p.id FROM people_person AS p WHERE p.id = s.person) IS NULL AS unknown
    FROM unnest(%(person)s::bigint[]) AS s(person)
) AS looked
WHERE gone OR unknown;

-- name: like
-- Give and take back likes. Of several wishes of one person the last in the batch holds.
WITH gate AS (
    SELECT FROM people_departed WHERE person = 0 FOR KEY SHARE
), sent AS (
    SELECT DISTINCT ON (lecture, person) lecture, person, wish, at
    FROM unnest(%(lecture)s::int[], %(person)s::bigint[], %(wish)s::smallint[], %(at)s::bigint[])
         WITH ORDINALITY AS s(lecture, person, wish, at, n)
    WHERE (SELECT p.id FROM people_person AS p WHERE p.id = s.person) IS NOT NULL
      AND (SELECT d.person FROM people_departed AS d WHERE d.person = s.person) IS NULL
      AND NOT EXISTS (SELECT FROM gate)
    ORDER BY lecture, person, n DESC
), taken_back AS (
    DELETE FROM comments_like WHERE ctid = ANY (ARRAY(
        SELECT (SELECT l.ctid FROM comments_like AS l
                WHERE l.lecture = s.lecture AND l.person = s.person)
        FROM sent AS s WHERE s.wish = 0))
)
INSERT INTO comments_like (lecture, person, at)
SELECT lecture, person, to_timestamp(at / 1000.0)
FROM sent WHERE wish = 1 ORDER BY lecture, person
ON CONFLICT DO NOTHING;

-- name: own
-- What the people of a seat have done at a lecture: likes, and how many comments.
SELECT s.person,
       (SELECT l.person FROM comments_like AS l
        WHERE l.lecture = %(lecture)s AND l.person = s.person) IS NOT NULL,
       (SELECT count(*) FROM comments_comment AS c
        WHERE c.lecture = %(lecture)s AND c.person = s.person)
FROM unnest(%(person)s::bigint[]) WITH ORDINALITY AS s(person, n)
ORDER BY s.n;

-- name: houses
-- Of units, the school of a class or staff group; elsewhere the unit directly above.
SELECT p.unit_id, h.id, h.public_id
FROM org_placement AS p
CROSS JOIN LATERAL (
    SELECT a.id, a.public_id
    FROM org_unit AS a
    WHERE a.id = ANY (string_to_array(ltree2text(p.path), '.')::int[])
      AND (a.kind = 'school' OR a.id = p.superior_id)
    ORDER BY a.kind = 'school' DESC LIMIT 1
) AS h
WHERE p.unit_id = ANY (%(units)s::int[]) AND p.line = 'leads' AND p.ends_on IS NULL;

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
