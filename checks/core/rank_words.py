"""The words by which copy ranks places, from ``reference_data/rank_words.csv``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from checks.core.word_lists import rows


@dataclass(frozen=True, slots=True)
class Thing:
    """What is ranked: the kind in the tables, and the attributes (or the fuel of a power plant) that may decide."""

    phrase: str
    kind: str
    value: str

    @property
    def attributes(self) -> tuple[str, ...]:
        """The attributes by which such things are ranked, the usual one first."""
        return tuple(self.value.split(";")) if self.kind != "power_plant" else ("capacity",)

    @property
    def fuel(self) -> str | None:
        """The fuel of a power plant: "" for any, "?" where the copy does not tell; None for other things."""
        return self.value if self.kind == "power_plant" else None


@cache
def things() -> dict[str, Thing]:
    """Nouns that are ranked, by phrase."""
    return {row["phrase"]: Thing(row["phrase"], row["kind"], row["value"]) for row in _rows("thing")}


@cache
def orders() -> dict[str, tuple[str, bool]]:
    """Superlatives: the dimension they speak of (size, population, height, ...), and whether they count downwards."""
    return {row["phrase"]: (row["kind"], row["value"] == "desc") for row in _rows("order")}


@cache
def regions() -> dict[str, str]:
    """Common nouns that stand for a region: "world", "country", "continent", "euro zone"."""
    return {row["phrase"]: row["value"] for row in _rows("region")}


@cache
def ordinals() -> dict[str, int]:
    """Ordinals in words."""
    return {row["phrase"]: int(row["value"]) for row in _rows("ordinal")}


@cache
def standings() -> dict[str, tuple[str, int]]:
    """Ranks without a superlative, "second city": what is ranked and its place."""
    return {row["phrase"]: (row["kind"], int(row["value"])) for row in _rows("standing")}


@cache
def measures() -> dict[str, str]:
    """The measures that copy names after "by"."""
    return {row["phrase"]: row["value"] for row in _rows("measure")}


@cache
def apart() -> frozenset[tuple[str, str]]:
    """The country and folded name of what stands among first-level regions but is no state: a federal district."""
    return frozenset((row["value"], row["phrase"]) for row in _rows("apart"))


@cache
def disputes() -> dict[frozenset[str], frozenset[str]]:
    """Pairs of countries between which it is argued whose a city is, with the regions argued about (none for all)."""
    return {
        frozenset(row["value"].split(";")): frozenset(filter(None, row["kind"].split(";"))) for row in _rows("dispute")
    }


def _rows(role: str) -> list[dict[str, str]]:
    return [row for row in rows("rank_words.csv") if row["role"] == role]
