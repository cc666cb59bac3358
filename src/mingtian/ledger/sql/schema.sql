-- Lines and balances, and what no statement may do to the books, by whatever way it comes.
--
-- A book is one chain of entries. Whoever posts locks the book's row first, so entries of one book
-- take turns, numbers have no gaps, and balances cannot be passed by another posting. An entry comes
-- in two steps inside one transaction: its lines under the next number, then the entry itself, which
-- seals them: its trigger checks sums, chain and balances and moves the book's head. Lines without
-- entry fail at commit, lines for a sealed entry at once. TRUNCATE remains, for the tests' flush.
-- Refusals that people can meet come as SQLSTATE LG000: the code as message, facts as JSON detail.

ALTER TABLE ledger_account ADD CHECK (measure ~ '^[a-z][a-z0-9_]{0,31}$'),
    ADD CHECK (purpose ~ '^[a-z0-9._:-]*$');
ALTER TABLE ledger_entry ADD CHECK (kind ~ '^[a-z][a-z0-9_]*$'), ADD CHECK (source ~ '^[!-~]+$'),
    ADD CHECK (reason ~ '^[a-z0-9_]*$'), ADD CHECK (number > 0);

CREATE TABLE ledger_line (
    amount bigint NOT NULL CHECK (amount <> 0 AND abs(amount) <= 10000000000000),
    book_id integer NOT NULL,
    number integer NOT NULL,
    account_id integer NOT NULL,
    position smallint NOT NULL,
    PRIMARY KEY (book_id, number, position),
    FOREIGN KEY (book_id, number) REFERENCES ledger_entry (book_id, number)
        DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (account_id, book_id) REFERENCES ledger_account (id, book_id)
);
CREATE INDEX ledger_line_account ON ledger_line (account_id, number) INCLUDE (amount);

CREATE TABLE ledger_balance (
    account_id integer PRIMARY KEY REFERENCES ledger_account,
    amount bigint NOT NULL,
    may_go_negative boolean NOT NULL,
    CONSTRAINT ledger_balance_never_negative CHECK (amount >= 0 OR may_go_negative)
) WITH (fillfactor = 50);

-- The texts whose SHA-256 is the fingerprint. docs/decisions/0024-ledger.md describes them. They are
-- STABLE, as concat and to_char are, so that they become part of the statement that calls them.

CREATE FUNCTION ledger_instant(at timestamptz) RETURNS text LANGUAGE sql STABLE
RETURN to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');

CREATE FUNCTION ledger_digest(text text) RETURNS bytea LANGUAGE sql STABLE
RETURN sha256(convert_to(text, 'UTF8'));

CREATE FUNCTION ledger_book_text(public_id text, unit text, opened_at timestamptz)
RETURNS text LANGUAGE sql STABLE
RETURN concat(E'mingtian book 1\nbook ', public_id, E'\nunit ', unit,
              E'\nopened ', ledger_instant(opened_at), E'\n');

CREATE FUNCTION ledger_account_text(
    public_id text, book text, owner text, kind text, measure text, purpose text,
    opened_at timestamptz
) RETURNS text LANGUAGE sql STABLE
RETURN concat(E'mingtian account 1\naccount ', public_id, E'\nbook ', book, E'\nowner ', owner,
              E'\nkind ', kind, E'\nmeasure ', measure, E'\npurpose ', purpose,
              E'\nopened ', ledger_instant(opened_at), E'\n');

CREATE FUNCTION ledger_line_text(place bigint, account bytea, amount bigint)
RETURNS text LANGUAGE sql STABLE
RETURN concat('line ', place, ' ', encode(account, 'hex'), ' ', amount, E'\n');

-- What follows the line with the entry before it.
CREATE FUNCTION ledger_entry_body(
    book text, number integer, public_id text, at timestamptz, made_by bigint, kind text,
    source text, reverses text, reason text, lines text
) RETURNS text LANGUAGE sql STABLE
RETURN concat(E'\nbook ', book, E'\nnumber ', number, E'\nentry ', public_id,
              E'\nat ', ledger_instant(at), E'\nby ', coalesce(made_by::text, '-'),
              E'\nkind ', kind, E'\nsource ', source, E'\nreverses ', coalesce(reverses, '-'),
              E'\nreason ', coalesce(nullif(reason, ''), '-'), E'\n', lines);

CREATE FUNCTION ledger_entry_digest(previous bytea, body text) RETURNS bytea LANGUAGE sql STABLE
RETURN ledger_digest(concat(E'mingtian entry 1\nprevious ', encode(previous, 'hex'), body));

-- Entries of a book by number: what they keep, what their rows give, and what their lines sum to.
CREATE FUNCTION ledger_recount(of_book integer, first integer, last integer)
RETURNS TABLE (
    number integer, public_id text, previous bytea, digest bytea, counted bytea, lines bigint,
    lopsided boolean
) LANGUAGE sql STABLE AS $$
    SELECT e.number, e.public_id, e.previous, e.digest,
           ledger_entry_digest(e.previous, ledger_entry_body(
               b.public_id, e.number, e.public_id, e.at, e.made_by, e.kind, e.source,
               r.public_id, e.reason, l.text)),
           l.lines,
           CASE WHEN l.measure = l.other THEN l.amount <> 0
                ELSE EXISTS (SELECT FROM ledger_line AS m
                             JOIN ledger_account AS a ON a.id = m.account_id
                             WHERE m.book_id = of_book AND m.number = e.number
                             GROUP BY a.measure HAVING sum(m.amount) <> 0) END
    FROM ledger_entry AS e
    JOIN ledger_book AS b ON b.id = e.book_id
    LEFT JOIN ledger_entry AS r ON r.id = e.reverses_id
    -- By entry, so that no plan can join all lines with all entries.
    CROSS JOIN LATERAL (
        SELECT string_agg(ledger_line_text(line.position, a.digest, line.amount), ''
                          ORDER BY line.position) AS text,
               count(*) AS lines, sum(line.amount) AS amount,
               min(a.measure) AS measure, max(a.measure) AS other
        FROM ledger_line AS line JOIN ledger_account AS a ON a.id = line.account_id
        WHERE line.book_id = of_book AND line.number = e.number
    ) AS l
    WHERE e.book_id = of_book AND e.number BETWEEN first AND last
$$;

-- Books and accounts: the database writes their fingerprints.

CREATE FUNCTION ledger_open_book() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.entries := 0;
    NEW.head := (SELECT ledger_digest(ledger_book_text(NEW.public_id, u.public_id, NEW.opened_at))
                 FROM org_unit AS u WHERE u.id = NEW.unit_id);
    RETURN NEW;
END $$;

CREATE TRIGGER ledger_book_opens BEFORE INSERT ON ledger_book
FOR EACH ROW EXECUTE FUNCTION ledger_open_book();

CREATE FUNCTION ledger_open_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.may_go_negative := NEW.kind = 'source';
    NEW.closed_at := NULL;
    NEW.digest := (SELECT ledger_digest(ledger_account_text(
        NEW.public_id, b.public_id, u.public_id, NEW.kind, NEW.measure, NEW.purpose, NEW.opened_at))
        FROM ledger_book AS b, org_unit AS u WHERE b.id = NEW.book_id AND u.id = NEW.owner_id);
    RETURN NEW;
END $$;

CREATE TRIGGER ledger_account_opens BEFORE INSERT ON ledger_account
FOR EACH ROW EXECUTE FUNCTION ledger_open_account();

CREATE FUNCTION ledger_start_balance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO ledger_balance (account_id, amount, may_go_negative)
    VALUES (NEW.id, 0, NEW.may_go_negative);
    RETURN NULL;
END $$;

CREATE TRIGGER ledger_account_starts AFTER INSERT ON ledger_account
FOR EACH ROW EXECUTE FUNCTION ledger_start_balance();

-- Of an account nothing changes but that it is closed, once, and empty.
CREATE FUNCTION ledger_close_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM ledger_book WHERE id = OLD.book_id FOR NO KEY UPDATE;
    IF OLD.closed_at IS NOT NULL OR NEW.closed_at IS NULL
       OR to_jsonb(OLD) - 'closed_at' <> to_jsonb(NEW) - 'closed_at'
    THEN
        RAISE EXCEPTION 'an account of the books does not change';
    END IF;
    IF (SELECT amount FROM ledger_balance WHERE account_id = OLD.id) <> 0 THEN
        RAISE EXCEPTION 'ledger_account_not_empty' USING ERRCODE = 'LG000';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER ledger_account_closes BEFORE UPDATE ON ledger_account
FOR EACH ROW EXECUTE FUNCTION ledger_close_account();

-- What stays as it is. Balances and heads move by the triggers of this file alone.

CREATE FUNCTION ledger_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the books do not change; post a reversal';
END $$;

CREATE TRIGGER ledger_line_stays BEFORE UPDATE OR DELETE ON ledger_line
FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER ledger_entry_stays BEFORE UPDATE OR DELETE ON ledger_entry
FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER ledger_account_stays BEFORE DELETE ON ledger_account
FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER ledger_book_stays BEFORE DELETE ON ledger_book
FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER ledger_book_moves BEFORE UPDATE ON ledger_book
FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER ledger_balance_stays BEFORE DELETE ON ledger_balance
FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER ledger_balance_moves BEFORE INSERT OR UPDATE ON ledger_balance
FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION ledger_refuse_change();

-- Lines come before their entry, never after it.
CREATE FUNCTION ledger_take_lines() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM ledger_book WHERE id IN (SELECT book_id FROM added) ORDER BY id FOR NO KEY UPDATE;
    IF EXISTS (SELECT FROM added JOIN ledger_book AS b ON b.id = added.book_id
               WHERE added.number <= b.entries) THEN
        RAISE EXCEPTION 'an entry of the books takes no further lines';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER ledger_line_comes AFTER INSERT ON ledger_line
REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ledger_take_lines();

-- The entry seals its lines.
CREATE FUNCTION ledger_seal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    part record;
    book ledger_book;
BEGIN
    FOR part IN SELECT book_id, min(number) AS first, max(number) AS last, count(*) AS entries
                FROM added GROUP BY book_id ORDER BY book_id LOOP
        SELECT * INTO book FROM ledger_book WHERE id = part.book_id FOR NO KEY UPDATE;
        IF part.first <> book.entries + 1 OR part.last <> book.entries + part.entries THEN
            RAISE EXCEPTION 'entries of a book are numbered one after the other';
        END IF;
        PERFORM ledger_check_chain(part.book_id, part.first, part.last, book.head);
        PERFORM ledger_check_reversals(part.book_id, part.first, part.last);
        PERFORM ledger_move_balances(part.book_id, part.first, part.last);
        UPDATE ledger_book SET entries = part.last, head = (
            SELECT digest FROM ledger_entry WHERE book_id = part.book_id AND number = part.last)
        WHERE id = part.book_id;
    END LOOP;
    RETURN NULL;
END $$;

CREATE TRIGGER ledger_entry_seals AFTER INSERT ON ledger_entry
REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ledger_seal();

CREATE FUNCTION ledger_check_chain(of_book integer, first integer, last integer, head bytea)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    seen record;
BEGIN
    SELECT bool_or(e.lines < 2) AS short, bool_or(e.lopsided) AS lopsided,
           bool_or(e.digest <> e.counted OR e.previous <> e.before) AS broken
    INTO seen
    FROM (SELECT *, coalesce(lag(digest) OVER (ORDER BY number), head) AS before
          FROM ledger_recount(of_book, first, last)) AS e;
    IF seen.short THEN
        RAISE EXCEPTION 'ledger_too_few_lines' USING ERRCODE = 'LG000';
    ELSIF seen.lopsided THEN
        RAISE EXCEPTION 'ledger_unbalanced' USING ERRCODE = 'LG000';
    ELSIF seen.broken THEN
        RAISE EXCEPTION 'an entry of the books does not follow the one before it';
    END IF;
END $$;

-- A reversal undoes an entry of its own book line by line, and is not undone itself.
CREATE FUNCTION ledger_check_reversals(of_book integer, first integer, last integer)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    back record;
BEGIN
    FOR back IN SELECT e.number, r.number AS undone, r.book_id, r.reverses_id
                FROM ledger_entry AS e JOIN ledger_entry AS r ON r.id = e.reverses_id
                WHERE e.book_id = of_book AND e.number BETWEEN first AND last LOOP
        IF back.reverses_id IS NOT NULL THEN
            RAISE EXCEPTION 'ledger_is_a_reversal' USING ERRCODE = 'LG000';
        ELSIF back.book_id <> of_book OR EXISTS (
            SELECT account_id FROM ledger_line
            WHERE book_id = of_book AND number IN (back.number, back.undone)
            GROUP BY account_id HAVING sum(amount) <> 0)
        THEN
            RAISE EXCEPTION 'a reversal undoes its entry, no more and no less';
        END IF;
    END LOOP;
END $$;

-- Add the lines to the balances, in the order of accounts. After none of the entries is an account
-- below zero, not only after the last of them.
CREATE FUNCTION ledger_move_balances(of_book integer, first integer, last integer)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    short record;
BEGIN
    IF EXISTS (SELECT FROM ledger_line AS l JOIN ledger_account AS a ON a.id = l.account_id
               WHERE l.book_id = of_book AND l.number BETWEEN first AND last
                 AND a.closed_at IS NOT NULL) THEN
        RAISE EXCEPTION 'ledger_account_closed' USING ERRCODE = 'LG000';
    END IF;
    PERFORM FROM ledger_balance
    WHERE account_id IN (SELECT account_id FROM ledger_line
                         WHERE book_id = of_book AND number BETWEEN first AND last)
    ORDER BY account_id FOR NO KEY UPDATE;
    SELECT step.account_id, step.available, step.change INTO short
    FROM (
        SELECT l.number, l.account_id, b.may_go_negative, sum(l.amount) AS change,
               b.amount + sum(sum(l.amount)) OVER (PARTITION BY l.account_id ORDER BY l.number)
                   - sum(l.amount) AS available
        FROM ledger_line AS l JOIN ledger_balance AS b USING (account_id)
        WHERE l.book_id = of_book AND l.number BETWEEN first AND last
        GROUP BY l.number, l.account_id, b.amount, b.may_go_negative
    ) AS step
    WHERE step.available + step.change < 0 AND NOT step.may_go_negative
    ORDER BY step.number, step.account_id LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'ledger_fund_empty' USING ERRCODE = 'LG000', DETAIL = (
            SELECT json_build_object('account', a.public_id, 'measure', a.measure,
                                     'available', short.available::bigint,
                                     'needed', -short.change::bigint)
            FROM ledger_account AS a WHERE a.id = short.account_id);
    END IF;
    UPDATE ledger_balance AS b SET amount = b.amount + moved.amount
    FROM (SELECT account_id, sum(amount) AS amount FROM ledger_line
          WHERE book_id = of_book AND number BETWEEN first AND last
          GROUP BY account_id) AS moved
    WHERE b.account_id = moved.account_id;
END $$;

-- Post entries of one book. What has been posted from a source already is left as it is. Returns
-- the entries of these sources, those of before as well; ``fresh`` tells them apart. The lines come
-- as three arrays, each line with the place (from 1) of its entry.
CREATE FUNCTION ledger_post(
    of_book integer, made_at timestamptz, maker bigint,
    public_ids text[], kinds text[], sources text[], undone bigint[], reasons text[],
    line_entries integer[], line_accounts integer[], amounts bigint[]
) RETURNS TABLE (
    id bigint, public_id text, number integer, at timestamptz, made_by bigint, kind text,
    source text, reason text, digest bytea, fresh boolean
) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    book ledger_book;
    places integer[];
    digests bytea[] := '{}';
    before bytea[] := '{}';
    chained bytea;
    body text;
BEGIN
    SELECT * INTO book FROM ledger_book AS b WHERE b.id = of_book FOR NO KEY UPDATE;
    SELECT array_agg(asked.place ORDER BY asked.place) INTO places
    FROM unnest(sources) WITH ORDINALITY AS asked (source, place)
    WHERE NOT EXISTS (SELECT FROM ledger_entry AS e WHERE e.source = asked.source);
    INSERT INTO ledger_line (book_id, number, position, account_id, amount)
    SELECT of_book, book.entries + new.rank,
           row_number() OVER (PARTITION BY new.rank ORDER BY l.place), l.account, l.amount
    FROM unnest(line_entries, line_accounts, amounts)
         WITH ORDINALITY AS l (entry, account, amount, place)
    JOIN unnest(places) WITH ORDINALITY AS new (entry, rank) USING (entry);
    chained := book.head;
    FOR body IN
        SELECT ledger_entry_body(
                   book.public_id, (book.entries + new.rank)::integer, public_ids[new.entry],
                   made_at, maker, kinds[new.entry], sources[new.entry], r.public_id,
                   reasons[new.entry], l.text)
        FROM unnest(places) WITH ORDINALITY AS new (entry, rank)
        LEFT JOIN ledger_entry AS r ON r.id = undone[new.entry]
        LEFT JOIN (
            SELECT l.entry, string_agg(ledger_line_text(l.position, a.digest, l.amount), ''
                                       ORDER BY l.position) AS text
            FROM (SELECT entry, account, amount,
                         row_number() OVER (PARTITION BY entry ORDER BY place) AS position
                  FROM unnest(line_entries, line_accounts, amounts)
                       WITH ORDINALITY AS each (entry, account, amount, place)) AS l
            JOIN ledger_account AS a ON a.id = l.account
            GROUP BY l.entry
        ) AS l ON l.entry = new.entry
        ORDER BY new.rank
    LOOP
        before := before || chained;
        chained := ledger_entry_digest(chained, body);
        digests := digests || chained;
    END LOOP;
    INSERT INTO ledger_entry (book_id, number, public_id, at, made_by, kind, source, reverses_id,
                              reason, previous, digest)
    SELECT of_book, book.entries + new.rank, public_ids[new.entry], made_at, maker,
           kinds[new.entry], sources[new.entry], undone[new.entry], reasons[new.entry],
           new.previous, new.digest
    FROM unnest(places, before, digests)
         WITH ORDINALITY AS new (entry, previous, digest, rank)
    ORDER BY new.rank;
    RETURN QUERY
    SELECT e.id, e.public_id::text, e.number, e.at, e.made_by, e.kind::text, e.source::text,
           e.reason::text, e.digest, e.book_id = of_book AND e.number > book.entries
    FROM ledger_entry AS e WHERE e.source = ANY (sources);
END $$;
