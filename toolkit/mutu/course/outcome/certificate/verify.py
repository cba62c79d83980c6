"""Whether a certificate is genuine: from its PDF or from the text of its QR code, offline, with public keys alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mutu.course.outcome.certificate.facts import Facts
from mutu.course.outcome.certificate.keys import PublicKey, grouped
from mutu.course.outcome.certificate.seal import Code, Sealed, read_code, read_seal
from mutu.errors import N_, ReadError, reason
from mutu.locale import _

LARGEST = 20_000_000
"""Bytes of the largest file that is looked at."""


@dataclass(frozen=True)
class Verdict:
    """What was found.

    Attributes
    ----------
    valid : the facts are signed with a known key, and a PDF is byte for byte as it was issued
    reason : one sentence, in the language in use
    facts : what was signed; shown also where the file around it was changed, None where nothing genuine was found
    key : fingerprint of the key that is named, in groups; empty where none is
    file : "intact", "appended" (something stands behind the seal), "changed"; None for the text of a QR code
    """

    valid: bool
    reason: str
    facts: Facts | None = None
    key: str = ""
    file: str | None = None

    def as_json(self) -> dict[str, Any]:
        """For `--json`; facts that nobody vouches for are left out."""
        facts = self.facts.model_dump(mode="json") | {"mean": float(self.facts.mean)} if self.facts else None
        return {"valid": self.valid, "file": self.file, "reason": self.reason, "key": self.key, "facts": facts}


def verify(data: bytes, keys: Sequence[PublicKey]) -> Verdict:
    """Judge the bytes of a file, or the text of a QR code as bytes.

    Parameters
    ----------
    data : a PDF, or a text
    keys : public keys that are trusted
    """
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return _of_file(read_seal(data), keys)
    if b"\0" in data:
        said = _("This is no PDF, and no text. Give the PDF as it was issued, or the text of its QR code.")
        return Verdict(False, said)
    found = read_code(data[:10_000].decode("utf-8", "replace"))
    if found is None:
        return Verdict(False, _("This is not the text of a certificate's QR code. Scan it again and paste all of it."))
    return _of_code(found, keys)


def read(file: Path) -> bytes:
    """The bytes of a file that somebody sent.

    Raises
    ------
    ReadError : it cannot be opened, or is larger than a certificate ever is
    """
    try:
        with file.open("rb") as opened:
            data = opened.read(LARGEST + 1)
    except OSError as error:
        raise ReadError(N_("The file {file} cannot be opened: {problem}."), file=file, problem=reason(error)) from None
    if len(data) > LARGEST:
        raise ReadError(
            N_("{file} is larger than {limit} MB. A certificate is smaller: is it the right file?"),
            file=file.name, limit=LARGEST // 1_000_000,
        )  # fmt: skip
    return data


def _of_code(code: Code, keys: Sequence[PublicKey]) -> Verdict:
    shown = grouped(code.fingerprint)
    if not any(key.fingerprint == code.fingerprint for key in keys):
        return Verdict(False, _unknown_key(shown), key=shown)
    if not any(code.is_signed_by(key) for key in keys):
        return Verdict(False, _("The signature does not fit these facts: something in them was changed."), key=shown)
    return Verdict(True, _("Genuine: these facts were signed with the key {key}.").format(key=shown), code.facts, shown)


def _of_file(seal: Sealed | None, keys: Sequence[PublicKey]) -> Verdict:
    if seal is None:
        return Verdict(
            False,
            _(
                "This PDF carries no signature: it is not one of ours, or another program has saved it anew. Scan its "
                "QR code and verify the text."
            ),
        )
    if seal.code is None:
        return Verdict(False, _("The signature in this PDF is damaged. Scan its QR code and verify the text."))
    facts = _of_code(seal.code, keys)
    if not facts.valid:
        return Verdict(False, facts.reason, key=facts.key, file="changed")
    named = (key for key in keys if key.fingerprint == seal.code.fingerprint)
    if not any(key.verifies(seal.signature, seal.message) for key in named):
        said = _("This PDF was changed after it was issued. What was signed is below; the page may differ.")
        return Verdict(False, said, facts.facts, facts.key, "changed")
    if not seal.whole:
        said = _(
            "Something was added to this PDF after it was issued, for instance an electronic signature. What was "
            "signed is below: compare it with the page, or verify the text of the QR code."
        )
        return Verdict(False, said, facts.facts, facts.key, "appended")
    said = _("Genuine and unchanged: signed with the key {key}.").format(key=facts.key)
    return Verdict(True, said, facts.facts, facts.key, "intact")


def _unknown_key(shown: str) -> str:
    return _(
        "It names the key {key}, which is not known here. Get the organiser's public key from the organiser itself and "
        "give it with --public-key FILE."
    ).format(key=shown)
