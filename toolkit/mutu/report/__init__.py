"""What is shown and handed over: figures, documents as Word and PDF, the recap as Excel, the poster.

document    a document as data; word and pdf write the same one
figures     the only place that draws; svg is the same for web pages
skm         the report of a satisfaction survey, put together from all of these
office      who reports, from office.toml
"""
