"""Answers that are alike beyond what the task explains: what counts, what never does, and how often it is wrong."""

import ast
import random

import class_kit
import pytest

from mutu.course.outcome.insight import alike, shape
from mutu.course.outcome.insight.alike import SMALLEST_CLASS, Cell

LOOP = """\
def f(a):
    total = 0
    for x in a:
        if x is None:
            continue
        total += x
    return total
"""
SAME = """\
def f(daftar):

    # hitung
    jumlah = 100
    for butir in daftar:  # satu per satu
        if butir is None:
            continue
        jumlah = jumlah + butir
    return (jumlah)
"""
OTHER = "def f(a):\n    return sum(x for x in a if x is not None)\n"


def test_names_constants_comments_and_format_do_not_matter_to_the_shape():
    assert shape.key(LOOP) == shape.key(SAME)
    assert shape.key(LOOP) != shape.key(OTHER)


def test_what_code_uses_of_others_matters():
    assert shape.key("def f(a):\n    return max(a)\n") != shape.key("def f(a):\n    return min(a)\n")
    assert shape.key("def f(a):\n    return a.mean()\n") != shape.key("def f(a):\n    return a.sum()\n")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a = f(1)\nb = g(2)\n", "b = g(2)\na = f(1)\n"),
        ("x = f(1) < g(2)\n", "x = g(2) > f(1)\n"),
        ("if not f(1):\n    a = g(1)\nelse:\n    a = h(1)\n", "if f(1):\n    a = h(1)\nelse:\n    a = g(1)\n"),
        ("n = f(1)\nn += g(2)\n", "n = f(1)\nn = n + g(2)\n"),
        ("x = f(1) * g(2)\n", "x = g(2) * f(1)\n"),
    ],
)
def test_order_sides_and_turned_branches_are_the_same_pieces(one, other):
    assert shape.pieces(one).keys() == shape.pieces(other).keys() != set()


def test_pieces_of_code_say_in_which_line_they_stand():
    places = shape.pieces(LOOP)
    assert {line for lines in places.values() for line in lines} <= set(range(7))
    assert shape.wording("a = 1\n\nbanyak = 2  # dua orang\n")["orang"] == {2}


@pytest.mark.parametrize(
    "text",
    [
        "def f(:\n",
        "",
        "\0",
        "(" * 7000,
        "x = " + "-" * 7000 + "1",
        "a" * 100_000,
        "if 1:\n  a\n b\n",
        "\udcff = 1",
        "!pip install x",
    ],
)
def test_whatever_a_trainee_wrote_it_has_a_shape_or_none(text):
    assert isinstance(shape.key(text), str)
    assert isinstance(shape.pieces(text), dict)
    assert isinstance(shape.phrases(text), dict)


def test_code_that_cannot_be_read_is_still_grouped_by_its_words():
    assert shape.key("def f(x)\n    return 3\n") == shape.key("def f(x)  # lupa\n    return 4\n")


def _class(answers, known=(), cells=2, **more):
    return [Cell(f"t{place}", tuple(answers), known, **more) for place in range(cells)]


def _others(count):
    """Answers of people who have nothing in common."""
    return [f"def f(a):\n    b{n} = a.way{n}()\n    return c{n}(b{n}, d{n}.e{n})\n" for n in range(count)]


RARE = "def f(a):\n    b = a.strange()\n    for c in zip(b, a):\n        b.append(odd(c) - 1)\n    return rare(b)\n"


def _pairs(cells):
    return [found.pair for found in alike.alike(cells)]


def test_a_rare_way_in_several_tasks_brings_a_pair_up_and_marks_its_lines():
    cells = _class([RARE, *_others(28), RARE], cells=3)
    (found,) = alike.alike(cells)
    assert found.pair == (0, 29)
    assert found.shape >= alike.LIMITS["shape"]
    assert [len(side.shared[0]) for side in found.cells] == [5, 5, 5]


def test_one_task_alone_is_never_enough():
    assert _pairs(_class([RARE, *_others(28), RARE], cells=1)) == []


def test_the_solution_and_the_handed_out_text_do_not_count():
    assert _pairs(_class([RARE, *_others(28), RARE], known=(RARE,), cells=3)) == []


def test_what_half_the_class_has_does_not_count():
    assert _pairs(_class([*[RARE] * 16, *_others(14)], cells=3)) == []


def test_answers_of_one_line_never_count():
    line = "def f(a):\n    return a\n"
    assert _pairs(_class([line, *_others(28), line], cells=9)) == []


def test_a_class_too_small_to_know_what_is_usual_is_not_compared():
    assert _pairs(_class([RARE, *_others(SMALLEST_CLASS - 3), RARE], cells=9)) == []


def test_the_wording_is_compared_too_where_the_steps_are_everybodys():
    usual = "def f(a):\n    {0} = a.x()\n    {1} = {0} + 1  # {2}\n    return {1}\n"
    words = [usual.format(f"n{n}", f"m{n}", f"kata{n} lain{n}") for n in range(28)]
    copied = usual.format("zaitun", "melati", "begitulah kiranya")
    (found,) = alike.alike(_class([copied, *words, copied], cells=4))
    assert (found.pair, found.wording >= alike.LIMITS["wording"], found.shape) == ((0, 29), True, 0)


TEXT = (
    "Unsur terlemah kami sarana dengan nilai dua koma tiga. Menurut catatan satpam, kursi di ruang tunggu hanya enam "
    "dan atap bocor sejak Agustus. Bendahara akan membeli dua puluh kursi sebelum Februari dan memasang kanopi."
)


def _texts(first, last, known=()):
    others = [" ".join(f"kata{n}x{place}" for place in range(40)) for n in range(28)]
    return [Cell("refleksi", (first, *others, last), known, is_text=True)]


def test_a_text_with_a_few_words_changed_is_found_and_its_phrases_are_marked():
    changed = TEXT.replace("satpam", "penjaga").replace("Februari", "Maret")
    (found,) = alike.alike(_texts(TEXT, changed))
    (cell,) = found.cells
    words = changed.split()
    assert "penjaga" not in {words[place].strip(",.") for place in cell.shared[1]}
    assert "Agustus." in {words[place] for place in cell.shared[1]}
    assert 0.5 < found.phrases < 1


def test_phrases_of_the_task_and_short_texts_do_not_count():
    assert _pairs(_texts(TEXT, TEXT, known=(TEXT,))) == []
    assert (
        _pairs(_texts("Waktu paling lemah, nilainya dua koma tiga.", "Waktu paling lemah, nilainya dua koma tiga."))
        == []
    )


@pytest.fixture(scope="module")
def seen():
    """What was handed out and what the solution has."""
    import re

    from mutu.course import author

    cells = {
        cell.id: cell.source for cell in author.find("02").cells["exercise"] if cell.kind in ("answer", "reflection")
    }
    stub = re.compile(r"### BEGIN SOLUTION.*?### END SOLUTION", re.S)
    return {name: (text, stub.sub("raise NotImplementedError()", text)) for name, text in cells.items()}


def _cells(people, seen):
    names = (*class_kit.CELLS, class_kit.TEXT)
    return [Cell(name, tuple(who.cells[name] for who in people), seen[name], name == class_kit.TEXT) for name in names]


def test_the_synthetic_class_is_one_of_different_people_whose_code_is_python():
    people = class_kit.honest(60, 1)
    assert all(who.id.startswith("sintetis") for who in people)
    assert len({tuple(who.cells.values()) for who in people}) == 60
    assert all(ast.parse(who.cells[name]) for who in people for name in class_kit.CELLS)
    assert class_kit.honest(60, 1) == people


@pytest.mark.parametrize("how", ["verbatim", "renamed", "reordered"])
def test_most_who_copied_everything_are_found_and_few_who_did_not(how, seen):
    """`benchmarks/insight.py` has the figures; here limits that they keep easily."""
    wrong = found = 0
    for seed in range(4):
        people = class_kit.honest(40, seed)
        source = random.Random(seed).randrange(40)
        people.append(class_kit.copied(people[source], 41, seed, how=how))
        pairs = _pairs(_cells(people, seen))
        found += (source, 40) in pairs
        wrong += len(set(pairs) - {(source, 40)})
    assert found >= 3
    assert wrong <= 3
