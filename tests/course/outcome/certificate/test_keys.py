"""The keys: made once, for their owner alone, and a sentence when one is gone, damaged or replaced."""

from __future__ import annotations

import os
import stat
import sys

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from mutu.course.outcome.certificate.keys import current, public_keys, read_public, signing_key
from mutu.errors import InputError, MachineError, ReadError

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such rights")


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "kunci"


def test_a_key_is_made_once_and_its_signature_holds_for_its_message_only(folder):
    key = signing_key(folder)
    assert signing_key(folder).public == key.public == current(folder)
    signature = key.sign(b"data")
    assert key.public.verifies(signature, b"data")
    assert not key.public.verifies(signature, b"datb")
    assert not key.public.verifies(b"\0" * 64, b"data")
    assert not key.public.verifies(b"", b"data")
    assert len(key.public.fingerprint) == 16


@POSIX
def test_the_private_key_is_for_its_owner_alone_whatever_the_umask(folder):
    kept = os.umask(0)
    try:
        signing_key(folder)
    finally:
        os.umask(kept)
    private = folder / "kunci-rahasia.pem"
    assert stat.S_IMODE(private.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    private.chmod(0o644)
    signing_key(folder)
    assert stat.S_IMODE(private.stat().st_mode) == 0o600


def test_the_public_file_holds_nothing_private_and_reads_back(folder):
    key = signing_key(folder)
    (file,) = (folder / "kunci-publik").glob("*.pem")
    assert b"PRIVATE" not in file.read_bytes()
    assert read_public(file) == key.public
    assert file.stem == key.public.fingerprint


def test_a_key_that_is_gone_is_not_replaced_in_silence(folder):
    before = signing_key(folder).public
    (folder / "kunci-rahasia.pem").unlink()
    with pytest.raises(MachineError, match="--new-key") as said:
        signing_key(folder)
    assert before.shown in str(said.value)
    with pytest.raises(MachineError):
        current(folder)
    after = signing_key(folder, new=True).public
    assert after != before
    assert set(public_keys(folder)) == {before, after}


def test_a_replaced_key_stays_under_another_name(folder):
    before = signing_key(folder).public
    pem = (folder / "kunci-rahasia.pem").read_bytes()
    after = signing_key(folder, new=True).public
    assert (folder / "kunci-rahasia-lama-1.pem").read_bytes() == pem
    assert current(folder) == after != before


@pytest.mark.parametrize("content", [b"", b"junk", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"])
def test_a_damaged_key_is_said_so(folder, content):
    signing_key(folder)
    (folder / "kunci-rahasia.pem").write_bytes(content)
    with pytest.raises(MachineError, match="damaged"):
        signing_key(folder)


def test_a_key_of_another_kind_signs_and_verifies_nothing(folder, tmp_path):
    signing_key(folder)
    other = rsa.generate_private_key(65537, 2048)
    private = other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "kunci-rahasia.pem").write_bytes(private)
    with pytest.raises(MachineError):
        signing_key(folder)
    file = tmp_path / "rsa.pem"
    file.write_bytes(other.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    with pytest.raises(ReadError, match="no public key"):
        read_public(file)
    with pytest.raises(ReadError, match="cannot be opened"):
        read_public(tmp_path / "tidak-ada.pem")


def test_without_a_certificate_there_is_no_key_to_export_and_none_is_made(folder):
    with pytest.raises(InputError):
        current(folder)
    assert not folder.exists()
