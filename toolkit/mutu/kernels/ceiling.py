"""How much this process and those it starts may use from now on."""

from __future__ import annotations

import sys
from collections.abc import Mapping


def lower(most: Mapping[str, int]) -> None:
    """Set limits that cannot be raised again; one that is lower already stays. Windows has none of them.

    Parameters
    ----------
    most : name in the module `resource`, as "RLIMIT_AS" -> bytes, seconds or pieces
    """
    if sys.platform == "win32":
        return
    import resource

    for name, value in most.items():
        kind = getattr(resource, name)
        hard = resource.getrlimit(kind)[1]
        lowest = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (lowest, lowest))
