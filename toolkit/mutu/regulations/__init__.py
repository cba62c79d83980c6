"""What is in force: dated data files of bands, weights and names, and the loader that checks them."""

from mutu.regulations.load import publication, skm
from mutu.regulations.schema import Band, Convention, Publication, Skm, Text, Unsur

__all__ = ["Band", "Convention", "Publication", "Skm", "Text", "Unsur", "publication", "skm"]
