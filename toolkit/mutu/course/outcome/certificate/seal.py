"""The seal: facts and their signature as one line of text, and the same at the end of a PDF with one of the whole file.

    MUTU1 {"by":…} FINGERPRINT SIGNATURE         in the QR code, and as a comment in the PDF
    %MUTU1-FILE SIGNATURE                        over every byte of the PDF before this line

A comment behind a PDF's end is legal, and readers look for `startxref` from behind, so it is repeated at the very end.
Nothing of a PDF is parsed here: a file is bytes with these lines or without them.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass

from mutu.course.outcome.certificate.facts import MAX_LENGTH, Facts, parse
from mutu.course.outcome.certificate.keys import PublicKey, SigningKey, is_fingerprint

BEGIN = "MUTU1 "
"""What every code begins with."""
_CODE = re.compile(rf"{BEGIN}(\{{[\x20-\x7e]{{2,{MAX_LENGTH}}}\}}) ([A-Z2-7]{{16}}) ([A-Za-z0-9_-]{{86}})")
_START = re.compile(rb"startxref\s+([0-9]{1,12})\s+%%EOF")
_END = re.compile(_START.pattern + rb"\s*\Z")
_LINE, _FILE_LINE = b"\n%MUTU1 ", b"\n%MUTU1-FILE "
LONGEST = MAX_LENGTH + 200
"""Characters of the longest line that is looked at."""
_OF_FACTS, _OF_FILE = b"mutu certificate: facts, 1\n", b"mutu certificate: file, 1\n"


@dataclass(frozen=True)
class Code:
    """Facts with the signature that somebody put to them; nothing is verified yet."""

    facts: Facts
    fingerprint: str
    signature: bytes

    def is_signed_by(self, key: PublicKey) -> bool:
        """Whether the key that is named signed exactly these facts."""
        message = _OF_FACTS + self.facts.as_text().encode()
        return key.fingerprint == self.fingerprint and key.verifies(self.signature, message)


@dataclass(frozen=True)
class Sealed:
    """What stands at the end of a PDF.

    Attributes
    ----------
    code : the line of the facts, None when it is not one of ours
    signature : of the file
    message : what the signature is of
    whole : whether nothing stands behind the seal
    """

    code: Code | None
    signature: bytes
    message: bytes
    whole: bool


def code(facts: Facts, key: SigningKey) -> str:
    """The facts with their signature in one line of ASCII."""
    text = facts.as_text()
    return f"{BEGIN}{text} {key.public.fingerprint} {_encoded(key.sign(_OF_FACTS + text.encode()))}"


def read_code(text: str) -> Code | None:
    """The parts of a line as a QR code gives it; None when it is anything else."""
    found = _CODE.fullmatch(text.strip()[:LONGEST])
    facts = parse(found[1]) if found else None
    signature = _decoded(found[3]) if found else None
    if not found or facts is None or signature is None or not is_fingerprint(found[2]):
        return None
    return Code(facts, found[2], signature)


def seal(pdf: bytes, line: str, key: SigningKey) -> bytes:
    """The PDF with the code's line and the signature of the whole at its end."""
    end = _END.search(pdf)
    if end is None:
        raise ValueError("a PDF that does not end as one")
    head = pdf.rstrip() + b"\n%" + line.encode("ascii")
    signature = _encoded(key.sign(_file_message(head))).encode()
    return head + _FILE_LINE + signature + b"\n" + _tail(end[1])


def read_seal(pdf: bytes) -> Sealed | None:
    """The last seal of a PDF, wherever it stands; None when there is none."""
    at = pdf.rfind(_FILE_LINE)
    if at < 0:
        return None
    head, rest = pdf[:at], pdf[at + len(_FILE_LINE) :]
    written, _newline, behind = rest[:LONGEST].partition(b"\n")
    signature = _decoded(written.decode("ascii", "replace"))
    before = head.rfind(_LINE, max(0, at - LONGEST))
    line = head[before + 2 :].decode("ascii", "replace") if before >= 0 else ""
    ends = _START.findall(head[-4 * LONGEST :])
    whole = bool(ends) and len(rest) < LONGEST and behind == _tail(ends[-1])
    return Sealed(read_code(line), signature or b"", _file_message(head), whole)


def _tail(start: bytes) -> bytes:
    return b"startxref\n" + start + b"\n%%EOF\n"


def _file_message(head: bytes) -> bytes:
    return _OF_FILE + hashlib.sha256(head).digest()


def _encoded(signature: bytes) -> str:
    return base64.urlsafe_b64encode(signature).decode().rstrip("=")


def _decoded(text: str) -> bytes | None:
    """64 bytes written in the one way `_encoded` writes them."""
    try:
        signature = base64.urlsafe_b64decode(text.encode("ascii") + b"==")
    except ValueError:
        return None
    return signature if len(signature) == 64 and _encoded(signature) == text else None
