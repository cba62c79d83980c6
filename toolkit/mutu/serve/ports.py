"""Addresses of this machine: the ones asked for, or the next that are free."""

from __future__ import annotations

import socket
import sys

from mutu.errors import N_, PortError, SettingError

HOST = "127.0.0.1"
DEFAULT = 8888
_TRIES = 100
_LAST = 65535


def reserve(port: int | None) -> socket.socket:
    """A listening socket: at `port`, or at the first free one from 8888 on when it is None.

    The socket is handed to the server as it is, so nobody can take the address in between.

    Raises
    ------
    PortError : the address is taken or not allowed
    SettingError : there is no such port
    """
    if port is not None:
        if not 0 < port <= _LAST:
            raise SettingError(N_("There is no port {port}: --port takes a number from 1 to 65535."), port=port)
        return _asked(port)
    for candidate in range(DEFAULT, DEFAULT + 2 * _TRIES, 2):
        try:
            return _listen(candidate)
        except OSError:
            continue
    return _listen(0)


def free_from(port: int) -> int:
    """The first port from `port` on that is free now; any free one when the next hundred are taken."""
    for candidate in range(port, min(port + _TRIES, _LAST + 1)):
        if is_free(candidate):
            return candidate
    with _listen(0) as found:
        return int(found.getsockname()[1])


def is_free(port: int) -> bool:
    """Whether nobody listens at `port`."""
    try:
        _listen(port).close()
    except OSError:
        return False
    return True


def _asked(port: int) -> socket.socket:
    try:
        return _listen(port)
    except PermissionError:
        raise PortError(
            N_("This account may not use port {port}. Choose one above 1023, for instance --port {other}."),
            port=port, other=free_from(DEFAULT),
        ) from None  # fmt: skip
    except OSError:
        raise PortError(
            N_("Port {port} is taken by another program. Leave out --port, or choose a free one: --port {other}."),
            port=port, other=free_from(min(port + 1, _LAST)),
        ) from None  # fmt: skip


def _listen(port: int) -> socket.socket:
    """A socket that listens at the port and shares it with nobody."""
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        # elsewhere an address stays blocked for a minute after its server ended; on Windows the
        # same option would let two programs listen at one address
        if sys.platform == "win32":
            found.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.setblocking(False)
        found.bind((HOST, port))
        found.listen(128)
    except OSError:
        found.close()
        raise
    return found
