"""200,000 records of 12 states with their texts in the index, written past the triggers for speed.

What the triggers keep is written as they would; ``check`` touches a sample and sees no difference.
"""

import random
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from django.db import connections

from rtopnet.audit.public import record_deed
from rtopnet.kernel.acting import Capacity, acting_for
from rtopnet.network.models import Account, Holding, Post, Region, State
from rtopnet.sharing import searched
from rtopnet.sharing.services.search import _vector
from rtopnet.sharing.wording import language_of, tokens_of, words_of

STATES, RECORDS, BATCH = 12, 200_000, 5_000
TEXTS, WORDS = 4_000, 60
KNOWN_WORDS = {"village": 3, "checkpoint": 50, "ferryman": 2_000}
SENTENCES = (
    "រដ្ឋាភិបាលបានប្រកាសពីការជម្លៀសប្រជាជនចេញពីភូមិក្បែរព្រំដែន",
    "ລັດຖະບານໄດ້ປະກາດການຍົກຍ້າຍປະຊາຊົນອອກຈາກໝູ່ບ້ານໃກ້ຊາຍແດນ",
    "รัฐบาลประกาศอพยพประชาชนออกจากหมู่บ้านใกล้ชายแดน",
    "အစိုးရက နယ်စပ်အနီးရှိ ကျေးရွာများမှ ပြည်သူများကို ရွှေ့ပြောင်းကြောင်း ကြေညာခဲ့သည်",
    "Chính phủ tuyên bố di dời người dân khỏi các làng gần biên giới",
)
"""One sentence that tells of people moved from villages near a border, as reports might."""
DECIDING = "owner, desk, readers, open_from, open_to"
COLUMNS = {
    "sharing_record": "id, region_id, owner_state_id, kind, marking, chatham_house, open_to_contributors, "
    "existence_only, oldest_version, embargo_until, expires_at, released_at, recalled_at, drafted_by_id, "
    f"drafted_at, {DECIDING}",
    "sharing_addressee": f"id, record_id, reach, state_id, {DECIDING}",
    "sharing_existence": "record_id, owner_state_id, kind, released_on, recalled_at, owner, knowers, "
    "known_from",
    "sharing_recordtext": f"id, record_id, version, past, title, body, written_by_id, written_at, {DECIDING}",
    "sharing_searchentry": "id, record_id, source_table, source, title, text, language, words, tokens, "
    f"{DECIDING}",
}
FOREVER = datetime(9000, 1, 1, tzinfo=UTC)


class Network:
    """A region of fictional states, each with a focal point who has an account."""

    def __init__(self) -> None:
        with acting_for(Capacity.INSTALLATION):
            self.region = Region.objects.create(
                slug="archipelago",
                names={"en": "Archipelago"},
                kind="exercise",
                working_language="en",
                pack_sha256="0" * 64,
            )
            self.states, self.desks = [], {}
            for number in range(STATES):
                self._add(f"XA{chr(65 + number)}", number)
            record_deed(verb="made", kind="network.region", subject=self.region.pk, region=self.region.pk)

    def _add(self, iso3, number) -> None:
        state = State.objects.create(
            region=self.region,
            iso3=iso3,
            gw_id=9100 + number,
            names={"en": f"State {iso3}"},
            capital="Harbour",
            time_zones=["UTC"],
        )
        post = Post.objects.create(
            region=self.region,
            key=iso3.lower(),
            kind="focal_point",
            state=state,
            titles={"en": "Focal point"},
        )
        account = Account.objects.create(region=self.region, email=f"{iso3.lower()}@bench.example", name=iso3)
        Holding.objects.create(
            region=self.region, post=post, account=account, starts_at=datetime(2020, 1, 1, tzinfo=UTC)
        )
        self.states.append(state.pk)
        self.desks[state.pk] = account.pk


def write_records(network, *, count=RECORDS, server, seed=1):
    """Fill the tables of records, their existence, texts and index; ``server`` is the embedded one."""
    import psycopg

    draws = random.Random(seed)  # noqa: S311 -- made-up texts
    texts = made_up_texts(draws)
    peoples = people_principals(network.states)
    with psycopg.connect(server.url(user="postgres"), autocommit=False) as connection:
        connection.execute("SET session_replication_role = replica")
        for start in range(0, count, BATCH):
            rows = {table: [] for table in COLUMNS}
            for number in range(start, min(start + BATCH, count)):
                for table, row in one_record(draws, network, peoples, texts, number, count):
                    rows[table].append(row)
            for table, columns in COLUMNS.items():
                with connection.cursor().copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                    for row in rows[table]:
                        copy.write_row(row)
        # An index built at once is an index like any other, only sooner.
        connection.execute("SET maintenance_work_mem = '1GB'")
        connection.execute("DROP INDEX sharing_posting_tokens")
        connection.execute(POSTINGS)
        connection.execute(POSTINGS_INDEX)
        connection.commit()
        connection.autocommit = True
        connection.execute("VACUUM ANALYZE")


POSTINGS = """
INSERT INTO sharing_posting (entry, principal, at, tokens)
SELECT e.id, w.principal, w.at,
    array_to_tsvector(ARRAY(SELECT key || t FROM unnest(e.tokens) t))
FROM sharing_searchentry e JOIN sharing_record r ON r.id = e.record_id
CROSS JOIN LATERAL (
    SELECT principal, min(at) AS at FROM (
        SELECT e.owner AS principal, coalesce(r.released_at, r.drafted_at) AS at
        UNION ALL SELECT unnest(e.readers), e.open_from
        WHERE e.open_from IS NOT NULL AND e.open_to > statement_timestamp()
    ) every GROUP BY principal
) w
CROSS JOIN LATERAL sharing_key(w.principal, sharing_quarter(w.at)) key
"""
POSTINGS_INDEX = next(
    line for line in searched.POSTINGS.splitlines() if line.startswith("CREATE INDEX sharing_posting_tokens")
)


def people_principals(states):
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT s, sharing_people(s) FROM unnest(%s::uuid[]) s", [states])
        return dict(cursor.fetchall())


def made_up_words(draws, count):
    parts = ["ba", "ke", "lo", "mi", "nu", "ra", "se", "to", "vi", "da", "pon", "ler", "sta", "tri", "gan"]
    return ["".join(draws.choices(parts, k=draws.randint(2, 4))) + str(number % 7) for number in range(count)]


def made_up_texts(draws):
    """Texts to draw from, split once: title, body, language, words and tokens of each."""
    vocabulary = made_up_words(draws, 20_000)
    texts = []
    for number in range(TEXTS):
        # As in real texts a few words are everywhere and most are rare.
        words = [vocabulary[int(len(vocabulary) * draws.random() ** 3)] for _ in range(WORDS)]
        words.insert(draws.randrange(WORDS), SENTENCES[number % 5])
        title, body = " ".join(words[:6]), " ".join(words[6:])
        vector = _vector(words_of(title), words_of(body))
        texts.append((title, body, language_of(body), vector, tokens_of(f"{title}\n{body}")))
    return texts


def with_known_words(number, text):
    """The text with a word that a third, a fiftieth or a two-thousandth of all hold."""
    title, body, language, vector, tokens = text
    known = [word for word, every in KNOWN_WORDS.items() if number % every == 0]
    words = "".join(f" '{word}':{WORDS + 90 + place}" for place, word in enumerate(known))
    return title, " ".join([body, *known]), language, vector + words, tokens + known


def one_record(draws, network, peoples, texts, number, count):
    """Rows for each table of one record; ages are spread over five years, the latest last."""
    record, owner = uuid4(), draws.choice(network.states)
    drafted = datetime.now(UTC) - timedelta(days=1 + 1825 * (count - number) / count)
    shape = draws.random()
    marking, reach, states = (2, 1, draws.sample(network.states, draws.randint(1, 4)))
    if shape > 0.75:
        marking, reach, states = 3, 3, []
    if shape > 0.95:
        marking, reach = 4, 4
    released = drafted + timedelta(hours=5) if draws.random() > 0.25 else None
    embargo = released + timedelta(days=4000) if released and draws.random() < 0.02 else None
    recalled = released + timedelta(hours=9) if released and not embargo and draws.random() < 0.03 else None
    readers = sorted(peoples[state] for state in states) or [network.region.pk if reach == 3 else UUID(int=0)]
    open_from = max(released, embargo or released) if released else None
    open_to = recalled or FOREVER
    deciding = (owner, owner, readers, open_from, open_to)
    by, kind = network.desks[owner], draws.choice(["report", "signal", "assessment", "minutes"])
    title, body, language, vector, tokens = with_known_words(number, draws.choice(texts))
    yield (
        "sharing_record",
        (
            *(record, network.region.pk, owner, kind, marking, False, False, False, 1),
            *(embargo, None, released, recalled, by, drafted, *deciding),
        ),
    )
    for state in states or [None]:
        yield "sharing_addressee", (uuid4(), record, reach, state, *deciding)
    known = open_from if open_from and open_from < open_to else None
    yield "sharing_existence", (record, owner, kind, known and known.date(), recalled, owner, readers, known)
    yield "sharing_recordtext", (uuid4(), record, 1, False, title, body, by, drafted, *deciding)
    yield (
        "sharing_searchentry",
        (*(uuid4(), record, "sharing_record", record, title, body, language, vector, tokens, *deciding),),
    )


def check():
    """A sample of rows, once the triggers have had their say, is as it was written."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute(f"CREATE TEMP TABLE was AS SELECT id, {DECIDING} FROM sharing_record LIMIT 200")  # noqa: S608 -- our own text
        cursor.execute("UPDATE sharing_record SET id = id WHERE id IN (SELECT id FROM was)")
        cursor.execute(
            "SELECT count(*) FROM was JOIN sharing_record r USING (id) WHERE (was.owner, was.desk, "
            "was.readers, was.open_from, was.open_to) IS DISTINCT FROM (r.owner, r.desk, r.readers, "
            "r.open_from, r.open_to)"
        )
        different = cursor.fetchone()[0]
        cursor.execute("ROLLBACK")
    if different:
        raise SystemExit(f"bench: {different} of 200 records are not as the triggers would keep them")
