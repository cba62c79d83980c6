"""Make the survey files beside this script again: `python make.py`.

Needs openpyxl, msoffcrypto-tool (one encrypted file) and LibreOffice (`soffice`: .xls, .ods, and two
.xlsx whose formulas it computes). Files of LibreOffice and the encrypted one are not the same byte for
byte when made again; everything else is. The files are committed: tests need none of this.
All data are synthetic (fixed seeds, CC0), see kit.py.
"""

# ruff: noqa: E501
from __future__ import annotations

import json

import bad_columns
import bad_files
import good_cases
import good_columns
import good_content
import good_exports
import good_more
import good_sheets
from kit import EXPECTED, HERE, MAKERS

ABOUT = {
    "options": "{files} stands for this folder",
    "rejected": "must be in the output; row as a person sees it; column null is a whole row; sheet null for CSV",
    "reason": "age: cannot be; around: a title, total or note; double: sent twice; header: said again; numbering: counts the columns; no answer: says so; outside: off the scale; trial: a test or example",
    "column": "the header's text as in the file; under a header of two rows the reader may put the upper one before it",
    "rejected_may": "may be listed too, as a row or as cells of that row; anything else listed is wrong",
    "codes_sure": "false: headers name a position only, so nrr may be compared without the codes",
    "absent": "must not occur in stdout, stderr or any file of the report",
    "groups": "with --by: letters of value compared without case, spaces and signs",
    "converted": "true: the output says that answers were converted",
    "hints": "true: hints is not empty",
    "named": "each occurs in a hint",
    "optional": "true: a clear refusal is right too",
    "says": "each must occur in stderr, without regard to case; an inner list means one of them",
    "exit": "any one of these",
    "nrr": "plain element means, four decimals, half up",
}


def main() -> None:
    for part in (good_exports, good_sheets, good_content, good_more, good_cases, good_columns, bad_files, bad_columns):
        for make in MAKERS[part.__name__]:
            make()
    text = json.dumps({"about": ABOUT, **EXPECTED}, ensure_ascii=False, indent=1)
    (HERE / "expected.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
