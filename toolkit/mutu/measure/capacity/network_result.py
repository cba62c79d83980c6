"""What a network of collaboration shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from mutu.locale import _, integer, number, percent
from mutu.measure.result import Result


class Organisation(NamedTuple):
    """One organisation.

    Attributes
    ----------
    name, sector : the organisation and its sector, empty where none was given
    partners : organisations it works with
    degree : partners by all others
    betweenness : share of shortest paths between others that run through it
    other_sectors : partners of other sectors; None without sectors
    bridging : share of shortest paths between organisations of different sectors that run through it
    cut_point : whether others lose contact without it
    """

    name: str
    sector: str
    partners: int
    degree: float
    betweenness: float
    other_sectors: int | None
    bridging: float | None
    cut_point: bool


class Phase(NamedTuple):
    """The network of one phase, or of all.

    Attributes
    ----------
    name : the phase; empty for all
    pairs : pairs that work together
    density : these by all possible pairs
    reciprocity : share of them in which both name each other
    between_sectors : share of them whose sectors differ; None without sectors
    parts : groups without contact to each other; an isolated organisation is one
    isolated : organisations without a partner
    organisations : highest betweenness first
    ties : the pairs that work together, by name
    """

    name: str
    pairs: int
    density: float
    reciprocity: float
    between_sectors: float | None
    parts: int
    isolated: tuple[str, ...]
    organisations: tuple[Organisation, ...]
    ties: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Collaboration(Result):
    """A network of collaboration.

    Attributes
    ----------
    all : ties of all phases together
    phases : phase by phase, in the order of the ties
    sectors : whether sectors were given
    left_out : rows that count for nothing: an end or the phase is empty, or both ends are the same
    method : "freeman; census of the organisations, no interval"
    """

    all: Phase
    phases: tuple[Phase, ...]
    sectors: bool
    left_out: int
    method: str = "freeman; census of the organisations, no interval"

    def __float__(self) -> float:
        """The density of all phases together."""
        return self.all.density

    @property
    def n(self) -> int:
        """Organisations."""
        return len(self.all.organisations)

    def sentence(self) -> str:
        """Density, who links the others, who stands alone, and how the phases differ."""
        said = [
            _("Of all possible pairs of {n} organisations, {density} work together ({pairs} pairs).").format(
                n=integer(self.n), density=percent(self.all.density), pairs=integer(self.all.pairs)
            ),
            *self._links(),
        ]
        if self.all.isolated:
            said.append(_("Without any partner: {names}.").format(names=", ".join(self.all.isolated)))
        if len(self.phases) > 1:
            each = "; ".join(f"{phase.name} {percent(phase.density)}" for phase in self.phases)
            said.append(_("By phase: {phases}.").format(phases=each))
        if self.left_out:
            said.append(
                _("{count} of the rows name no tie, as an end or the phase is empty or both ends are the same.").format(
                    count=integer(self.left_out)
                )
            )
        return " ".join(said)

    def _links(self) -> list[str]:
        first = self.all.organisations[0]
        said = []
        if first.betweenness > 0:
            said.append(
                _("Most paths between the others run through {name} ({share}).").format(
                    name=first.name, share=percent(first.betweenness)
                )
            )
        bridge = max(self.all.organisations, key=lambda one: one.bridging or 0.0)
        if bridge.bridging:
            said.append(
                _("Between sectors the main bridge is {name} ({share} of the paths).").format(
                    name=bridge.name, share=percent(bridge.bridging)
                )
            )
        cuts = sorted(one.name for one in self.all.organisations if one.cut_point)
        if cuts:
            said.append(_("Without one of these, others lose contact: {names}.").format(names=", ".join(cuts)))
        return said

    def rows(self) -> list[dict[str, str]]:
        """One row an organisation, all phases together."""
        return [
            {
                _("Organisation"): one.name,
                _("Sector"): one.sector or number(None),
                _("Partners"): integer(one.partners),
                _("Degree centrality"): number(one.degree, 3),
                _("Betweenness"): number(one.betweenness, 3),
                _("Partners of other sectors"): integer(one.other_sectors),
                _("Bridging between sectors"): number(one.bridging, 3),
                _("Cut-point"): _("yes") if one.cut_point else _("no"),
            }
            for one in self.all.organisations
        ]

    def phase_rows(self) -> list[dict[str, str]]:
        """One row a phase, and one for all."""
        return [
            {
                _("Phase"): phase.name or _("all phases"),
                _("Pairs"): integer(phase.pairs),
                _("Density"): percent(phase.density),
                _("Named by both"): percent(phase.reciprocity),
                _("Between sectors"): percent(phase.between_sectors),
                _("Separate parts"): integer(phase.parts),
                _("Without a partner"): ", ".join(phase.isolated) or number(None),
            }
            for phase in (*self.phases, self.all)
        ]

    def as_json(self) -> dict[str, Any]:
        """Plain numbers."""
        return {
            "method": self.method,
            "n": self.n,
            "left_out": self.left_out,
            "all": _plain(self.all),
            "phases": [_plain(phase) for phase in self.phases],
        }


def _plain(phase: Phase) -> dict[str, Any]:
    return {
        **phase._asdict(),
        "isolated": list(phase.isolated),
        "ties": [list(pair) for pair in phase.ties],
        "organisations": [one._asdict() for one in phase.organisations],
    }
