"""Compute a run's standings, totals, places and titles again: python retabulate.py FOLDER

FOLDER is an unpacked auditor's bundle, or any with its manifest.json and results.parquet.
Written from docs/run-format.md and docs/evaluation.md alone: it imports nothing of awards,
and reads Parquet by pyarrow, another implementation than the one that wrote it. Points are
taken as they stand: how they came about is what `awards run verify` checks. Exits with 0 when
all comes out the same, 1 at the first difference, naming it, 2 when it cannot be checked.
"""

import json
import math
import pathlib
import sys
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

import pyarrow.parquet as pq  # type: ignore[import-untyped]

Node = dict[str, Any]
Row = dict[str, Any]
Children = list[tuple[float, float]]  # points and share of the weight in force
UNIT, SPARE = 10**9, 1e-9
RANKED, NOT_ELIGIBLE, NOT_ASSESSABLE = 0, 1, 2
MEASURED, NOT_APPLICABLE, OFF_SCALE = 0, 3, 4


class Different(Exception): ...


def units(value: float) -> int:
    """Units of 10⁻⁹, exact and halves to even."""
    return round(Fraction(value) * UNIT)


def near(one: float | None, other: float | None) -> bool:
    """Equal to one unit: sums in another order differ in their last bits."""
    if one is None or other is None:
        return one is other
    return abs(units(one) - units(other)) <= 1


def mean(children: Children) -> float:
    return math.fsum(points * share for points, share in children)


def geometric(children: Children) -> float:
    if any(points <= 0 for points, _ in children):
        return 0.0
    return 100 * math.exp(math.fsum(share * math.log(points / 100) for points, share in children))


def power(children: Children, exponent: float) -> float:
    counted = [(max(0.0, points), share) for points, share in children]
    lead = (max if exponent > 0 else min)(points for points, _ in counted)
    if lead == 0:
        return 0.0
    whole = math.fsum(share * (points / lead) ** exponent for points, share in counted)
    return float(lead * whole ** (1 / exponent))


# By children, the most raw points that all of them can bring, and parameters.
AGGREGATIONS: dict[str, Callable[[Children, float, Node], float]] = {
    "arithmetic": lambda found, _, __: mean(found),
    "geometric": lambda found, _, __: geometric(found),
    "harmonic": lambda found, _, __: power(found, -1),
    "power": lambda found, _, given: power(found, given.get("exponent", 0.5)),
    "weakest": lambda found, _, __: min(points for points, _ in found),
    "sum": lambda c, full, given: min(100.0, full / (given.get("maximum") or full) * mean(c)),
    "sum-over-most": lambda c, _, given: mean(c) * len(c) / max(len(c), given.get("items", 10)),
}
LADDERS = {"top-n": {"", "titles"}, "bands": {"", "bands", "decimals"}}


def code(node: Node) -> str:
    return str(node["code"] if "children" in node else node["criterion"])


def column(node: Node) -> str:
    return f"value:{code(node)}" if "children" in node else f"points:{code(node)}"


def nodes(node: Node) -> Iterator[Node]:
    yield node
    for child in node.get("children", ()):
        yield from nodes(child)


def leaves(node: Node) -> list[Node]:
    return [each for each in nodes(node) if "children" not in each]


def in_force(node: Node, row: Row) -> bool | None:
    """Whether a criterion or group takes part; None where the results do not tell."""
    if "children" in node:
        return any(in_force(child, row) is not False for child in node["children"])
    reason, policy = row[f"reason:{code(node)}"], node["missing"]
    if reason == NOT_APPLICABLE or (reason != MEASURED and policy == "reweight"):
        return False
    return True if reason == MEASURED or policy == "zero" else None


def standings(definition: Node, row: Row) -> set[int]:
    """Which standings the gates, reasons and policies of a row allow."""
    asked = [each for each in definition["gates"] if each.get("decides") != "titles"]
    outcomes = [row[f"gate:{each.get('name') or each['code']}"] for each in asked]
    if NOT_ELIGIBLE in outcomes:
        return {NOT_ELIGIBLE}
    tree, below = definition["tree"], leaves(definition["tree"])
    reasons = [row[f"reason:{code(leaf)}"] for leaf in below]
    arising = sum(reason != NOT_APPLICABLE for reason in reasons)
    measured = sum(reason in (MEASURED, OFF_SCALE) for reason in reasons)
    known = NOT_ASSESSABLE not in outcomes and arising > 0
    known &= measured >= (definition.get("least_availability") or 0) * arising - SPARE
    known &= all(map(tolerated, below, reasons))
    known &= all(enough(each, row) for each in nodes(tree) if "children" in each)
    unsure = any(in_force(leaf, row) is None for leaf in below)
    return {RANKED, NOT_ASSESSABLE} if known and unsure else {RANKED if known else NOT_ASSESSABLE}


def tolerated(leaf: Node, reason: int) -> bool:
    """Whether the criterion's policies leave the candidate in, as far as reasons tell."""
    if reason in (NOT_APPLICABLE, OFF_SCALE):
        allowed = ("zero", "reweight")
        return leaf["not_applicable" if reason == NOT_APPLICABLE else "missing"] in allowed
    return bool(reason == MEASURED or leaf["missing"] != "ineligible")


def enough(group: Node, row: Row) -> bool:
    if all(row[f"reason:{code(leaf)}"] == NOT_APPLICABLE for leaf in leaves(group)):
        return True
    left = sum(each["weight"] for each in group["children"] if in_force(each, row) is not False)
    whole = sum(each["weight"] for each in group["children"])
    return bool(left > 0 and left / whole >= group["least_share"] - SPARE)


def value(node: Node, row: Row, tree: Node) -> float | None:
    """Points of a criterion as they stand; the value of a group computed from them."""
    if "children" not in node:
        return row[column(node)]  # type: ignore[no-any-return]
    found = [(value(each, row, tree), float(each["weight"])) for each in node["children"]]
    left = sum(weight for points, weight in found if points is not None)
    if not left:
        return None
    use, full = node["aggregation"], sum(weight for _, weight in found)
    children = [(points, weight / left) for points, weight in found if points is not None]
    combined = AGGREGATIONS[use["code"]](children, full, use["parameters"])
    return min(combined, cap(node["cap"], row, tree)) if node.get("cap") else combined


def cap(rule: Node, row: Row, tree: Node) -> float:
    by = value(next(each for each in nodes(tree) if code(each) == rule["by"]), row, tree)
    if by is None:
        return math.inf
    steps = rule.get("steps") or ()
    reached = [most for edge, most in steps if units(by) >= units(edge)]
    return float((reached or [steps[0][1]])[-1] if steps else by + rule.get("plus", 0.0))


def keys(definition: Node, row: Row) -> tuple[float, ...]:
    """The total and the tie-breakers as integers; missing ones come after all others."""
    tree = {code(each): each for each in nodes(definition["tree"])}
    found: list[float] = [units(row["total"])]
    for rule in definition["tie_breakers"]:
        if isinstance(rule, str):
            points = row[column(tree[rule])]
            found.append(-math.inf if points is None else units(points))
        else:
            among = leaves(tree[rule.get("of") or code(definition["tree"])])
            all_points = [row[column(leaf)] for leaf in among]
            least = units(rule.get("points", 100.0))
            found.append(sum(one is not None and units(one) >= least for one in all_points))
    return tuple(found)


def places(definition: Node, rows: list[Row]) -> list[int]:
    """Equal keys share one; totals within the margin of the best one left count as that."""
    compared = [keys(definition, row) for row in rows]
    margin, leader, leads = units(definition.get("margin") or 0), math.inf, dict[float, float]()
    for total in sorted({key[0] for key in compared}, reverse=True):
        leads[total] = leader = total if total < leader - margin else leader
    led = [(leads[key[0]], *key[1:]) for key in compared]
    first: dict[tuple[float, ...], int] = {}
    for number, key in enumerate(sorted(led, reverse=True), 1):
        first.setdefault(key, number)
    return [first[key] for key in led]


def title(ladder: Node, row: Row) -> str | None:
    given = ladder["parameters"]
    if ladder["code"] == "top-n":
        return f"place-{row['place']}" if row["place"] <= len(given.get("titles", "123")) else None
    decimals = given.get("decimals")
    up = 0 if decimals is None else Fraction(1, 2 * 10**decimals)
    reached = Fraction(units(row["total"]), UNIT) + up
    return next((name for name, _, edge in given["bands"] if reached >= Fraction(str(edge))), None)


def same(what: str, row: Row, now: object, then: object) -> None:
    if now != then:
        raise Different(f"candidate {row['id']}: {what} is {then!r}, computed again {now!r}")


def check(definition: Node, rows: list[Row]) -> Iterator[str]:
    """What was found the same, step by step. Raises `Different` at the first that is not."""
    for row in rows:
        then, allowed = row["standing"], standings(definition, row)
        same("standing", row, then if then in allowed else min(allowed), then)
        same("having a place", row, row["standing"] == RANKED, row["place"] is not None)
    yield f"1 standings of {len(rows)} candidates follow from gates, reasons and policies: ok"
    ranked, tree = [row for row in rows if row["standing"] == RANKED], definition["tree"]
    for row in ranked:
        for group in (each for each in nodes(tree) if "children" in each):
            now, then = value(group, row, tree), row[column(group)]
            same(f"value of {code(group)}", row, then if near(now, then) else now, then)
        same("total", row, row[column(tree)], row["total"])
    yield "2 values of groups and totals follow from points: ok"
    for row, place in zip(ranked, places(definition, ranked), strict=True):
        same("place", row, place, row["place"])
    yield f"3 {len(ranked)} places follow from totals and tie-breakers: ok"
    for number, ladder in enumerate(definition["ladders"]):
        known = {"", *ladder["parameters"]} <= LADDERS.get(ladder["code"], set())
        for row in ranked if known else ():
            same(f"title:{number}", row, title(ladder, row), row[f"title:{number}"])
        yield f"4 titles of ladder {ladder['code']}: {'ok' if known else 'not checked here'}"


def read(folder: pathlib.Path) -> tuple[Node, list[Row]]:
    definition = json.loads((folder / "manifest.json").read_bytes())["category"]["definition"]
    used = {each["aggregation"]["code"] for each in nodes(definition["tree"]) if "children" in each}
    if used - AGGREGATIONS.keys():
        raise ValueError(f"unknown aggregation {', '.join(sorted(used - AGGREGATIONS.keys()))}")
    return definition, pq.read_table(folder / "results.parquet").to_pylist()


def main(folder: pathlib.Path) -> int:
    try:
        for step in check(*read(folder)):
            print(step)
        return 0
    except Different as error:
        print(f"DIFFERENT: {error}")
        return 1
    except (OSError, ValueError, KeyError) as error:
        print(f"CANNOT BE CHECKED: {type(error).__name__}: {error}")
        return 2


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
