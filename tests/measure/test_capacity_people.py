"""Networks, and scales of readiness and resistance, agree with printed numbers, or with a second way to reach them."""

from itertools import combinations

import networkx as nx
import numpy as np
import polars as pl
import pytest
from frame_kit import FRAMES
from hypothesis import given
from hypothesis import strategies as st
from published import agrees
from result_kit import shows_itself

from mutu.errors import AnswerError, InputError, SettingError
from mutu.locale import use
from mutu.measure import reliability
from mutu.measure.capacity import between_units, change_scale, network, readiness, resistance, rwg, rwg_j
from mutu.measure.paired import combination

# --- network -----------------------------------------------------------------------------------------------------


def ties(graph):
    return pl.DataFrame(list(map(tuple, graph.edges)), schema=["from", "to"], orient="row")


def by_name(phase):
    return {one.name: one for one in phase.organisations}


def test_the_karate_club_has_the_betweenness_igraph_prints():
    """Two libraries: igraph counts paths, this measure takes their share of the 33 × 32 ÷ 2 pairs of the others."""
    source = "R igraph, betweenness(karate) as printed in Lantz, Machine Learning with R"
    club = nx.relabel_nodes(nx.karate_club_graph(), lambda node: f"{node + 1:02}")
    found = by_name(network(ties(club)).all)
    printed = ["231.0714286", "28.4785714", "75.8507937", "6.2880952", "0.3333333", "15.8333333"]
    for place, published in enumerate(printed, 1):
        paths = found[f"{place:02}"].betweenness * 33 * 32 / 2
        agrees(f"capacity.network, karate club, betweenness of {place}", source, published, paths)


def test_the_florentine_families_have_the_betweenness_networkx_documents():
    source = "NetworkX, its test of betweenness_centrality, marriages of the Florentine families"
    printed = {"Medici": "0.522", "Guadagni": "0.255", "Albizzi": "0.212", "Salviati": "0.143", "Ridolfi": "0.114"}
    printed |= {"Strozzi": "0.103", "Bischeri": "0.104", "Peruzzi": "0.022", "Ginori": "0.000"}
    found = network(ties(nx.florentine_families_graph()))
    for name, published in printed.items():
        agrees(f"capacity.network, {name}, betweenness", source, published, by_name(found.all)[name].betweenness)
    assert found.all.organisations[0].name == "Medici"
    assert (found.n, found.all.pairs) == (15, 20)


SECTORS = {
    "dinas": "pemerintah",
    "camat": "pemerintah",
    "LSM": "LSM",
    "forum": "warga",
    "PKK": "warga",
    "media": "media",
}
NAMED = {
    "from": ["dinas", "LSM", "LSM", "forum", "camat", "dinas", "dinas", "LSM", None, "PKK"],
    "to": ["LSM", "dinas", "forum", "LSM", "dinas", "camat", "dinas", "PKK", "LSM", "LSM"],
    "tahap": [
        "rencana",
        "rencana",
        "rencana",
        "pantau",
        "laksana",
        "laksana",
        "laksana",
        "pantau",
        "rencana",
        "pantau",
    ],
}


def test_density_reciprocity_and_phases_are_counts_of_pairs():
    found = network(pl.DataFrame(NAMED), phase="tahap", sectors=SECTORS)
    assert (found.all.pairs, found.all.density) == (4, pytest.approx(4 / 15))
    assert found.all.reciprocity == 1.0
    assert found.all.between_sectors == 0.75
    assert found.all.isolated == ("media",)
    assert found.all.parts == 2
    assert found.left_out == 2
    assert [phase.name for phase in found.phases] == ["rencana", "pantau", "laksana"]
    plan, watch, carry = found.phases
    assert (plan.pairs, plan.reciprocity) == (2, 0.5)
    assert (watch.pairs, watch.reciprocity) == (2, 0.5)
    assert (carry.pairs, carry.reciprocity) == (1, 1.0)
    assert plan.isolated == ("PKK", "camat", "media")
    with use("en"):
        assert "Without one of these, others lose contact: LSM, dinas." in found.sentence()
        assert "By phase: rencana 13.3%; pantau 13.3%; laksana 6.7%." in found.sentence()


def test_bridges_between_sectors_are_those_on_the_paths_between_them():
    found = by_name(network(pl.DataFrame(NAMED), sectors=SECTORS).all)
    # eight pairs of different sectors are without LSM; dinas and camat reach forum and PKK through it alone
    assert found["LSM"].bridging == pytest.approx(4 / 8)
    assert found["dinas"].bridging == pytest.approx(3 / 9)
    assert found["media"].bridging == 0
    assert (found["LSM"].partners, found["LSM"].other_sectors, found["LSM"].cut_point) == (3, 3, True)


GRAPHS = st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(lambda pair: pair[0] < pair[1]), min_size=1)


@given(GRAPHS, st.lists(st.sampled_from(["x", "y", "z"]), min_size=7, max_size=7))
def test_centralities_are_counts_over_all_shortest_paths(edges, kinds):
    """The second way: every shortest path of every pair, listed one by one."""
    sectors = {str(node): kind for node, kind in enumerate(kinds)}
    table = pl.DataFrame([(str(a), str(b)) for a, b in edges], schema=["from", "to"], orient="row")
    found = by_name(network(table, sectors=sectors).all)
    graph = nx.Graph()
    graph.add_nodes_from(sectors)
    graph.add_edges_from((str(a), str(b)) for a, b in edges)
    for node, ours in found.items():
        others = list(combinations([name for name in sectors if name != node], 2))
        through = {pair: _through(graph, pair, node) for pair in others}
        mixed = [pair for pair in others if sectors[pair[0]] != sectors[pair[1]]]
        assert ours.betweenness == pytest.approx(sum(through.values()) / len(others))
        assert ours.bridging == pytest.approx(sum(through[pair] for pair in mixed) / len(mixed) if mixed else 0)
        assert ours.degree == pytest.approx(len(graph[node]) / 6)


def _through(graph, pair, node):
    if not nx.has_path(graph, *pair):
        return 0
    paths = list(nx.all_shortest_paths(graph, *pair))
    return sum(node in path for path in paths) / len(paths)


@pytest.mark.parametrize("kind", FRAMES)
def test_frames_of_every_kind_give_the_same_answer(kind):
    make = FRAMES[kind]
    expected = network(pl.DataFrame(NAMED), phase="tahap", sectors=SECTORS)
    assert network(make(NAMED), phase="tahap", sectors=SECTORS) == expected
    assert readiness(make(ANSWERS), ITEMS, unit="unit") == readiness(pl.DataFrame(ANSWERS), ITEMS, unit="unit")


@pytest.mark.parametrize(
    ("table", "options"),
    [
        ({"from": [], "to": []}, {}),
        ({"from": ["a"], "to": ["a"]}, {}),
        ({"from": ["a"], "to": [None]}, {}),
        ({"from": ["a"]}, {}),
        ({"from": ["a"], "to": ["b"]}, {"sectors": {"a": "x"}}),
        ({"from": ["a"], "to": ["b"]}, {"phase": "tahap"}),
    ],
)
def test_a_network_of_nonsense_is_refused(table, options):
    with pytest.raises(InputError):
        network(pl.DataFrame(table), **options)


# --- agreement ---------------------------------------------------------------------------------------------------

# lq2002 of the R package multilevel 2.8: eleven items on leadership (LEAD01-LEAD11) in companies 6, 7 and 9
LEAD = {
    6: """42134122221 33212212122 43435354435 44444544444 43344444444 44434444334 55433334222 24223444113 55544444434
          43112233124 43344344344 33313434114""",
    7: """24212424244 44242424243 44242424233 44544445455 44222223234 13333333332 55555555555 33244444244 44534444554
          44333334344 23333413333 44454444554 43342433333 44444433334 33333333333""",
    9: """24333215143 24443314144 55343434344 55223415153 23313343211 44555555555 44444445244 44434433334 24211413142
          34343444333 44214434344 44344444444 23213333233""",
}
COMPANIES = {company: np.array([[float(c) for c in row] for row in rows.split()]) for company, rows in LEAD.items()}


def test_agreement_is_the_one_of_the_r_package_multilevel():
    source = "R multilevel 2.8, example rwg.j(lq2002[, 3:13], lq2002$COMPID)"
    for company, published in ((6, "0.8876629"), (7, "0.9330486"), (9, "0.8908708")):
        agrees(f"capacity.rwg_j, company {company}", source, published, rwg_j(COMPANIES[company], (1, 5)))


def test_agreement_on_one_score_is_the_one_of_the_r_package_multilevel():
    source = "R multilevel 2.8, example rwg(lq2002$LEAD, lq2002$COMPID)"
    for company, published in ((6, "0.6834460"), (7, "0.7571035")):
        ours = rwg(COMPANIES[company].mean(axis=1), (1, 5))
        agrees(f"capacity.rwg, company {company}", source, published, ours, within=1e-6)


def test_variance_between_units_is_the_one_of_the_r_package_multilevel():
    source = "R multilevel 2.8, ICC1 and ICC2 of aov(LEAD ~ COMPID), companies 6, 7 and 9 of lq2002"
    found = between_units([values.mean(axis=1) for values in COMPANIES.values()])
    agrees("capacity.between_units, ICC(1)", source, "-0.0480671075", found.icc1, within=1e-6)
    agrees("capacity.between_units, ICC(2)", source, "-1.574013514", found.icc2, within=1e-5)


def test_units_of_one_size_have_the_icc_of_the_raters():
    """The second way: the one-way coefficients of `reliability.icc`, for units of the same size."""
    values = np.random.default_rng(7).normal(size=(12, 5)) + np.arange(12)[:, None] / 4
    found, table = between_units(list(values)), reliability.icc(values, form="1,1")
    assert found.icc1 == pytest.approx(float(table))
    assert found.icc2 == pytest.approx(table.forms["1,k"].value)


@pytest.mark.parametrize("apart", [0.0, 8.0])
def test_what_lies_between_units_shows_itself(apart):
    found = between_units([np.array([1.0, 5, 1, 5]), np.array([1.0, 5, 1, 5]) + apart])
    shows_itself(found)
    assert float(found) == found.icc1
    with use("en"):
        assert ("lie between units" in found.sentence()) == (found.icc1 > 0)


def test_a_tie_with_an_empty_end_is_counted_and_said():
    named = {"from": ["a", None, "b", "c", "d"], "to": ["b", "c", "", "c", "a"]}
    found = network(pl.DataFrame(named))
    assert (found.left_out, found.all.pairs) == (3, 2)
    with use("en"):
        assert "3 of the rows name no tie" in found.sentence()
    with use("en"):
        assert "name no tie" not in network(pl.DataFrame({"from": ["a"], "to": ["b"]})).sentence()


def test_agreement_is_one_in_unison_zero_when_split_and_weaker_against_milder_answers():
    assert rwg(np.full(6, 4.0), (1, 5)) == 1
    assert rwg(np.array([1.0, 1, 5, 5]), (1, 5)) == 0
    mild = rwg(np.array([4.0, 4, 5, 3]), (1, 5), null_variance=0.9)
    assert mild < rwg(np.array([4.0, 4, 5, 3]), (1, 5))


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (lambda: rwg(np.array([4.0]), (1, 5)), InputError),
        (lambda: rwg(np.array([4.0, 3.0]), (5, 5)), SettingError),
        (lambda: rwg(np.array([4.0, 3.0]), (1, 5), null_variance=0), SettingError),
        (lambda: between_units([np.array([1.0, 2.0])]), InputError),
        (lambda: between_units([np.array([1.0]), np.array([2.0])]), InputError),
        (lambda: between_units([np.array([2.0, 2.0]), np.array([2.0, 2.0])]), InputError),
    ],
)
def test_agreement_of_nonsense_is_refused(wrong, error):
    with pytest.raises(error):
        wrong()


# --- readiness and resistance ------------------------------------------------------------------------------------

EVERYBODY = np.concatenate(list(COMPANIES.values()))
ITEMS = {"commitment": ["c1", "c2", "c3"], "efficacy": ["e1", "e2"]}
ANSWERS = {name: EVERYBODY[:, place].tolist() for place, name in enumerate(["c1", "c2", "c3", "e1", "e2"])}
ANSWERS["unit"] = ["A"] * 12 + ["B"] * 15 + ["C"] * 9 + ["D"] * 4


def test_dimensions_are_means_of_items_with_the_interval_of_the_house():
    found = readiness(pl.DataFrame(ANSWERS), ITEMS)
    commitment = found.dimensions[0]
    expected = combination(EVERYBODY[:, :3], np.full(3, 1 / 3), (1, 5))
    assert (commitment.mean, commitment.interval) == (pytest.approx(EVERYBODY[:, :3].mean()), expected.interval)
    assert commitment.spread == pytest.approx(EVERYBODY[:, :3].mean(axis=1).std(ddof=1))
    assert commitment.agreement == rwg_j(EVERYBODY[:, :3], (1, 5))
    assert commitment.icc == float(reliability.icc(EVERYBODY[:, :3].T))
    assert float(found) == pytest.approx(np.mean([one.mean for one in found.dimensions]))
    with use("en"):
        assert "There is no established line between much and little" in found.sentence()


def test_units_too_small_cannot_be_worked_out():
    found = readiness(pl.DataFrame(ANSWERS), ITEMS, unit="unit").dimensions[0]
    shown = {unit.unit: unit for unit in found.units}
    assert shown["D"][1:] == shown["C"][1:] == (None, None, None, None)
    assert shown["A"].mean == pytest.approx(EVERYBODY[:12, :3].mean())
    assert shown["A"].agreement == rwg_j(EVERYBODY[:12, :3], (1, 5))
    assert found.between.units == 4


def test_reversed_items_are_turned():
    table = pl.DataFrame(ANSWERS)
    turned = table.with_columns((6 - pl.col("c2")).alias("c2"))
    assert readiness(turned, ITEMS, reverse=["c2"]) == readiness(table, ITEMS)


def test_missing_answers_leave_their_item_alone():
    table = pl.DataFrame(ANSWERS | {"c1": [None, *ANSWERS["c1"][1:]]})
    found = readiness(table, ITEMS).dimensions[0]
    means = [EVERYBODY[1:, 0].mean(), EVERYBODY[:, 1].mean(), EVERYBODY[:, 2].mean()]
    assert found.mean == pytest.approx(np.mean(means))
    assert found.n == 40


def test_resistance_has_its_own_dimensions_and_scale():
    table = pl.DataFrame(EVERYBODY[:, :4], schema=["r", "e", "s", "k"])
    found = resistance(table, {"routine": ["r"], "emotion": ["e"], "short_term": ["s"], "rigidity": ["k"]})
    assert [one.code for one in found.dimensions] == list(change_scale("resistance").codes)
    assert all(one.icc is None for one in found.dimensions)
    assert found.scale == (1, 6)


@pytest.mark.parametrize(
    ("table", "items", "options", "error"),
    [
        (ANSWERS, {}, {}, SettingError),
        (ANSWERS, {"courage": ["c1"]}, {}, SettingError),
        (ANSWERS, {"commitment": []}, {}, SettingError),
        (ANSWERS, {"commitment": "c1"}, {}, SettingError),
        (ANSWERS, {"commitment": ["c1"], "efficacy": ["c1"]}, {}, InputError),
        (ANSWERS, {"commitment": ["c9"]}, {}, InputError),
        (ANSWERS, ITEMS, {"reverse": ["c9"]}, SettingError),
        (ANSWERS, ITEMS, {"scale": (1, 4)}, AnswerError),
        (ANSWERS, ITEMS, {"least": 2}, SettingError),
        ({name: cells[:4] for name, cells in ANSWERS.items()}, ITEMS, {}, InputError),
        ({name: cells[:1] for name, cells in ANSWERS.items()}, ITEMS, {}, InputError),
        ({name: [] for name in ANSWERS}, ITEMS, {}, InputError),
        (ANSWERS | {"c1": [None] * 40}, ITEMS, {}, InputError),
        (ANSWERS | {"c1": ["setuju"] * 40}, ITEMS, {}, AnswerError),
        (ANSWERS | {"c1": [float("inf")] * 40}, ITEMS, {}, AnswerError),
        (ANSWERS | {"e1": [3.0] * 4 + [None] * 36, "e2": [3.0] * 4 + [None] * 36}, ITEMS, {}, InputError),
    ],
)
def test_scales_of_nonsense_are_refused(table, items, options, error):
    with pytest.raises(error):
        readiness(pl.DataFrame(table), items, **options)


def test_everybody_the_same_is_full_agreement_with_an_interval_that_does_not_claim_certainty():
    same = pl.DataFrame({"c1": [4] * 20, "c2": [4] * 20})
    found = readiness(same, {"commitment": ["c1", "c2"]}).dimensions[0]
    assert (found.mean, found.spread, found.agreement, found.icc) == (4, 0, 1, None)
    assert found.interval.low < 4 < found.interval.high


RESULTS = [
    network(pl.DataFrame(NAMED), phase="tahap", sectors=SECTORS),
    network(pl.DataFrame(NAMED)),
    readiness(pl.DataFrame(ANSWERS), ITEMS, unit="unit"),
    resistance(pl.DataFrame(ANSWERS), {"routine": ["c1", "c2"]}),
]


@pytest.mark.parametrize("result", RESULTS, ids=lambda result: type(result).__name__)
def test_a_result_shows_itself_in_both_languages(result):
    shows_itself(result)
