"""Where templates lie and how they are filled."""

import pytest
from jinja2 import UndefinedError

from awards.documents.templates import (
    VariablesMissing,
    build_environment,
    fill_template,
    templates_folder,
)


def test_templates_folder_holds_the_bundled_design():
    assert (templates_folder() / "certificates" / "kawung" / "design.toml").is_file()


def test_everything_is_escaped_whatever_the_ending(tmp_path):
    (tmp_path / "note.txt").write_text("{{ name }}")

    assert fill_template(tmp_path, "note.txt", values={"name": "<b>"}) == "&lt;b&gt;"


def test_missing_variables_are_listed_once_each(tmp_path):
    (tmp_path / "note.txt").write_text("{{ one }}{{ two }}{{ one }}{% for x in many %}{% endfor %}")

    with pytest.raises(VariablesMissing, match=r"note\.txt of .+ uses one, two, many, which"):
        fill_template(tmp_path, "note.txt", values={})


def test_plain_environment_is_strict(tmp_path):
    with pytest.raises(UndefinedError):
        build_environment(tmp_path).from_string("{{ absent }}").render()
