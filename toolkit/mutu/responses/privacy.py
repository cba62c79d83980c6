"""Personal data: columns that hold it are not read, and what looks like it is masked wherever a text is shown."""

from __future__ import annotations

import re
from collections import Counter

MASK = "•••"
_EMAIL = r"[\w.+\-]+\s?@\s?[\w\-]+(?:\.[\w\-]+)+"
_DIGITS = r"(?:\+?\d[\s.\-()]{0,2}){9,19}\d"  # telephone, NIK, NIP, account numbers
_PATTERN = re.compile(rf"(?<![\w.+\-]){_EMAIL}|{_DIGITS}")  # tried at the start of a word only: one pass
_TELEPHONE = re.compile(r"(?:\+?62|0|8)[\d\s.\-()]{8,16}")
_DECIMAL = re.compile(r"-?\d{1,4}[.,]\d+")
_NIK = re.compile(r"[\d\s.\-']{16,24}")
_LONGEST = 80


def hide(said: str) -> str:
    """A text with e-mail addresses and long numbers masked."""
    return _PATTERN.sub(MASK, said)


def mask(said: str) -> str:
    """A text of the file fit to be shown: personal numbers and addresses masked, cut where too long."""
    said = hide(said)
    return said if len(said) <= _LONGEST else said[: _LONGEST - 1] + "…"


def looks_personal(counts: Counter[str]) -> bool:
    """Whether most texts of a column are e-mail addresses, telephone numbers or NIK, whatever its header says."""
    if len(counts) < 3:
        return any("@" in said for said in counts) and all(map(_is_personal, counts))
    return sum(map(_is_personal, counts)) > 0.6 * len(counts)


def _is_personal(said: str) -> bool:
    said = said.strip().lstrip("'")
    if re.match(r"\d{4}-\d\d-\d\d", said) or _DECIMAL.fullmatch(said):
        return False
    return bool(re.fullmatch(_EMAIL, said) or _TELEPHONE.fullmatch(said) or _NIK.fullmatch(said))
