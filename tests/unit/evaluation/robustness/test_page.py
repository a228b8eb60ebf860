"""The examples of the page about robustness, run as they stand."""

import re

import pytest

from tests.architecture.checkout import ROOT

PAGE = (ROOT / "docs" / "robustness.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_an_example_does_what_it_says(number: int) -> None:
    exec(compile(EXAMPLES[number], f"example {number}", "exec"), {})


def test_the_page_has_examples() -> None:
    assert len(EXAMPLES) == 2
