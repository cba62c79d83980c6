"""The seal: nothing can be changed, added or moved unseen, and no file can do harm to who verifies it."""

from __future__ import annotations

import random
from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter

from mutu.course.outcome.certificate.keys import signing_key
from mutu.course.outcome.certificate.seal import code, read_code, read_seal, seal
from mutu.course.outcome.certificate.verify import LARGEST, read, verify
from mutu.errors import ReadError
from mutu.locale import use


@pytest.fixture
def key(tmp_path):
    return signing_key(tmp_path / "kunci")


def _page() -> bytes:
    out, writer = BytesIO(), PdfWriter()
    writer.add_blank_page(200, 100)
    writer.write(out)
    return out.getvalue()


@pytest.fixture
def sealed(key, facts):
    return seal(_page(), code(facts, key), key)


@pytest.fixture(autouse=True)
def english():
    with use("en"):
        yield


def test_a_sealed_file_is_a_pdf_as_before(sealed):
    assert len(PdfReader(BytesIO(sealed), strict=True).pages) == 1
    assert sealed.endswith(b"%%EOF\n")


def test_a_code_and_a_file_are_verified_with_the_public_key_alone(key, facts, sealed):
    for data, state in ((code(facts, key).encode(), None), (sealed, "intact")):
        verdict = verify(data, [key.public])
        assert (verdict.valid, verdict.file, verdict.facts, verdict.key) == (True, state, facts, key.public.shown)


def test_a_code_survives_what_telephones_put_around_it(key, facts):
    for around in ("{}\n", "  {}\r\n", "\ufeff{}"[1:]):
        assert verify(around.format(code(facts, key)).encode(), [key.public]).valid


def test_every_single_letter_of_a_code_counts(key, facts):
    text = code(facts, key)
    for at in range(len(text)):
        for letter in {"A", "1", "a", '"'} - {text[at]}:
            changed = text[:at] + letter + text[at + 1 :]
            assert not verify(changed.encode(), [key.public]).valid, (at, changed)


@pytest.mark.parametrize(
    "change", [{"name": "Budi"}, {"marks": {"skm": 99.0}}, {"no": "002"}, {"jp": 20}, {"id": "p02"}], ids=str
)
def test_facts_that_were_changed_are_found(key, facts, change):
    signature = code(facts, key).rpartition("} ")[2]
    forged = f"MUTU1 {facts.model_copy(update=change).as_text()} {signature}"
    verdict = verify(forged.encode(), [key.public])
    assert read_code(forged) is not None
    assert (verdict.valid, verdict.facts) == (False, None)
    assert "changed" in verdict.reason


def test_every_byte_of_a_file_counts(key, sealed):
    dice = random.Random(1)
    for at in [*dice.sample(range(10, len(sealed)), 300), *range(len(sealed) - 700, len(sealed) - 1)]:
        changed = bytearray(sealed)
        changed[at] ^= 1 << dice.randrange(7)
        assert not verify(bytes(changed), [key.public]).valid, at


def test_something_added_behind_the_seal_is_said_and_never_valid(key, facts, sealed):
    writer = PdfWriter(BytesIO(sealed), incremental=True)
    writer.add_metadata({"/Title": "Ditandatangani"})
    out = BytesIO()
    writer.write(out)
    assert out.getvalue().startswith(sealed)
    for data in (out.getvalue(), sealed + b"%", sealed[:-1], sealed + b"\n" * 3000):
        verdict = verify(data, [key.public])
        assert (verdict.valid, verdict.file, verdict.facts) == (False, "appended", facts)


def test_a_file_that_another_program_saved_is_not_vouched_for(key, sealed):
    writer, out = PdfWriter(clone_from=BytesIO(sealed)), BytesIO()
    writer.write(out)
    verdict = verify(out.getvalue(), [key.public])
    assert (verdict.valid, verdict.facts) == (False, None)
    assert "QR code" in verdict.reason


def test_the_seal_of_one_certificate_does_not_hold_for_another(key, facts, sealed):
    better = facts.model_copy(update={"marks": {"skm": 100.0}, "no": "002"})
    other = seal(_page().replace(b"200", b"300"), code(better, key), key)
    at, there = sealed.rindex(b"%MUTU1-FILE"), other.rindex(b"%MUTU1-FILE")
    mixed = sealed[:at] + other[there:]
    assert not verify(mixed, [key.public]).valid
    head = sealed[: sealed.rindex(b"\n%MUTU1 ")] + other[other.rindex(b"\n%MUTU1 ") :]
    verdict = verify(head, [key.public])
    assert (verdict.valid, verdict.file) == (False, "changed")


def test_somebody_elses_key_is_unknown_however_it_calls_itself(tmp_path, key, facts):
    forger = signing_key(tmp_path / "lain")
    for data in (code(facts, forger).encode(), seal(_page(), code(facts, forger), forger)):
        verdict = verify(data, [key.public])
        assert (verdict.valid, verdict.facts, verdict.key) == (False, None, forger.public.shown)
        assert "not known here" in verdict.reason
    named = code(facts, forger).replace(forger.public.fingerprint, key.public.fingerprint)
    assert not verify(named.encode(), [key.public, forger.public]).valid
    assert not verify(code(facts, key).encode(), []).valid


HOSTILE = {
    "nothing": b"",
    "no PDF": b"MZ\x90\x00" * 100,
    "only a head": b"%PDF-1.7\n",
    "a seal without a code": b"%PDF-1.7\n%MUTU1-FILE " + b"A" * 86 + b"\nstartxref\n1\n%%EOF\n",
    "a code without end": b"%PDF-1.7\n%MUTU1 {" + b"[" * 200_000 + b"\n%MUTU1-FILE AAAA\n",
    "many seals": b"%PDF-1.7" + b"\n%MUTU1-FILE A" * 100_000,
    "many ends": b"%PDF-1.7" + b"startxref 1 %%EOF " * 200_000 + b"\n%MUTU1-FILE A\n",
    "spaces": b"%PDF-1.7\nstartxref" + b" " * 2_000_000 + b"\n%MUTU1-FILE A\n",
    "a long code": b"MUTU1 {" + b'"a":' * 100_000 + b"} " + b"A" * 16 + b" " + b"A" * 86,
    "deep": b"MUTU1 " + b'{"a":' * 350 + b"1" + b"}" * 350 + b" " + b"A" * 16 + b" " + b"A" * 86,
    "a number of a thousand digits": b'MUTU1 {"jp":' + b"9" * 1500 + b"} " + b"A" * 16 + b" " + b"A" * 86,
    "not UTF-8": b"MUTU1 {\xff\xfe} " + b"A" * 16 + b" " + b"A" * 86,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_a_hostile_file_says_is_not_valid_and_nothing_breaks(key, name):
    verdict = verify(HOSTILE[name], [key.public])
    assert (verdict.valid, verdict.facts) == (False, None)
    assert verdict.reason


def test_a_seal_is_looked_for_from_behind(key, facts, sealed):
    found = read_seal(b"%PDF-1.7\n%MUTU1-FILE AAAA\n" + sealed[9:])
    assert found is not None
    assert found.code is not None
    assert found.code.facts == facts
    assert not verify(b"%PDF-1.7\n%MUTU1-FILE AAAA\n" + sealed[9:], [key.public]).valid


def test_a_file_larger_than_a_certificate_is_refused(tmp_path):
    file = tmp_path / "besar.pdf"
    with file.open("wb") as opened:
        opened.truncate(LARGEST + 1)
    with pytest.raises(ReadError, match="larger than 20 MB"):
        read(file)
    with pytest.raises(ReadError, match="cannot be opened"):
        read(tmp_path)
