"""Private facts of assessments: blind scores above all, then drafts, reasons, comments, minority views."""

from datetime import date, timedelta

from rtopnet.kernel.clock import now
from rtopnet.sharing.public import tell_readers
from rtopnet.warning.assessments.public import (
    Confidence,
    Presence,
    Scope,
    Scored,
    Trend,
    comment_on,
    conclude_assessment,
    draft_assessment,
    hand_in,
    keep_minority_view,
    open_scoring,
    reveal_scores,
    save_score,
)

PANEL = ("XAB", "XAC")
FACTORS = [str(number) for number in range(1, 15)]


def plant(leaks):
    """Of XAA about XAD: a draft, one that is scored blind, and one that is concluded."""
    found = Assessments(leaks)
    draft = found.drafted("a draft", lambda reader: found.is_desk(reader, "XAA"))
    blind = found.opened("in scoring")
    found.score_blind(blind)
    done = found.opened("concluded")
    found.conclude(done)
    leaks.ids["assessment"] = [draft, blind, done]
    leaks.ids["factor"] = ["1", "7"]
    leaks.ids["record"] += [blind, done]


class Assessments:
    """Knows who reads what of them."""

    def __init__(self, leaks):
        self.leaks = leaks

    def is_desk(self, reader, *codes):
        states = {self.leaks.world.states[code].pk for code in codes}
        roles = {"focal_point", "deputy"}
        return bool(reader) and any(seat.state in states and seat.role in roles for seat in reader.seats)

    def is_panel(self, reader, alone=""):
        accounts = {self.leaks.desk(code) for code in ([alone] if alone else PANEL)}
        return bool(reader) and reader.account in accounts and bool(reader.seats)

    def reads(self, reader):
        return self.is_desk(reader, "XAA") or self.is_panel(reader)

    def word(self, what, allowed):
        return self.leaks.word(f"assessments: {what}", allowed)

    def drafted(self, what, allowed):
        state = self.leaks.world.states["XAD"].pk
        scope = Scope(
            title=self.word(f"{what}, title", allowed),
            body=self.word(f"{what}, text", allowed),
            state=state,
            place=self.word(f"{what}, place", allowed),
            starts_on=date(2026, 1, 1),
            ends_on=date(2026, 3, 31),
            closes_at=now() + timedelta(days=5),
            assessors=[self.leaks.desk(code) for code in PANEL],
        )
        owner = self.leaks.world.states["XAA"].pk
        return draft_assessment(by=self.leaks.desk("XAA"), owner=owner, scope=scope)

    def opened(self, what):
        record = self.drafted(what, self.reads)
        open_scoring(by=self.leaks.desk("XAA"), record=record)
        tell_readers(record=record, about="released")
        return record

    def said(self, what, allowed, presence=Presence.PRESENT):
        return Scored(
            presence=presence,
            trend=Trend.WORSENING,
            confidence=Confidence.LOW,
            reason=self.word(f"{what}, reason", allowed),
            pages=[(f"https://{self.word(f'{what}, page', allowed)}.example", "A page")],
            contrary=self.word(f"{what}, contrary evidence", allowed),
        )

    def score_blind(self, record):
        for code in PANEL:
            for factor in ("1", "7"):
                words = self.said(
                    f"a blind score of {code}", lambda reader, code=code: self.is_panel(reader, code)
                )
                save_score(by=self.leaks.desk(code), record=record, code=factor, scored=words)

    def conclude(self, record):
        by = self.leaks.desk("XAA")
        for code in PANEL:
            words = self.said(f"a score of {code} that is shown", self.reads)
            for factor in FACTORS:
                save_score(by=self.leaks.desk(code), record=record, code=factor, scored=words)
            hand_in(by=self.leaks.desk(code), record=record)
        reveal_scores(by=by, record=record)
        comment_on(
            by=self.leaks.desk("XAB"), record=record, words=self.word("a comment", self.reads), code="7"
        )
        keep_minority_view(
            by=self.leaks.desk("XAC"), record=record, words=self.word("a minority view", self.reads)
        )
        conclude_assessment(by=by, record=record, words=self.word("a conclusion", self.reads))
        tell_readers(record=record, about="revised")
