"""The organiser's keys: one that signs, kept for its owner alone, and the public ones that anybody may have.

    kunci-sertifikat/kunci-rahasia.pem          signs; made at the first certificate
    kunci-sertifikat/kunci-publik/ABCD….pem     verifies; one for every key that ever signed here

The folder lies in the workspace, not in `.mutu`, because `mutu backup` keeps it there: without the private key nobody
can sign as this organiser again.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mutu.errors import N_, InputError, MachineError, ReadError, WorkspaceError, reason
from mutu.report.folder import write_file

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

KEEPING = "kunci-sertifikat"
"""Name of the folder in a workspace."""
_LARGEST = 4_000  # bytes; a key is 119 long
_PRINT = re.compile(r"[A-Z2-7]{16}")
_OTHERS_MAY_READ = 0o077


@dataclass(frozen=True)
class PublicKey:
    """A key that verifies."""

    raw: bytes

    @property
    def fingerprint(self) -> str:
        """80 bits of its SHA-256 as 16 letters and digits, as QR codes carry it."""
        return base64.b32encode(hashlib.sha256(self.raw).digest()[:10]).decode()

    @property
    def shown(self) -> str:
        """The fingerprint as people compare it: ABCD-EFGH-IJKL-MNOP."""
        return grouped(self.fingerprint)

    @property
    def pem(self) -> bytes:
        """The key as a file for others."""
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

        return self._key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    def verifies(self, signature: bytes, message: bytes) -> bool:
        """Whether the signature of the message was made with this key's private half."""
        from cryptography.exceptions import InvalidSignature

        try:
            self._key().verify(signature, message)
        except InvalidSignature:
            return False
        return True

    def _key(self) -> Ed25519PublicKey:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        return Ed25519PublicKey.from_public_bytes(self.raw)


@dataclass(frozen=True)
class SigningKey:
    """A key that signs; its private half never leaves this object."""

    _key: Ed25519PrivateKey

    @property
    def public(self) -> PublicKey:
        """Its public half."""
        return PublicKey(self._key.public_key().public_bytes_raw())

    def sign(self, message: bytes) -> bytes:
        """64 bytes; the same message always has the same signature."""
        return self._key.sign(message)


def grouped(fingerprint: str) -> str:
    """A fingerprint in groups of four."""
    return "-".join(fingerprint[at : at + 4] for at in range(0, len(fingerprint), 4))


def signing_key(folder: Path, *, new: bool = False) -> SigningKey:
    """The key of a folder, made when none was ever there or when `new` asks for another one.

    Raises
    ------
    MachineError : the private key is gone although it signed before, or the file is damaged
    WorkspaceError : the folder cannot be written
    """
    file = _private(folder)
    if file.is_file() and not new:
        return _read_private(file)
    if not new and (known := public_keys(folder)):
        raise MachineError(
            N_(
                "The private key {file} is gone (its public key is {key}). Bring it back from a backup, or begin with "
                "a new key: --new-key. What was signed before stays valid."
            ),
            file=file, key=", ".join(key.shown for key in known),
        )  # fmt: skip
    return _make(folder)


def current(folder: Path) -> PublicKey:
    """The public half of the key that signs in a folder; nothing is made.

    Raises
    ------
    InputError : nothing was ever signed there
    MachineError : the private key is gone or damaged
    """
    if not _private(folder).is_file() and not public_keys(folder):
        raise InputError(
            N_(
                "There is no key in {folder} yet; it is made with the first certificate. Name the workspace with --dir."
            ),
            folder=folder,
        )
    return signing_key(folder).public


def public_keys(folder: Path) -> tuple[PublicKey, ...]:
    """Every public key of a folder; files that are none are passed over."""
    found = []
    for file in sorted((folder / "kunci-publik").glob("*.pem")):
        with suppress(ReadError):
            found.append(read_public(file))
    return tuple(found)


def read_public(file: Path) -> PublicKey:
    """The public key in a PEM file.

    Raises
    ------
    ReadError : the file cannot be read or holds no public key of the kind used here
    """
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    raw = _read(file)
    try:
        key = load_pem_public_key(raw)
    except (ValueError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PublicKey):
        raise ReadError(
            N_("{file} is no public key of certificates. Ask the organiser for the file of --public-key."),
            file=file.name,
        )
    return PublicKey(key.public_bytes_raw())


def is_fingerprint(text: str) -> bool:
    """Whether a text could be a fingerprint."""
    return bool(_PRINT.fullmatch(text))


def _private(folder: Path) -> Path:
    return folder / "kunci-rahasia.pem"


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(_LARGEST)
    except OSError as error:
        raise ReadError(N_("The file {file} cannot be opened: {problem}."), file=file, problem=reason(error)) from None


def _read_private(file: Path) -> SigningKey:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    raw = _read(file)
    try:
        key = load_pem_private_key(raw, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise MachineError(
            N_(
                "The private key {file} is damaged. Bring it back from a backup, or begin with a new key: --new-key. "
                "What was signed before stays valid."
            ),
            file=file,
        )
    with suppress(OSError):  # a restored backup or a copy may have given others a look
        if file.stat().st_mode & _OTHERS_MAY_READ:
            file.chmod(0o600)
    return SigningKey(key)


def _make(folder: Path) -> SigningKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    private = Ed25519PrivateKey.generate()
    made = SigningKey(private)
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = folder / "kunci-publik" / f"{made.public.fingerprint}.pem"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        public.parent.mkdir(exist_ok=True)
        write_file(public, made.public.pem)
        _write_private(_private(folder), pem)
    except OSError as error:
        raise WorkspaceError(
            N_("The key cannot be written into {folder} ({problem}). Choose another workspace with --dir."),
            folder=folder, problem=reason(error),
        ) from None  # fmt: skip
    return made


def _write_private(file: Path, pem: bytes) -> None:
    """For its owner alone from the first byte on; a key that is there stays under the name of its day."""
    draft = file.with_suffix(".part")
    draft.unlink(missing_ok=True)
    try:
        with open(draft, "xb", opener=_for_the_owner) as opened:
            opened.write(pem)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    if file.exists():
        file.replace(_free(file))
    draft.replace(file)


def _free(file: Path) -> Path:
    names: Iterable[Path] = (file.with_name(f"{file.stem}-lama-{number}.pem") for number in range(1, 10_000))
    return next(name for name in names if not name.exists())


def _for_the_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
