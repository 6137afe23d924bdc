"""Search in the database: what stands in the index, who finds it, and the one function that looks it up.

Row security keeps full-text operators away from their index, so the look-up runs as the tables' owner and
holds the same condition as the row policies, made from the same text.
"""

from rtopnet.kernel.rowsecurity import TableRule
from rtopnet.sharing.deciding import MINE, OPEN_TO_ME, OWN, READ

READ_ENTRY = f"{OWN} OR (narrowed IS NULL OR narrowed && {MINE}) AND {OPEN_TO_ME}"
"""Of what is indexed: as the record, and as narrowly as its source."""

KEYS = """
-- 24 bits in four letters keep readers' words apart; a chance meeting costs time and shows nothing.
CREATE FUNCTION sharing_key(p_principal uuid, p_quarter integer) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS
$$ SELECT encode(substr(uuid_send(p_principal), 1, 3), 'base64') || chr(256 + greatest(0, p_quarter)) $$;

-- Quarters of years, counted: a look-up begins with the newest and ends where it has found enough.
CREATE FUNCTION sharing_quarter(p_at timestamptz) RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT greatest(0, (extract(year FROM p_at AT TIME ZONE 'UTC')::integer - 2000) * 4
        + extract(quarter FROM p_at AT TIME ZONE 'UTC')::integer - 1)
$$;

CREATE FUNCTION sharing_asked(p_key text, p_exact text[], p_beginnings text[]) RETURNS tsquery
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT string_agg(
        '''' || replace(replace(p_key || word, '\\', '\\\\'), '''', '''''') || '''' || ending, ' & ')::tsquery
    FROM (SELECT unnest(p_exact) AS word, '' AS ending UNION ALL SELECT unnest(p_beginnings), ':*') asked
    WHERE word <> ''
$$;
"""

POSTINGS = """
CREATE TABLE sharing_posting (
    entry uuid NOT NULL REFERENCES sharing_searchentry ON DELETE CASCADE,
    principal uuid NOT NULL,
    at timestamptz NOT NULL,
    tokens tsvector NOT NULL,
    PRIMARY KEY (entry, principal)
);
COMMENT ON TABLE sharing_posting IS 'closed';
-- Rows are visited for their dates alone; their words stay in the index and out of the way.
ALTER TABLE sharing_posting SET (toast_tuple_target = 128);
-- A pending list would make everybody's search slower after anybody's writing.
CREATE INDEX sharing_posting_latest ON sharing_posting (principal, at);
CREATE INDEX sharing_posting_tokens ON sharing_posting USING gin (tokens) WITH (fastupdate = off);
"""

TRIGGERS = """
CREATE FUNCTION sharing_take_source() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    found jsonb;
    source_table regclass := to_regclass(format('public.%I', NEW.source_table));
BEGIN
    NEW.owner := NULL; NEW.desk := NULL; NEW.readers := '{}'; NEW.narrowed := NULL;
    NEW.open_from := NULL; NEW.open_to := NULL;
    -- Only tables that tell when what decides changes; from any other the row's policy refuses.
    IF EXISTS (SELECT 1 FROM pg_trigger t JOIN pg_proc f ON f.oid = t.tgfoid
               WHERE t.tgrelid = source_table AND f.proname = 'sharing_spread_search') THEN
        EXECUTE format('SELECT to_jsonb(s) FROM %s s WHERE id = $1 AND %I = $2', source_table,
                       CASE WHEN NEW.source_table = 'sharing_record' THEN 'id' ELSE 'record_id' END)
        INTO found USING NEW.source, NEW.record_id;
        NEW.owner := found ->> 'owner'; NEW.desk := found ->> 'desk';
        NEW.open_from := found ->> 'open_from'; NEW.open_to := found ->> 'open_to';
        NEW.marking := found ->> 'marking';
        -- What its owner has taken back is the owner's alone.
        IF NOT coalesce((found ->> 'past')::boolean, false) THEN
            NEW.readers := ARRAY(SELECT r::uuid FROM jsonb_array_elements_text(found -> 'readers') r);
        END IF;
        IF found ? 'part_readers' THEN
            NEW.narrowed := ARRAY(SELECT r::uuid FROM jsonb_array_elements_text(found -> 'part_readers') r);
        END IF;
    END IF;
    RETURN NEW;
END $$;

-- Who is addressed meets an entry in no look-up before its release or after its recall, and before its
-- embargo only in a quarter that none begins with; the owner finds it where it was written or released.
CREATE FUNCTION sharing_post() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    is_out CONSTANT boolean := NEW.open_from IS NOT NULL AND NEW.open_to > statement_timestamp();
    mine timestamptz;
    principals uuid[];
    times timestamptz[];
BEGIN
    SELECT coalesce(released_at, drafted_at) INTO mine FROM sharing_record WHERE id = NEW.record_id;
    SELECT array_agg(principal), array_agg(at) INTO principals, times FROM (
        SELECT principal, min(at) AS at FROM (
            SELECT NEW.owner AS principal, mine AS at
            UNION ALL SELECT unnest(coalesce(NEW.narrowed, NEW.readers)), NEW.open_from WHERE is_out
        ) every WHERE principal IS NOT NULL GROUP BY principal
    ) once;
    DELETE FROM sharing_posting p WHERE p.entry = NEW.id AND (TG_OP = 'UPDATE' AND OLD.tokens <> NEW.tokens
        OR NOT EXISTS (SELECT 1 FROM unnest(principals, times) w (principal, at)
                       WHERE w.principal = p.principal AND w.at = p.at));
    INSERT INTO sharing_posting (entry, principal, at, tokens)
    SELECT NEW.id, w.principal, w.at, array_to_tsvector(ARRAY(
        SELECT sharing_key(w.principal, sharing_quarter(w.at)) || t FROM unnest(NEW.tokens) t))
    FROM unnest(principals, times) w (principal, at) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

CREATE FUNCTION sharing_spread_search() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE sharing_searchentry SET source = source WHERE source = NEW.id;
    RETURN NULL;
END $$;

CREATE FUNCTION sharing_forget_search() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    DELETE FROM sharing_searchentry WHERE source = OLD.id;
    RETURN NULL;
END $$;
CREATE TRIGGER sharing_searchentry_taken BEFORE INSERT OR UPDATE ON sharing_searchentry
    FOR EACH ROW EXECUTE FUNCTION sharing_take_source();
CREATE TRIGGER sharing_searchentry_post AFTER INSERT OR UPDATE ON sharing_searchentry
    FOR EACH ROW EXECUTE FUNCTION sharing_post();
"""


def search_function(read_entry: str = READ_ENTRY, read_record: str = READ) -> str:
    """SQL that makes the look-up: the newest that the acting account finds, with weights."""
    of_entry, of_record = read_entry.replace(MINE, "mine"), read_record.replace(MINE, "mine")
    return f"""
CREATE OR REPLACE FUNCTION sharing_search(p_exact text[], p_beginnings text[], p_words text[], p_most integer,
    p_kind text, p_owner uuid, p_marking integer, p_year integer, p_language text)
RETURNS TABLE (record uuid, entry uuid, weight real, at timestamptz, kind varchar, owner_body uuid,
    marking smallint, language varchar) LANGUAGE plpgsql STABLE SECURITY DEFINER
SET jit = off SET enable_seqscan = off SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    mine CONSTANT uuid[] := acting_principals();
    weighed CONSTANT tsquery := replace(sharing_asked('', p_words, p_beginnings)::text, '&', '|')::tsquery;
    oldest integer;
    newest integer := sharing_quarter(statement_timestamp());
    quarters integer := 1;
    given integer;
    missing integer := p_most;
    asked tsquery;
BEGIN
    SELECT sharing_quarter(min(first.at)) INTO oldest FROM unnest(mine) me
    CROSS JOIN LATERAL (SELECT at FROM sharing_posting WHERE principal = me ORDER BY at LIMIT 1) first;
    WHILE newest >= oldest AND missing > 0 LOOP
        SELECT string_agg('(' || sharing_asked(sharing_key(me, quarter), p_exact, p_beginnings)::text
                          || ')', '|') INTO asked
        FROM unnest(mine) AS me
        CROSS JOIN generate_series(greatest(oldest, newest - quarters + 1), newest) AS quarter;
        RETURN QUERY
        SELECT e.record_id, e.id, ts_rank(e.words, weighed), f.at, r.kind, r.desk,
            least(r.marking, e.marking), e.language
        FROM (
            SELECT p.entry, max(p.at) AS at FROM sharing_posting p
            WHERE p.tokens @@ asked GROUP BY p.entry ORDER BY max(p.at) DESC
        ) f
        CROSS JOIN LATERAL (SELECT * FROM sharing_searchentry WHERE id = f.entry AND ({of_entry})) e
        CROSS JOIN LATERAL (SELECT * FROM sharing_record WHERE id = e.record_id AND ({of_record})) r
        WHERE (p_kind IS NULL OR r.kind = p_kind) AND (p_owner IS NULL OR r.desk = p_owner)
            AND (p_marking IS NULL OR least(r.marking, e.marking) = p_marking)
            AND (p_year IS NULL OR extract(year FROM f.at AT TIME ZONE 'UTC') = p_year)
            AND (p_language IS NULL OR e.language = p_language)
        ORDER BY f.at DESC, e.id LIMIT missing;
        GET DIAGNOSTICS given = ROW_COUNT;
        missing := missing - given;
        newest := newest - quarters;
        quarters := quarters * 2;
    END LOOP;
END $$;
"""  # noqa: S608 -- the condition is our own text


NO_SEARCH = """
DROP FUNCTION sharing_search(text[], text[], text[], integer, text, uuid, integer, integer, text);
DROP TRIGGER sharing_searchentry_post ON sharing_searchentry;
DROP TRIGGER sharing_searchentry_taken ON sharing_searchentry;
DROP FUNCTION sharing_forget_search(), sharing_spread_search(), sharing_post(), sharing_take_source();
DROP TABLE sharing_posting;
DROP FUNCTION sharing_asked(text, text[], text[]), sharing_quarter(timestamptz), sharing_key(uuid, integer);
"""


class Searched(TableRule):
    """What is indexed of the table's rows follows what decides about them, and goes when they go.

    For tables with deciding columns and, unless it is the records' own, a ``record_id``.
    """

    def statements(self, table: str) -> tuple[str, ...]:
        return (
            f'CREATE TRIGGER "{self.name}" AFTER UPDATE ON {table} '
            "FOR EACH ROW EXECUTE FUNCTION sharing_spread_search()",
            f'CREATE TRIGGER "{self.name}_gone" AFTER DELETE ON {table} '
            "FOR EACH ROW EXECUTE FUNCTION sharing_forget_search()",
        )

    def undo_statements(self, table: str) -> tuple[str, ...]:
        return (f'DROP TRIGGER "{self.name}_gone" ON {table}', f'DROP TRIGGER "{self.name}" ON {table}')
