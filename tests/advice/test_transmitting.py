"""What goes to the office: a record of its own, signed files, mails; and what comes back."""

import io
import json
from hashlib import sha256

import pikepdf
import pypdfium2
import pytest
import stix2
from django.core import mail
from stix2validator import ValidationOptions, validate_parsed_json

from rtopnet.advice.bundles import MARKINGS, tlp_marking
from rtopnet.advice.public import (
    AnswerEmptyError,
    ReferenceBlocksError,
    Stage,
    StageRefusedError,
    acknowledge_advice,
    advice_register,
    answer_advice,
    close_advice,
    file_contents,
    follow_up,
    send_letters,
    sent_page,
    transmit_paper,
)
from rtopnet.config.verify import verify
from rtopnet.kernel.acting import acting_as
from rtopnet.meetings.public import Promise, proposal_page
from rtopnet.network.models import Post
from rtopnet.sharing.public import (
    Marking,
    OwnerDecidesError,
    RecordHeldError,
    RecordNotInSightError,
    recall_record,
    record_sheet,
)
from tests.advice.papers import (
    OFFICE,
    REEF,
    cleared,
    desk,
    drafted,
    page_for,
    report,
    seen_by,
    transmitted,
)

pytestmark = pytest.mark.django_db
PLAIN = ValidationOptions(version="2.1")
STRICT = ValidationOptions(version="2.1", strict=True)
RESERVED = "As far as our law allows."


def files(world, sent, code=OFFICE):
    return {name: content for name, _kind, content in seen_by(world, code, file_contents, sent)}


def one(found, ending):
    return next(content for name, content in found.items() if name.endswith(ending))


def is_valid(bundle):
    return validate_parsed_json(bundle, STRICT).is_valid


@pytest.fixture
def going(world):
    """A paper that rests on a record, with a reservation, on its way: paper and transmission."""
    return transmitted(world, cited=[report(world)], reservation=RESERVED, about=("XAB",))


def test_only_what_is_cleared_goes_and_goes_once(world):
    draft = drafted(world)
    with pytest.raises(StageRefusedError):
        transmit_paper(by=desk(world, "XAA"), record=draft)
    record = cleared(world)
    with pytest.raises(OwnerDecidesError):
        transmit_paper(by=desk(world, "XAB"), record=record)
    transmit_paper(by=desk(world, "XAA"), record=record)
    with pytest.raises(StageRefusedError):
        transmit_paper(by=desk(world, "XAA"), record=record)


def test_what_was_taken_back_meanwhile_does_not_travel(world):
    cited = report(world)
    record = cleared(world, cited=[cited])
    with acting_as(desk(world, "XAA")):
        owner = record_sheet(cited).owner
    code = next(code for code, row in world.states.items() if row.pk == owner)
    recall_record(by=desk(world, code), record=cited)
    with pytest.raises(ReferenceBlocksError):
        transmit_paper(by=desk(world, "XAA"), record=record)


def test_the_office_reads_what_was_transmitted_and_nothing_of_how_it_was_cleared(world, going):
    paper, sent = going
    page = seen_by(world, OFFICE, sent_page, sent)
    assert "Boats cross by night. [1]" in page.sheet.body
    assert f"Reservation of State XAC\n\n{RESERVED}" in page.sheet.body
    assert (page.is_office, page.paper, page.stage) == (True, None, Stage.TRANSMITTED)
    assert page_for(world, paper, OFFICE) is None
    assert seen_by(world, OFFICE, proposal_page, paper) is None


def test_those_who_cleared_it_read_the_transmission_too(world, going):
    paper, sent = going
    for code in (*REEF, "secretariat"):
        assert page_for(world, paper, code).sent == sent
        assert seen_by(world, code, sent_page, sent).paper == paper
    assert seen_by(world, "XBA", sent_page, sent) is None


def test_of_a_closed_circle_nobody_else_learns(world):
    paper, sent = transmitted(world, "XAA", "XAB")
    assert seen_by(world, OFFICE, sent_page, sent).sheet.marking is Marking.AMBER
    assert seen_by(world, "XAC", sent_page, sent) is None
    assert page_for(world, paper, "XAC") is None
    assert seen_by(world, "XAC", advice_register).lines == ()


def test_what_was_transmitted_is_not_taken_back(world, going):
    with pytest.raises(RecordHeldError):
        recall_record(by=desk(world, "XAA"), record=going[1])
    assert seen_by(world, "XAA", record_sheet, going[1]).held


def test_the_pdf_is_an_archival_one_that_says_all(world, going):
    pdf = one(files(world, going[1]), ".pdf")
    with pikepdf.open(io.BytesIO(pdf)) as found:
        assert found.open_metadata().pdfa_status == "2B"
        assert not found.is_encrypted
        (intent,) = found.Root.OutputIntents
        assert intent.S == "/GTS_PDFA1"
        assert "/DestOutputProfile" in intent
        assert all(has_its_faces(page) for page in found.pages)
    text = words_of(pdf)
    for said in ("TLP:GREEN", "To UN office, transmitted on", RESERVED, "Boats by night", "[1]", "REEF/"):
        assert said in text
    assert "Taken out by" not in text


def has_its_faces(page):
    fonts = list(page.Resources.Font.values())
    described = [font.DescendantFonts[0].FontDescriptor for font in fonts]
    return fonts and all({"/FontFile2", "/FontFile3"} & set(one.keys()) for one in described)


def words_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    texts = []
    for page in document:
        text = page.get_textpage()
        texts.append(text.get_text_range())
        text.close()
        page.close()
    document.close()
    return " ".join(" ".join(texts).split())


def test_the_bundle_is_valid_and_says_the_same(world, going):
    bundle = json.loads(one(files(world, going[1]), ".stix.json"))
    assert is_valid(bundle)
    by_type = {}
    for found in stix2.parse(bundle, version="2.1").objects:
        by_type.setdefault(found["type"], []).append(found)
    (report_object,) = by_type["report"]
    assert report_object.name == "Advice on the coast"
    assert [note.content for note in by_type["note"]] == [
        "Boats cross by night.",
        "Shelter is needed. [stated by the network itself]",
    ]
    assert by_type["note"][0].external_references[0].description == "Boats by night; How many boats"
    (opinion,) = by_type["opinion"]
    assert (opinion.explanation, opinion.opinion, opinion.authors) == (RESERVED, "neutral", ["State XAC"])
    assert {one.name for one in by_type["identity"]} == {"State XAA", "UN office", "State XAC"}
    (marking,) = by_type["marking-definition"]
    marked = [found for kind, several in by_type.items() if kind != "marking-definition" for found in several]
    assert all(found.object_marking_refs == [marking.id] for found in marked)


@pytest.mark.parametrize("marking", Marking)
def test_markings_are_those_of_the_standard(marking):
    level, found = MARKINGS[marking]
    definition = json.loads(tlp_marking(marking).serialize())
    assert definition["id"] == f"marking-definition--{found}"
    assert "definition_type" not in definition
    assert definition["name"] == f"TLP:{level.upper()}"


def test_a_faulty_bundle_is_not_taken_for_a_valid_one():
    from pathlib import Path

    samples = Path(__file__).resolve().parents[3] / "shared/reference/synthetic"
    if not samples.is_dir():
        pytest.skip("the samples are not at hand")
    sound, faulty = (
        validate_parsed_json(json.loads((samples / f"stix_bundle_{name}.json").read_text()), PLAIN)
        for name in ("tlp2", "invalid")
    )
    # The sample names a country that is none, which is all that being strict adds to its faults.
    assert (sound.is_valid, faulty.is_valid) == (True, False)


def test_every_file_is_checked_offline(world, going, tmp_path, capsys):
    found = files(world, going[1])
    for name, content in found.items():
        (tmp_path / name).write_bytes(content)
    signed = [name for name in found if not name.endswith(".sig.json")]
    assert len(signed) == 3
    for name in signed:
        assert verify([str(tmp_path / name)]) == 0
    said = capsys.readouterr().out
    assert "to: UN office" in said
    assert "marking: TLP:GREEN" in said
    manifest = json.loads(one(found, ".manifest.json"))
    for listed in manifest["files"]:
        assert sha256(found[listed["name"]]).hexdigest() == listed["sha256"]
    spoiled = tmp_path / manifest["files"][0]["name"]
    spoiled.write_bytes(spoiled.read_bytes() + b" ")
    assert verify([str(spoiled)]) == 1


def test_the_office_is_written_to_once_with_the_files_where_they_may_lie_outside(world, going):
    region = world.regions["reef"].pk
    assert send_letters(record=going[1], region=region) == 1
    assert send_letters(record=going[1], region=region) == 0
    (letter,) = mail.outbox
    assert "Advice on the coast" in letter.subject
    assert len(letter.attachments) == 6
    assert str(going[1]) in letter.body


def test_of_what_is_stricter_a_mail_says_only_that_something_waits(world):
    _paper, sent = transmitted(world, "XAA", "XAB")
    send_letters(record=sent, region=world.regions["reef"].pk)
    (letter,) = mail.outbox
    assert letter.attachments == []
    assert "Advice on the coast" not in letter.subject + letter.body
    assert "State XAA" not in letter.body


def test_it_is_acknowledged_answered_followed_up_and_closed(world, going):
    paper, sent = going
    office, owner = desk(world, OFFICE), desk(world, "XAA")
    with pytest.raises(StageRefusedError):
        answer_advice(by=office, record=sent, words="Too early.")
    acknowledge_advice(by=office, record=sent, words="Received.")
    with pytest.raises(AnswerEmptyError):
        answer_advice(by=office, record=sent, words=" ")
    answer_advice(by=office, record=sent, words="We send two advisers.")
    post = seen_by(world, "XAA", lambda: Post.objects.filter(state__iso3="XAA").first().pk)
    action = follow_up(by=owner, record=sent, promise=Promise("Receive the advisers", "", post))
    page = seen_by(world, "XAC", sent_page, sent)
    assert [step.what for step in page.steps] == ["acknowledged", "answered"]
    assert [line.title for line in page.actions] == ["Receive the advisers"]
    assert page_for(world, paper, "XAB").stage is Stage.FOLLOWED_UP
    assert seen_by(world, OFFICE, sent_page, sent).actions == ()
    assert seen_by(world, OFFICE, record_sheet, action) is None
    close_advice(by=owner, record=sent, words="The advisers came.")
    assert seen_by(world, OFFICE, sent_page, sent).stage is Stage.CLOSED
    with pytest.raises(StageRefusedError):
        answer_advice(by=office, record=sent, words="More.")


def test_nobody_acts_in_anothers_place(world, going):
    _paper, sent = going
    for code in ("XAA", "XAB", "secretariat"):
        with pytest.raises(OwnerDecidesError):
            acknowledge_advice(by=desk(world, code), record=sent)
    with pytest.raises(RecordNotInSightError):
        acknowledge_advice(by=desk(world, "XBA"), record=sent)
    with pytest.raises(OwnerDecidesError):
        close_advice(by=desk(world, OFFICE), record=sent)


def test_the_register_shows_all_that_one_may_read_and_how_long_each_step_took(world, going):
    drafted(world, title="Not yet")
    (line,) = seen_by(world, "XAB", advice_register).lines
    assert (line.title, line.stage, line.is_sent) == ("Advice on the coast", Stage.TRANSMITTED, False)
    assert [span.stage for span in line.spans][:2] == [Stage.DRAFT, Stage.CLEARANCE]
    assert [one.title for one in seen_by(world, "XAA", advice_register).lines] == [
        "Not yet",
        "Advice on the coast",
    ]
    (line,) = seen_by(world, OFFICE, advice_register).lines
    assert (line.record, line.is_sent) == (going[1], True)
    assert seen_by(world, "XBA", advice_register).lines == ()
