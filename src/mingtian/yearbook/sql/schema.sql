-- An edition stays as it was taken. Whoever goes past this is found by `mingtian audit verify`.
CREATE FUNCTION yearbook_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an edition of the book does not change';
END $$;

CREATE TRIGGER yearbook_edition_stays BEFORE UPDATE OR DELETE ON yearbook_edition
FOR EACH STATEMENT EXECUTE FUNCTION yearbook_refuse_change();
CREATE TRIGGER yearbook_cell_stays BEFORE UPDATE OR DELETE ON yearbook_cell
FOR EACH STATEMENT EXECUTE FUNCTION yearbook_refuse_change();
