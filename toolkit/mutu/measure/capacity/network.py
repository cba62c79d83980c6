"""Who plans, carries out and monitors with whom: the network of collaboration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from mutu.errors import N_, InputError
from mutu.measure import frames
from mutu.measure.capacity.network_result import Collaboration, Organisation, Phase

if TYPE_CHECKING:
    import networkx as nx


def network(
    ties: Any,
    columns: Sequence[str] = ("from", "to"),
    *,
    phase: str | None = None,
    sectors: Mapping[str, str] | None = None,
) -> Collaboration:
    """The network of collaboration between organisations, in all and phase by phase.

    Two organisations work together where one of them names the other; reciprocity is the share of pairs in which both
    do. Density is pairs that work together by all pairs, degree an organisation's partners by all others, betweenness
    the share of shortest paths between others that run through it (Freeman). Bridging is the same for paths between
    organisations of different sectors alone. A cut-point is an organisation without which some others lose contact.

    The organisations are taken as all there are, so there is no interval. Where some did not answer, ties are missing:
    density and reciprocity are then too low, and centrality is not to be trusted.

    Parameters
    ----------
    ties : one row a named tie: who names, whom, and the phase
    columns : the columns of who names, and whom
    phase : column of the phase (planning, carrying out, monitoring …); None for one network
    sectors : organisation -> sector (government, NGO, civil society …); those without a tie belong here too

    Raises
    ------
    InputError : no such column, no tie between two organisations, or an organisation without a sector

    References
    ----------
    Freeman (1979), Centrality in social networks: conceptual clarification, Social Networks 1, 215-239. Brandes (2008),
    On variants of shortest-path betweenness centrality, Social Networks 30, 136-145 (betweenness between subsets).
    Wasserman & Faust (1994), Social Network Analysis, chapters 4 and 5. Computed with networkx.

    Examples
    --------
    >>> import polars as pl
    >>> named = pl.DataFrame({"from": ["office", "NGO", "NGO"], "to": ["NGO", "office", "village"]})
    >>> found = network(named, sectors={"office": "gov", "NGO": "ngo", "village": "civil", "clinic": "gov"})
    >>> found.all.density, found.all.reciprocity, found.all.isolated
    (0.3333333333333333, 0.5, ('clinic',))
    >>> found.all.organisations[0].name, found.all.organisations[0].betweenness
    ('NGO', 0.3333333333333333)
    """
    named, left_out = _ties(ties, columns, phase)
    everybody = dict.fromkeys(name for _part, pair in named for name in pair)
    known = {str(name): str(sector) for name, sector in (sectors or {}).items()}
    if sectors is not None:
        for name in everybody:
            if name not in known:
                raise InputError(
                    N_("The organisation «{name}» has no sector. Give one to each, those without a tie too."), name=name
                )
    names = sorted({*everybody, *known})
    whole = _phase("", [pair for _part, pair in named], names, known)
    parts = dict.fromkeys(part for part, _pair in named if part is not None)
    phases = tuple(_phase(part, [pair for at, pair in named if at == part], names, known) for part in parts)
    return Collaboration(whole, phases, bool(known), left_out)


_Tie = tuple[str | None, tuple[str, str]]


def _ties(ties: Any, columns: Sequence[str], phase: str | None) -> tuple[list[_Tie], int]:
    wanted = [*columns, *([phase] if phase is not None else [])]
    cells = frames.table(ties, wanted)
    who, whom = (frames.texts(cells[name]) for name in columns)
    parts = frames.texts(cells[phase]) if phase is not None else [None] * len(who)
    found: list[_Tie] = [
        (part, (one, two))
        for part, one, two in zip(parts, who, whom, strict=True)
        if one is not None and two is not None and one != two and (phase is None or part is not None)
    ]
    if not found:
        raise InputError(N_("There is no tie between two organisations. Give who names whom, one row each."))
    return found, len(who) - len(found)


def _phase(name: str, pairs: list[tuple[str, str]], names: list[str], sectors: Mapping[str, str]) -> Phase:
    import networkx as nx

    directed = set(pairs)
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(names)
    graph.add_edges_from(sorted(directed))
    returned = sum((two, one) in directed for one, two in graph.edges if (one, two) in directed)
    inside = sum(sectors[one] == sectors[two] for one, two in graph.edges) if sectors else None
    edges = graph.number_of_edges()
    return Phase(
        name=name,
        pairs=edges,
        density=float(nx.density(graph)),
        reciprocity=returned / edges,
        between_sectors=None if inside is None else 1 - inside / edges,
        parts=nx.number_connected_components(graph),
        isolated=tuple(sorted(nx.isolates(graph))),
        organisations=tuple(sorted(_organisations(graph, sectors), key=lambda one: (-one.betweenness, -one.partners))),
        ties=tuple(sorted((min(pair), max(pair)) for pair in graph.edges)),
    )


def _organisations(graph: nx.Graph[str], sectors: Mapping[str, str]) -> Iterator[Organisation]:
    import networkx as nx

    between = nx.betweenness_centrality(graph)
    degree = nx.degree_centrality(graph)
    bridging = _bridging(graph, sectors) if sectors else {}
    cuts = set(nx.articulation_points(graph))
    for name in graph:
        partners = list(graph[name])
        yield Organisation(
            name=name,
            sector=sectors.get(name, ""),
            partners=len(partners),
            degree=float(degree[name]),
            betweenness=float(between[name]),
            other_sectors=sum(sectors[one] != sectors[name] for one in partners) if sectors else None,
            bridging=bridging.get(name),
            cut_point=name in cuts,
        )


def _bridging(graph: nx.Graph[str], sectors: Mapping[str, str]) -> dict[str, float]:
    """Betweenness over the pairs of organisations of different sectors, by the number of such pairs."""
    import networkx as nx

    kinds = sorted({sectors[name] for name in graph})
    members = {kind: [name for name in graph if sectors[name] == kind] for kind in kinds}
    through = dict.fromkeys(graph, 0.0)
    for kind in kinds:
        others = [name for name in graph if sectors[name] != kind]
        for name, value in nx.betweenness_centrality_subset(graph, members[kind], others).items():
            through[name] += value  # networkx halves for undirected graphs, and every pair is met from both sides
    return {name: through[name] / pairs if (pairs := _pairs(members, sectors[name])) else 0.0 for name in graph}


def _pairs(members: Mapping[str, Sequence[str]], own: str) -> int:
    """Pairs of organisations of different sectors, one organisation of the sector `own` left out."""
    sizes = [len(names) - (kind == own) for kind, names in members.items()]
    return (sum(sizes) ** 2 - sum(size**2 for size in sizes)) // 2
