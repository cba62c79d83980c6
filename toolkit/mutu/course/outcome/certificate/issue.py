"""From a graded course to sealed certificates: decide, number, sign, typeset; all files are put in place, or none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Date
from pathlib import Path
from typing import Any

from mutu.course.nbgrader import Folders, Trainee
from mutu.course.nbgrader.results import Person
from mutu.course.outcome.attempts import settled
from mutu.course.outcome.certificate import page, register
from mutu.course.outcome.certificate.decide import Earned, Refused, decide, shown_id
from mutu.course.outcome.certificate.facts import Facts, line
from mutu.course.outcome.certificate.keys import SigningKey, signing_key
from mutu.course.outcome.certificate.profile import Training
from mutu.course.outcome.certificate.seal import code, seal
from mutu.course.outcome.certificate.taught import taught
from mutu.course.outcome.standing import Known
from mutu.course.participant import meant
from mutu.errors import N_, InputError, SettingError
from mutu.report.folder import publish, stage

_NAME_LENGTH = 40
_MOST = 850  # characters; their code has 117 modules a side, 0,33 mm each on paper


@dataclass(frozen=True)
class Issued:
    """A certificate that was written: for whom, with what, where."""

    person: Person
    facts: Facts
    file: Path

    def as_json(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "student": self.person.id,
            "name": self.person.name,
            "number": self.facts.no,
            "jp": self.facts.jp,
            "marks": self.facts.marks,
            "mean": float(self.facts.mean),
            "file": str(self.file),
        }


@dataclass(frozen=True)
class Done:
    """A run: what was written, who got none and why, the fingerprint of the key that signed.

    `left` are certificates of earlier runs in the same folder whose owners get none now.
    """

    issued: tuple[Issued, ...]
    refused: tuple[Refused, ...]
    key: str
    left: tuple[Issued, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """For `--json`."""
        refused = [{"student": one.person.id, "name": one.person.name, "reason": one.reason} for one in self.refused]
        issued, left = ([one.as_json() for one in each] for each in (self.issued, self.left))
        return {"issued": issued, "refused": refused, "key": self.key, "left": left}


@dataclass(frozen=True)
class Order:
    """What to make.

    Attributes
    ----------
    modules : names or numbers of modules; all of the gradebook when empty
    students : ids or names of the people to look at; all when empty
    out : folder of the PDFs
    new_key : sign with a new key from now on
    register : what a copied register does: one of `place.CHOICES`, None where nobody has decided
    """

    modules: Sequence[str]
    students: Sequence[str]
    out: Path
    new_key: bool = False
    register: str | None = None


def issue(folders: Folders, keeping: Path, training: Training, order: Order) -> Done:
    """Write the certificates of a course in the language in use.

    Parameters
    ----------
    folders : the course
    keeping : folder of keys and register
    training : what the organiser says
    order : what to make

    Raises
    ------
    InputError : no gradebook, an unknown module or person
    SettingError : the hours of a module are not known, the PDFs would lie beside the private key, or the register is a
        copy that would give the numbers of another once more
    MachineError : key, register or a folder cannot be used
    """
    if order.out.resolve().is_relative_to(keeping.resolve()):
        raise SettingError(
            N_("{folder} holds the private key, and certificates are for others. Choose another folder with --out."),
            folder=keeping,
        )
    found = settled(folders)
    modules = taught(order.modules, training, found)
    known = Known.read(folders, found)
    judged = decide(_people(known, order.students), modules, known)
    earned = [one for one in judged if isinstance(one, Earned)]
    refused = tuple(one for one in judged if isinstance(one, Refused))
    with register.opened(keeping, order.register) as book:
        drafts = [(one, _facts(one, training)) for one in earned]
        entered = [(one, book.enter(one.person.id, draft, training.number)) for one, draft in drafts]
        key = signing_key(keeping, new=order.new_key)
        issued = _write(entered, training, key, order.out) if entered else ()
        before = [(one.person, facts) for one in refused for facts in book.of(one.person.id, [m.name for m in modules])]
    left = (Issued(person, facts, order.out / _file_name(facts)) for person, facts in before)
    return Done(issued, refused, key.public.shown, tuple(one for one in left if one.file.exists()))


def _people(known: Known, wanted: Sequence[str]) -> list[Person]:
    """Whom to look at, by name; `wanted` are ids or names."""
    everybody = [Trainee(person.id, person.name) for person in known.people.values()]
    ids = {meant(student, everybody) for student in wanted} or set(known.people)
    return sorted((known.people[id_] for id_ in ids), key=lambda person: (person.name.casefold(), person.id))


def _facts(earned: Earned, training: Training) -> Facts:
    """The facts before they have a number.

    Raises
    ------
    InputError : they are more than a telephone reads from paper
    """
    found = Facts(
        no="-",
        name=line(earned.person.name),
        id=line(shown_id(earned.person.id)),
        of=training.training,
        by=training.organiser,
        jp=sum(module.jp for module, _mark in earned.marks),
        marks={module.name: float(mark) for module, mark in earned.marks},
        start=training.start,
        end=training.end,
        on=training.date or Date.today(),
    )
    if len(found.as_text()) > _MOST:
        raise InputError(
            N_(
                "The certificate of {name} holds more than a telephone can read from its QR code. Name fewer modules, "
                "or shorten name, training and organiser."
            ),
            name=found.name,
        )
    return found


def _write(
    entered: Sequence[tuple[Earned, Facts]], training: Training, key: SigningKey, out: Path
) -> tuple[Issued, ...]:
    issued = tuple(Issued(one.person, facts, out / _file_name(facts)) for one, facts in entered)
    with stage(out) as made:
        for (one, facts), written in zip(entered, issued, strict=True):
            text = code(facts, key)
            pdf = page.pdf(one, facts, training, text, key.public)
            (made / written.file.name).write_bytes(seal(pdf, text, key))
        publish(made, out, [written.file.name for written in issued])
    return issued


def _file_name(facts: Facts) -> str:
    """sertifikat-001-SKM-XI-2026-siti-aminah.pdf."""
    plain = unicodedata.normalize("NFKD", f"{facts.no} {facts.name.casefold()[:_NAME_LENGTH]}")
    words = re.findall(r"[A-Za-z0-9]+", plain.encode("ascii", "ignore").decode())
    return f"sertifikat-{'-'.join(words)}.pdf"
