"""Whether a certificate is genuine: from its PDF or from the text of its QR code, offline, with public keys alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from mutu.course.outcome.certificate.facts import Facts
from mutu.course.outcome.certificate.keys import PublicKey, grouped
from mutu.course.outcome.certificate.seal import Code, Sealed, read_code, read_seal
from mutu.errors import N_, ReadError, reason
from mutu.locale import _

LARGEST = 20_000_000
"""Bytes of the largest file that is looked at."""


class State(StrEnum):
    """How far a certificate can be trusted."""

    VALID = "valid"
    """The facts are signed with a known key, and a PDF is byte for byte as it was issued."""
    NOT_VALID = "not valid"
    DOUBTFUL = "doubtful"
    """Signed, but the organiser's own register says something else."""
    UNCHECKED = "unchecked"
    """The key is not known here: nobody can say yet."""


@dataclass(frozen=True)
class Verdict:
    """What was found.

    Attributes
    ----------
    state : how far it can be trusted
    reason : one sentence, in the language in use
    facts : what was signed; shown also where the file around it was changed, None where nothing genuine was found
    key : fingerprint of the key that is named, in groups; empty where none is
    file : "intact", "appended" (something stands behind the seal), "changed"; None for the text of a QR code
    """

    state: State
    reason: str
    facts: Facts | None = None
    key: str = ""
    file: str | None = None

    @property
    def valid(self) -> bool:
        """Whether it is genuine, without any doubt."""
        return self.state is State.VALID

    def doubted(self, why: str | None) -> Verdict:
        """The same where the register has something against it; unchanged without a reason."""
        return self if why is None else replace(self, state=State.DOUBTFUL, reason=why)

    def as_json(self) -> dict[str, Any]:
        """For `--json`; facts that nobody vouches for are left out."""
        facts = self.facts.model_dump(mode="json") | {"mean": float(self.facts.mean)} if self.facts else None
        said = {"valid": self.valid, "state": self.state.value, "file": self.file, "reason": self.reason}
        return said | {"key": self.key, "facts": facts}


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
        return Verdict(State.NOT_VALID, said)
    found = read_code(data[:10_000].decode("utf-8", "replace"))
    if found is None:
        return Verdict(
            State.NOT_VALID, _("This is not the text of a certificate's QR code. Scan it again and paste all of it.")
        )
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
        return Verdict(State.UNCHECKED, _unknown_key(shown), key=shown)
    if not any(code.is_signed_by(key) for key in keys):
        return Verdict(
            State.NOT_VALID, _("The signature does not fit these facts: something in them was changed."), key=shown
        )
    return Verdict(
        State.VALID, _("Genuine: these facts were signed with the key {key}.").format(key=shown), code.facts, shown
    )


def _of_file(seal: Sealed | None, keys: Sequence[PublicKey]) -> Verdict:
    if seal is None:
        return Verdict(
            State.NOT_VALID,
            _(
                "This PDF carries no signature: it is not one of ours, or another program has saved it anew. Scan its "
                "QR code and verify the text."
            ),
        )
    if seal.code is None:
        return Verdict(
            State.NOT_VALID, _("The signature in this PDF is damaged. Scan its QR code and verify the text.")
        )
    facts = _of_code(seal.code, keys)
    if not facts.valid:
        file = None if facts.state is State.UNCHECKED else "changed"
        return Verdict(facts.state, facts.reason, key=facts.key, file=file)
    named = (key for key in keys if key.fingerprint == seal.code.fingerprint)
    if not any(key.verifies(seal.signature, seal.message) for key in named):
        said = _("This PDF was changed after it was issued. What was signed is below; the page may differ.")
        return Verdict(State.NOT_VALID, said, facts.facts, facts.key, "changed")
    if not seal.whole:
        said = _(
            "Something was added to this PDF after it was issued, for instance an electronic signature. What was "
            "signed is below: compare it with the page, or verify the text of the QR code."
        )
        return Verdict(State.NOT_VALID, said, facts.facts, facts.key, "appended")
    said = _("Genuine and unchanged: signed with the key {key}.").format(key=facts.key)
    return Verdict(State.VALID, said, facts.facts, facts.key, "intact")


def _unknown_key(shown: str) -> str:
    return _(
        "It names the key {key}, which is not known here; that says nothing against it. Get the organiser's public key "
        "from the organiser itself and give it with --public-key FILE."
    ).format(key=shown)
