"""What is in force: dated data files of bands, weights, holidays and names, and the loader that checks them."""

from mutu.regulations.holidays import Decree, Holiday, Holidays, JointLeave, holidays, known_years
from mutu.regulations.load import publication, sample_table, skm
from mutu.regulations.schema import Band, Convention, Publication, SampleTable, Skm, Text, Unsur

__all__ = [
    "Band",
    "Convention",
    "Decree",
    "Holiday",
    "Holidays",
    "JointLeave",
    "Publication",
    "SampleTable",
    "Skm",
    "Text",
    "Unsur",
    "holidays",
    "known_years",
    "publication",
    "sample_table",
    "skm",
]
