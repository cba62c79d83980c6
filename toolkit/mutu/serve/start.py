"""`mutu start`: the whole platform for one person, and nothing of it left when it ends."""

from __future__ import annotations

import html
import os
import platform as machine
import secrets
import socket
import sys
import threading
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import mutu
from mutu.errors import N_, WorkspaceError
from mutu.kernels import choice
from mutu.locale import _
from mutu.serve import instance, jupyter, light, parts, ports, preferences, upgrade, workspace
from mutu.serve.instance import Running
from mutu.serve.lessons import Laying
from mutu.serve.pages import Pages
from mutu.serve.signals import at_once, on_stop
from mutu.serve.workspace import Workspace

_STILL_STARTING_SECONDS = 30.0
_WATCH_MILLISECONDS = 2000
_WARM_UP_SECONDS = 3.0  # the first page comes first
Say = Callable[[str], None]


@dataclass(frozen=True)
class Wishes:
    """What a person asked for on the command line."""

    folder: str | None = None
    port: int | None = None
    browser: bool = True


def start(wishes: Wishes, say: Say) -> None:
    """Run the platform until it is told to stop.

    Parameters
    ----------
    wishes : workspace, port, whether to open the browser
    say : prints a line for the person

    Raises
    ------
    MissingPart : something that mutu needs is not installed
    WorkspaceError : the folder cannot be written, is newer, or is in use and does not answer
    PortError : the port asked for is taken
    """
    parts.require()
    os.umask(0o077)  # what the platform and its kernels write is for this account alone
    place = workspace.locate(wishes.folder)
    if place.is_untouched():
        ports.reserve(wishes.port).close()  # a port that is taken is refused before anything is made
    workspace.ensure_writable(place)
    with ExitStack() as held:
        try:
            held.enter_context(instance.hold(place))
        except instance.InUse:
            _say_again(place, wishes, say)
        else:
            _until_stopped(place, wishes, say)


def _until_stopped(place: Workspace, wishes: Wishes, say: Say) -> None:
    """Run; Ctrl-C and its like are the usual way to stop, also before the server is there to hear them."""
    on_stop(at_once)
    with suppress(KeyboardInterrupt):
        _run(place, wishes, say)
    say(_("mutu has stopped. Your work is in {folder}.").format(folder=place.root))


def _say_again(place: Workspace, wishes: Wishes, say: Say) -> None:
    """A second start in the same workspace: the first one's link once more."""
    running = instance.find(place, _STILL_STARTING_SECONDS)
    if running is None:
        raise WorkspaceError(
            N_("The workspace {folder} is in use by another mutu that does not respond. Stop it, then try again."),
            folder=place.root,
        )
    say(_("This workspace is open already. Its link:"))
    _say_link(place, running, wishes, say)


def _run(place: Workspace, wishes: Wishes, say: Say) -> None:
    with ports.reserve(wishes.port) as listening:
        _say_place(place, upgrade.open_folder(place), say)
        jupyter.surround(place)
        jupyter.speak(place, preferences.language(place))
        running = Running(os.getpid(), listening.getsockname()[1], secrets.token_hex(24))
        # links to assessments that were kept have this port, also when another program took the platform's own
        wish = (wishes.port or ports.DEFAULT) + 1
        with _beside(place, running, wish) as (laying, pages):
            say(_("mutu {version} is starting …").format(version=mutu.__version__))
            _serve(_Platform(place, running, pages, wishes), listening, laying, say)


def _say_place(place: Workspace, backup: Path | None, say: Say) -> None:
    say(_("Workspace: {folder}").format(folder=place.root))
    if backup:
        said = _("It was made by another version and has been brought up to date; a copy as it was is in {file}.")
        say(said.format(file=backup))
    # not there on Windows, where administrators are another matter
    if getattr(os, "geteuid", lambda: -1)() == 0:
        say(_("Warning: you are running mutu as root. An ordinary account is safer."))


@dataclass(frozen=True)
class _Platform:
    """The parts that a running platform consists of."""

    place: Workspace
    running: Running
    pages: Pages
    wishes: Wishes


@contextmanager
def _beside(place: Workspace, running: Running, wish: int) -> Iterator[tuple[Laying, Pages]]:
    """The processes beside the server; ended on every way out."""
    pages = Pages(place, landing=running.link.partition("?")[0], wish=wish)
    laying = Laying(place)
    try:
        pages.start()
        yield laying, pages
    finally:
        laying.stop()
        pages.stop()


def _serve(platform: _Platform, listening: socket.socket, laying: Laying, say: Say) -> None:
    light.without_grammars()
    from mutu.serve import server  # takes most of the time of a start, while the lessons are being laid
    from mutu.serve.landing import Platform

    beside = laying.result()
    if beside:
        say(_("New versions of lessons were placed beside files that you had changed:"))
        for file in beside:
            say(f"    {file.relative_to(platform.place.root)}")
    made = server.make(
        jupyter.settings(platform.place, port=platform.running.port, token=platform.running.token),
        listening=listening,
        ready=lambda: _ready(platform, say),
        web={"mutu": Platform(platform.place, platform.pages, platform.running.pid)},
    )
    made.later(_WARM_UP_SECONDS, _warm_up)
    made.every(_WATCH_MILLISECONDS, lambda: platform.pages.watch(lambda what: _say_pages(platform.pages, what, say)))
    with _errors_into(platform.place.log / "kernels.log"):
        made.start()


def _warm_up() -> None:
    """Load what notebooks need, where their kernels can be forked."""
    if choice.provisioner() == choice.WARM:
        from mutu.kernels.provisioner import warm_up

        warm_up()


_PAGES_SAY: dict[str, Callable[[], str]] = {
    "restarted": lambda: _("The self-assessment pages had stopped and were started again."),
    "given up": lambda: _("The self-assessment pages stop again and again. Everything else goes on; start mutu again."),
}


def _say_pages(pages: Pages, what: str, say: Say) -> None:
    say(_PAGES_SAY[what]())
    if what == "restarted":
        _say_moved(pages, say)


def _say_moved(pages: Pages, say: Say) -> None:
    """Where the pages are when they are not where a link that somebody kept leads."""
    if pages.port != pages.wish:
        said = _(
            "Port {taken} is taken by another program, so the self-assessment pages are at {address} now: in a link "
            "that you kept, write {port} in place of {taken}, or open the assessment from the start page."
        )
        say(said.format(taken=pages.wish, address=pages.address(""), port=pages.port))


def _ready(platform: _Platform, say: Say) -> None:
    """The server answers: tell the person, and a second start, where."""
    instance.announce(platform.place, platform.running)
    say(_("Ready. Open this link in your browser:"))
    _say_link(platform.place, platform.running, platform.wishes, say)
    _say_moved(platform.pages, say)
    say(_("Whoever has this link has everything in the workspace: never share it."))
    say(_("To stop, press Ctrl+C here."))


def _say_link(place: Workspace, running: Running, wishes: Wishes, say: Say) -> None:
    say(f"\n    {running.link}\n")
    if wishes.browser:
        # some systems wait here until the browser is closed
        threading.Thread(target=webbrowser.open, args=(_to_open(place, running),), daemon=True).start()


def _to_open(place: Workspace, running: Running) -> str:
    """What the browser is started with: a file that leads on, as other accounts can read a program's arguments.

    Windows hides them, and the browser of Windows cannot read the files of its Linux subsystem.
    """
    if sys.platform == "win32" or "microsoft" in machine.release().lower():
        return running.link
    link = html.escape(running.link)
    workspace.write_text(
        place.opener, f'<!doctype html><meta http-equiv="refresh" content="0;url={link}"><a href="{link}">mutu</a>\n'
    )
    return place.opener.as_uri()


@contextmanager
def _errors_into(log: Path) -> Iterator[None]:
    """What kernels and libraries write to stderr while the platform runs goes into a file of the workspace."""
    sys.stderr.flush()
    kept = os.dup(2)
    with log.open("ab") as file:
        os.dup2(file.fileno(), 2)
    try:
        yield
    finally:
        sys.stderr.flush()
        os.dup2(kept, 2)
        os.close(kept)
