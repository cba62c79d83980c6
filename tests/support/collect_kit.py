"""A class, and the files in which learning platforms and mail programs keep what was handed in."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

from mutu.course.nbgrader import Trainee

CLASS = (
    Trainee("198501012010011001", "Dr. Siti Aminah, S.Pd., M.Si.", "siti@contoh.id"),
    Trainee("k-02", "Budi Santoso", "budi@contoh.id"),
    Trainee("k-03", "Muhammad Rizki Hidayat", "rizki@contoh.id"),
    Trainee("k-04", "Sukarno", ""),
    Trainee("k-05", "Ni Made Ayu Lestari", "ayu@contoh.id"),
    Trainee("k-06", "Budi Hartono", "hartono@contoh.id"),
)
SITI = CLASS[0].id


def zipped(files: dict[str, str | bytes], time: tuple[int, int, int, int, int, int] = (2026, 11, 20, 9, 0, 0)) -> bytes:
    """A zip archive with these files, all of one time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(zipfile.ZipInfo(name, time), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def mail(sender: str, files: dict[str, str | bytes], **headers: str) -> bytes:
    """A mail with these files attached; headers as `Date` or `Received`."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = "pengajar@contoh.id"
    message["Subject"] = "Tugas"
    for name, text in headers.items():
        message[name] = text
    message.set_content("Berikut tugas saya.")
    for name, content in files.items():
        raw = content if isinstance(content, bytes) else content.encode("utf-8")
        message.add_attachment(raw, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def mailbox(mails: list[bytes]) -> bytes:
    """Several mails as one .mbox file."""
    return b"".join(b"From - Fri Nov 20 09:00:00 2026\n" + each + b"\n\n" for each in mails)


def stamp(course: Path, student: str, assignment: str = "skm") -> str:
    """When nbgrader takes a submission to have been handed in."""
    return (course / "submitted" / student / assignment / "timestamp.txt").read_text(encoding="ascii")
