"""An error in a notebook is one sentence in the person's language."""

import nbformat
from nbclient import NotebookClient
from nbformat import v4


def test_a_notebook_shows_the_sentence_and_no_traceback():
    code = "from mutu.locale import use\nfrom mutu.measure import skm\nwith use('{language}'):\n    skm.score(3)"
    for language, said in (("id", "Jawaban harus berupa data frame"), ("en", "The answers must be a data frame")):
        book = v4.new_notebook(cells=[v4.new_code_cell(code.format(language=language))])
        book.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
        NotebookClient(book, allow_errors=True, timeout=120).execute()
        (output,) = nbformat.from_dict(book.cells[0]).outputs
        shown = "\n".join(output["traceback"])
        if language == "id":
            assert said in shown
        assert "File " not in shown
        assert "InputError" in shown
