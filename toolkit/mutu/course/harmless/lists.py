"""Lists of names, written as words of a text."""


def listed(names: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(names.split())
