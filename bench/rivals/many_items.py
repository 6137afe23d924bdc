"""10,000 open and closed items of assistance of one focal point, written past the triggers for speed.

Requests of one's own and of others, offers made and received with their answers, deployments, appraisals and
roster entries; nineteen of twenty are over, as after some years.
"""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

FOREVER = datetime(9000, 1, 1, tzinfo=UTC)
DECIDING = "owner, desk, readers, open_from, open_to"
COLUMNS = {
    "sharing_record": "id, region_id, owner_state_id, kind, marking, chatham_house, open_to_contributors, "
    f"existence_only, oldest_version, released_at, drafted_by_id, drafted_at, {DECIDING}",
    "sharing_recordtext": f"id, record_id, version, past, title, body, written_by_id, written_at, {DECIDING}",
    "assistance_request": f"id, record_id, state_id, conditions, needed_by, closed_at, {DECIDING}",
    "assistance_progress": "id, record_id, submitted_at, submitted_by_id, completed_at, ended_at, "
    f"{DECIDING}",
    "assistance_need": "id, record_id, position, what, area, pillar, form, skills, level, languages, "
    f"clearances, number, starts_on, ends_on, place, currency, {DECIDING}",
    "assistance_offer": f"id, record_id, request_id, conditions, valid_until, {DECIDING}",
    "assistance_answer": f"id, record_id, state_id, outcome, words, by_id, at, {DECIDING}",
    "assistance_deployment": "id, record_id, request_id, place, contacts, starts_on, ends_on, begun_at, "
    f"ended_at, end_words, {DECIDING}",
    "assistance_participant": "id, record_id, body, offer_id, line, aid, number, entry, post_title, "
    f"{DECIDING}",
    "assistance_confirmation": f"id, record_id, participant_id, body, by_id, at, {DECIDING}",
    "assistance_appraisal": "id, record_id, deployment_id, about, as_agreed, fit_to_need, conduct, "
    f"{DECIDING}",
    "assistance_entry": "id, record_id, aid, post_title, person, skills, levels, skills_until, languages, "
    f"experience_years, number, periods, first_day, last_day, clearances, asks_again_on, {DECIDING}",
}


class Items:
    """Rows by table, for a network whose first state has them all in common with the second."""

    def __init__(self, network) -> None:
        self.network, self.rows = network, {table: [] for table in COLUMNS}
        self.now, self.today = datetime.now(UTC), date.today()  # noqa: DTZ011 -- days of made-up items

    def record(self, owner, kind, readers, number, *, released=True):
        """A record with its title; its id and what decides about it."""
        record, at = uuid4(), self.now - timedelta(hours=number + 1)
        deciding = (owner, owner, readers, at if released else None, FOREVER)
        by = self.network.desks[owner]
        self.rows["sharing_record"].append(
            (
                *(record, self.network.region.pk, owner, kind, 1, False, False, False, 1),
                *(at if released else None, by, at, *deciding),
            )
        )
        self.rows["sharing_recordtext"].append(
            (uuid4(), record, 1, False, f"{kind} {number}", "", by, at, *deciding)
        )
        return record, deciding

    def request(self, owner, other, number, *, is_over):
        """A request of ``owner`` that went to ``other``."""
        record, deciding = self.record(owner, "assistance_request", [other], number)
        over = self.now if is_over else None
        by = self.network.desks[owner]
        need = uuid4()
        self.rows["assistance_request"].append((uuid4(), record, owner, "", self.today, over, *deciding))
        self.rows["assistance_progress"].append((uuid4(), record, self.now, by, over, over, *deciding))
        self.rows["assistance_need"].append(
            (
                *(need, record, 1, "advisers", "justice", 2, "capacity", [], 1, [], [], 1),
                *(self.today, self.today, "", "", *deciding),
            )
        )
        return record, need

    def offer(self, owner, other, request, number, *, is_answered):
        """An offer of ``owner`` for a request of ``other``."""
        record, deciding = self.record(owner, "assistance_offer", [other], number)
        until = self.today + timedelta(days=30)
        self.rows["assistance_offer"].append((uuid4(), record, request, "", until, *deciding))
        if is_answered:
            self.rows["assistance_answer"].append(
                (uuid4(), record, other, "accepted", "", self.network.desks[other], self.now, *deciding)
            )
        return record

    def deployment(self, owner, other, request, offer, number, *, is_over):
        """A deployment of ``owner`` in which ``other`` takes part; judged by both once it is over."""
        record, deciding = self.record(owner, "deployment", [other], number)
        participant = uuid4()
        self.rows["assistance_deployment"].append(
            (
                *(uuid4(), record, request, "", "", self.today, self.today, self.now),
                *(self.now if is_over else None, "", *deciding),
            )
        )
        self.rows["assistance_participant"].append(
            (participant, record, other, offer, uuid4(), "experts", 1, None, "Post", *deciding)
        )
        by = self.network.desks[other]
        self.rows["assistance_confirmation"].append(
            (uuid4(), record, participant, other, by, self.now, *deciding)
        )
        if is_over:
            for judge, about in ((owner, other), (other, owner)):
                judged, deciding = self.record(judge, "appraisal", [about], number)
                self.rows["assistance_appraisal"].append((uuid4(), judged, record, about, 4, 4, 4, *deciding))

    def entry(self, owner, number, *, runs_out):
        """A roster entry."""
        record, deciding = self.record(owner, "roster_entry", [], number, released=False)
        until = self.today + timedelta(days=10 if runs_out else 400)
        self.rows["assistance_entry"].append(
            (
                *(uuid4(), record, "experts", "Post", "", ["mediation"], [2], [until], ["en"], 5, 1),
                *("[]", self.today, until, "[]", until, *deciding),
            )
        )

    def fill(self, each):
        """``each`` own requests with offers and work, as many of the other's, and roster entries."""
        me, other = self.network.states[:2]
        for number in range(each):
            is_over = number % 20 != 0
            for owner, helper in ((me, other), (other, me)):
                request, _ = self.request(owner, helper, number, is_over=is_over)
                offer = self.offer(helper, owner, request, number, is_answered=number % 40 != 0)
                if is_over:
                    self.deployment(owner, helper, request, offer, number, is_over=True)
            self.entry(me, number, runs_out=not is_over)

    def write(self, server):
        """Put all of it into the tables."""
        import psycopg

        with psycopg.connect(server.url(user="postgres"), autocommit=True) as connection:
            connection.execute("SET session_replication_role = replica")
            for table, columns in COLUMNS.items():
                with connection.cursor().copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                    for row in self.rows[table]:
                        copy.write_row(row)
            connection.execute("VACUUM ANALYZE")
