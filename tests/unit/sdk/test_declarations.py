"""What contradicts itself is refused where it is made."""

from collections.abc import Callable
from typing import Any

import pytest

from awards.domain.errors import NotFound
from awards.sdk import COMPANY, Attribute, BadDeclaration, Criterion, Gate, Indicator, Kind
from awards.sdk.rulebook import RuleBook

TITLE = {"en": "T"}


def indicator(**more: Any) -> Indicator:
    return Indicator(**({"code": "a", "title": TITLE, "type": int, "unit": "x"} | more))


def criterion(**more: Any) -> Criterion:
    declared = {
        "code": "c",
        "title": TITLE,
        "applies_to": (COMPANY,),
        "indicators": (indicator(),),
        "measure": lambda i: i.a,
        "unit": "x",
    }
    return Criterion(**(declared | more))


def gate(**more: Any) -> Gate:
    declared = {
        "code": "g",
        "title": TITLE,
        "reason": TITLE,
        "applies_to": (COMPANY,),
        "indicators": (indicator(),),
        "passes": lambda i: i.a > 0,
    }
    return Gate(**(declared | more))


def kind(**more: Any) -> Kind:
    declared = {
        "code": "k",
        "title": TITLE,
        "scheme": "x",
        "id_title": TITLE,
        "id_pattern": "[0-9]+",
        "id_example": "1",
    }
    return Kind(**(declared | more))


def attribute(**more: Any) -> Attribute:
    return Attribute(**({"code": "a", "title": TITLE} | more))


@pytest.mark.parametrize(
    ("make", "more", "words"),
    [
        (indicator, {"code": "A"}, "Indicator 'A': a code is made of lower-case letters"),
        (indicator, {"code": "a b"}, "Indicator 'a b': a code is made of"),
        (indicator, {"code": "a\n"}, "Indicator 'a\\n': a code is made of"),
        (indicator, {"code": "a-b"}, "Indicator 'a-b': rules read it as i.a-b"),
        (indicator, {"code": "1a"}, "Indicator '1a': rules read it as i.1a"),
        (indicator, {"code": "class"}, "Indicator 'class': rules read it as i.class"),
        (indicator, {"code": "id"}, "Indicator 'id': this name is taken by the results"),
        (indicator, {"type": bool}, "Indicator 'a': type must be int or float"),
        (indicator, {"minimum": 2, "maximum": 1}, "Indicator 'a': minimum must not exceed"),
        (indicator, {"minimum": float("nan")}, "Indicator 'a': minimum must not exceed"),
        (indicator, {"title": {}}, "Indicator 'a' has no title"),
        (indicator, {"title": {"en": ""}}, "Indicator 'a' has no title"),
        (criterion, {"applies_to": ()}, "Criterion 'c' applies to no kind of candidate"),
        (criterion, {"indicators": ()}, "Criterion 'c' declares no indicator"),
        (gate, {"applies_to": ()}, "Gate 'g' applies to no kind of candidate"),
        (
            kind,
            {"id_pattern": "["},
            "Kind 'k': its pattern for ids is none: unterminated character set",
        ),
        (kind, {"id_example": "x"}, "Kind 'k': the example 'x' does not fit its pattern"),
        (attribute, {"code": "place"}, "Attribute 'place': this name is taken by the results"),
        (attribute, {"values": ("x",)}, "Attribute 'a': values gives the words of each value"),
        (gate, {"indicators": ()}, "Gate 'g' declares no indicator"),
    ],
)
def test_contradiction_is_refused_by_name(
    make: Callable[..., object], more: dict[str, Any], words: str
) -> None:
    make()
    with pytest.raises(BadDeclaration) as caught:
        make(**more)
    assert str(caught.value).startswith(words)


def test_unknown_code_is_answered_with_the_known_ones() -> None:
    rulebook = RuleBook(criteria={"b": criterion(code="b"), "a": criterion(code="a")})
    assert rulebook.criterion("a").code == "a"
    with pytest.raises(NotFound) as caught:
        rulebook.criterion("c")
    assert str(caught.value) == "No criterion is called 'c'. Known: a, b."
    with pytest.raises(NotFound) as caught:
        rulebook.gate("c")
    assert str(caught.value) == "No gate is called 'c'. Known: none."
