"""`mutu course certificate`: sealed certificates for those who have earned one, and whether one is genuine."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mutu.cli.course_place import CourseDir, folders, keeper
from mutu.cli.program import Json, Noun, Workspace
from mutu.errors import N_, SettingError
from mutu.locale import _, date, integer, number

if TYPE_CHECKING:
    from mutu.course.outcome.certificate.issue import Done
    from mutu.course.outcome.certificate.keys import PublicKey
    from mutu.course.outcome.certificate.verify import Verdict

Modules = Annotated[
    list[str] | None,
    typer.Argument(
        metavar=N_("MODULE …"), help=N_("Modules that are asked for, for instance 02; all graded ones unless given")
    ),
]
Out = Annotated[Path | None, typer.Option("--out", metavar=N_("FOLDER"), help=N_("Where the certificates are put"))]
Student = Annotated[
    list[str] | None,
    typer.Option("--student", metavar="ID", help=N_("Only this participant: an id or a name; may be given again")),
]
Profile = Annotated[
    Path | None,
    typer.Option(
        "--profile", metavar=N_("FILE"), help=N_("What the organiser says (else pelatihan.toml in the workspace)")
    ),
]
Register = Annotated[
    str | None,
    typer.Option(
        "--register",
        metavar="go-on|new-series",
        help=N_("In a copied workspace: whether the original is used no more, or both give numbers"),
    ),
]
NewKey = Annotated[bool, typer.Option("--new-key", help=N_("Sign with a new key from now on"))]
Verify = Annotated[
    str | None,
    typer.Option(
        "--verify",
        metavar=N_("FILE|CODE"),
        help=N_("Say whether a PDF or the text of a QR code is genuine; - reads the text from the input"),
    ),
]
PublicKeyFile = Annotated[
    Path | None,
    typer.Option("--public-key", metavar=N_("FILE"), help=N_("Write the public key there; with --verify: use it")),
]  # fmt: skip

_CODES = {"not valid": 1, "doubtful": 3, "unchecked": 4}
_WORDS = {
    "valid": N_("VALID"),
    "not valid": N_("NOT VALID"),
    "doubtful": N_("CHECK THIS ONE"),
    "unchecked": N_("CANNOT BE CHECKED YET"),
}


def register(noun: Noun) -> None:
    """Add the command to `mutu course`."""
    noun.verb(N_("Write signed certificates as PDF, or say whether one is genuine."))(certificate)


def certificate(  # noqa: PLR0913 (options)
    modules: Modules = None, out: Out = None, student: Student = None, profile: Profile = None,
    course_dir: CourseDir = None, new_key: NewKey = False, register: Register = None, verify: Verify = None,
    public_key: PublicKeyFile = None, dir_: Workspace = None, as_json: Json = False,
) -> None:  # fmt: skip
    """Issue, verify, or export the public key, as the options say."""
    from mutu.course.outcome.certificate.keys import KEEPING
    from mutu.serve.workspace import locate

    root = locate(dir_).root
    keeping = root / KEEPING
    if verify is not None:
        _verify(verify, public_key, keeping, as_json)
    elif public_key is not None:
        _export(public_key, keeping)
    elif out is None:
        raise SettingError(N_("--out is missing: name the folder for the certificates, for instance --out sertifikat."))
    else:
        from mutu.course.outcome.certificate.issue import Order, issue
        from mutu.course.outcome.certificate.place import CHOICES
        from mutu.course.outcome.certificate.profile import load

        if register not in (None, *CHOICES):
            raise SettingError(N_("--register takes go-on or new-series, not «{word}»."), word=register)
        course = folders(course_dir, dir_)
        root = keeper(course_dir, dir_)
        training = load(profile or _profile(root))
        order = Order(list(modules or ()), list(student or ()), out, new_key, register)
        done = issue(course, keeping, training, order)
        if as_json:
            typer.echo(json.dumps(done.as_json(), ensure_ascii=False, indent=2))
        else:
            _say(done)


def _profile(root: Path) -> Path:
    """The workspace's profile; where there is none, one to fill in is written and the run ends."""
    from mutu.course.outcome.certificate import profile
    from mutu.course.zone import PROFILE

    file = root / PROFILE
    if not file.exists():
        profile.write_template(file)
        raise SettingError(
            N_("A certificate says who holds the training and who signs. Fill in {file}, then try again."), file=file
        )
    return file


def _say(done: Done) -> None:
    for one in done.issued:
        said = _("{name}: {number}, mean {mean}, {jp} JP. {file}")
        typer.echo(said.format(name=one.person.name, number=one.facts.no, mean=number(one.facts.mean),
                               jp=integer(one.facts.jp), file=one.file))  # fmt: skip
    for refused in done.refused:
        typer.echo(
            _("{name}: no certificate. {reason}").format(name=refused.person.name, reason=refused.reason), err=True
        )
    for one in done.left:
        said = _("{name}: certificate {number}, issued before, is still there: {file}. Decide whether it holds.")
        typer.echo(said.format(name=one.person.name, number=one.facts.no, file=one.file), err=True)
    typer.echo(
        _("Certificates written: {issued}; participants without: {refused}. Key {key}.").format(
            issued=integer(len(done.issued)), refused=integer(len(done.refused)), key=done.key
        )
    )


def _export(file: Path, keeping: Path) -> None:
    from mutu.course.outcome.certificate import keys
    from mutu.report.folder import unwritten, write_file

    key = keys.current(keeping)
    try:
        write_file(file, key.pem)
    except OSError as error:
        raise unwritten(file, error) from None
    typer.echo(_("The public key {key} is in {file}. Give it to whoever verifies.").format(key=key.shown, file=file))


def _verify(what: str, public_key: Path | None, keeping: Path, as_json: bool) -> None:
    from mutu.course.outcome.certificate import keys, register
    from mutu.course.outcome.certificate.verify import verify

    own = keys.public_keys(keeping)
    trusted: tuple[PublicKey, ...] = (keys.read_public(public_key),) if public_key else own
    verdict = verify(_given(what), trusted)
    later = None
    if verdict.valid and verdict.facts and verdict.key in {key.shown for key in own}:
        verdict = verdict.doubted(register.doubt(keeping, verdict.facts))
        later = register.followed_by(keeping, verdict.facts) if verdict.valid and verdict.facts else None
    if as_json:
        typer.echo(json.dumps({**verdict.as_json(), "replaced_by": later}, ensure_ascii=False, indent=2))
    else:
        _say_verdict(verdict, later)
    if not verdict.valid:
        raise typer.Exit(_CODES[verdict.state.value])


def _given(what: str) -> bytes:
    """A file, the input, or the text itself."""
    from mutu.course.outcome.certificate import seal
    from mutu.course.outcome.certificate.verify import read

    if what == "-":
        return sys.stdin.buffer.read(seal.LONGEST)
    if what.startswith(seal.BEGIN):
        return what.encode("utf-8", "replace")
    return read(Path(what))


def _say_verdict(verdict: Verdict, later: str | None) -> None:
    typer.echo(f"{_(_WORDS[verdict.state.value])}. {verdict.reason}")
    if later:
        typer.echo(_("A later certificate, {number}, replaces it.").format(number=later))
    facts = verdict.facts
    if facts is None:
        return
    rows = [
        (_("Number"), facts.no),
        (_("Name"), facts.name),
        ("ID", facts.id),
        (_("Training"), facts.of),
        (_("Organiser"), facts.by),
        (_("Held"), f"{date(facts.start)} – {date(facts.end)}"),
        (_("JP"), integer(facts.jp)),
        *((_("Mark, {module}").format(module=name), number(mark)) for name, mark in facts.marks.items()),
        (_("Mean"), number(facts.mean)),
        (_("Issued"), date(facts.on)),
    ]
    for name, value in rows:
        if value:
            typer.echo(f"    {name}: {value}")
