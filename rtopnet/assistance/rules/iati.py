"""Activities as the International Aid Transparency Initiative's standard 2.03 writes them; pure.

The order of elements is the schema's. Nothing but what the caller hands over gets in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from rtopnet.assistance.rules.words import Area, Flow

VERSION = "2.03"
GOVERNMENT, MULTILATERAL = "10", "40"
"""Kinds of organisation of the standard."""
_FUNDING, _IMPLEMENTING = "1", "4"
_PIPELINE, _RUNNING, _CLOSED = "1", "2", "4"
_PLANNED_START, _PLANNED_END = "1", "3"
_FLOWS = {Flow.PLEDGED: "12", Flow.COMMITTED: "2", Flow.DISBURSED: "3", Flow.IN_KIND: "3"}
"""Types of transaction; goods are disbursed at their value, and a description says so."""
_SECTORS = {
    Area.SAFETY: "15210",
    Area.JUSTICE: "15130",
    Area.POLITICS: "15220",
    Area.GOVERNMENT: "15110",
    Area.ECONOMY: "16020",
    Area.PREVENTION: "15220",
}
"""Purpose codes of the OECD's Development Assistance Committee: security system reform, legal and judicial
development, peace-building and prevention (twice), public sector policy, employment creation."""


@dataclass(frozen=True)
class Organisation:
    """A state or institution by a reference of its own, its name, and its kind in the standard."""

    ref: str
    name: str
    kind: str = GOVERNMENT


@dataclass(frozen=True)
class Transaction:
    """A step of a contribution."""

    flow: Flow
    amount: Decimal
    currency: str
    value_on: date
    giver: Organisation
    words: str = ""


@dataclass(frozen=True)
class Budget:
    """What something is expected to cost."""

    amount: Decimal
    currency: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class PublishedActivity:
    """A request and what is given for it, as far as anybody may read it."""

    identifier: str
    title: str
    description: str
    receiver: Organisation
    areas: Sequence[Area]
    starts_on: date
    ends_on: date
    budgets: Sequence[Budget] = ()
    transactions: Sequence[Transaction] = ()


def activities_file(
    activities: Sequence[PublishedActivity], *, publisher: Organisation, language: str, now: datetime
) -> bytes:
    """The file: UTF-8, with what each activity says in ``language``."""
    root = Element(
        "iati-activities", {"version": VERSION, "generated-datetime": now.isoformat(timespec="seconds")}
    )
    for activity in activities:
        _activity(root, activity, publisher, language, now)
    indent(root)
    text: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return text


def _activity(
    root: Element, activity: PublishedActivity, publisher: Organisation, language: str, now: datetime
) -> None:
    node = SubElement(
        root,
        "iati-activity",
        {"xml:lang": language, "last-updated-datetime": now.isoformat(timespec="seconds")},
    )
    SubElement(node, "iati-identifier").text = activity.identifier
    reporting = {"ref": publisher.ref, "type": publisher.kind, "secondary-reporter": "1"}
    _said(node, "reporting-org", publisher.name, reporting)
    _said(node, "title", activity.title)
    _said(node, "description", activity.description, {"type": "1"})
    for giver in dict.fromkeys(one.giver for one in activity.transactions):
        _organisation(node, giver, _FUNDING)
    _organisation(node, activity.receiver, _IMPLEMENTING)
    SubElement(node, "activity-status", {"code": _status(activity, now.date())})
    SubElement(node, "activity-date", {"type": _PLANNED_START, "iso-date": activity.starts_on.isoformat()})
    SubElement(node, "activity-date", {"type": _PLANNED_END, "iso-date": activity.ends_on.isoformat()})
    _sectors(node, activity.areas)
    for budget in activity.budgets:
        _budget(node, budget)
    for transaction in activity.transactions:
        _transaction(node, transaction, activity.receiver)


def _organisation(node: Element, one: Organisation, role: str) -> None:
    _said(node, "participating-org", one.name, {"ref": one.ref, "type": one.kind, "role": role})


def _sectors(node: Element, areas: Sequence[Area]) -> None:
    codes = list(dict.fromkeys(_SECTORS[area] for area in areas))
    for number, code in enumerate(codes):
        share = 100 // len(codes) + (1 if number < 100 % len(codes) else 0)
        SubElement(node, "sector", {"vocabulary": "1", "code": code, "percentage": str(share)})


def _budget(node: Element, budget: Budget) -> None:
    part = SubElement(node, "budget", {"type": "1", "status": "1"})
    SubElement(part, "period-start", {"iso-date": budget.starts_on.isoformat()})
    SubElement(part, "period-end", {"iso-date": budget.ends_on.isoformat()})
    _value(part, budget.amount, budget.currency, budget.starts_on)


def _transaction(node: Element, one: Transaction, receiver: Organisation) -> None:
    part = SubElement(node, "transaction")
    SubElement(part, "transaction-type", {"code": _FLOWS[one.flow]})
    SubElement(part, "transaction-date", {"iso-date": one.value_on.isoformat()})
    _value(part, one.amount, one.currency, one.value_on)
    words = one.words or ("In kind" if one.flow is Flow.IN_KIND else "")
    if words:
        _said(part, "description", words)
    _said(part, "provider-org", one.giver.name, {"ref": one.giver.ref, "type": one.giver.kind})
    _said(part, "receiver-org", receiver.name, {"ref": receiver.ref, "type": receiver.kind})


def _value(node: Element, amount: Decimal, currency: str, on: date) -> None:
    node = SubElement(node, "value", {"currency": currency, "value-date": on.isoformat()})
    node.text = f"{amount:f}"


def _said(node: Element, tag: str, text: str, attributes: dict[str, str] | None = None) -> None:
    SubElement(SubElement(node, tag, attributes or {}), "narrative").text = text


def _status(activity: PublishedActivity, today: date) -> str:
    if today < activity.starts_on:
        return _PIPELINE
    return _RUNNING if today <= activity.ends_on else _CLOSED
