"""Write the skeleton of a new plugin: a package that can be installed, or one file."""

import importlib.util
import re
from dataclasses import dataclass
from pathlib import Path
from string import Template

import awards
from awards.domain.errors import Refused

_SKELETON = Path(__file__).parent / "skeleton"
_NAME = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*")


@dataclass(frozen=True)
class PluginName:
    """A plugin's name in the forms that files need. Raises `Refused` for a bad one."""

    given: str

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.given) or len(self.given) > 40:
            raise Refused(
                f"{self.given!r} cannot name a plugin. Use up to 40 lower-case letters, digits "
                "and single hyphens between them, a letter first: waste-recycled."
            )

    @property
    def kebab(self) -> str:
        return self.given.replace("_", "-")

    @property
    def snake(self) -> str:
        return self.given.replace("-", "_")

    @property
    def title(self) -> str:
        return self.kebab.replace("-", " ").capitalize()


def write_file(name: PluginName, directory: Path) -> tuple[Path, ...]:
    """Write the plugin as one file into *directory*; nothing is overwritten."""
    return _write({directory / f"{name.snake}.py": "plugin.py"}, name)


def write_package(name: PluginName, directory: Path) -> tuple[Path, ...]:
    """Write the plugin as a package with a test and example data, in a folder of its
    own in *directory*; nothing is overwritten."""
    module = f"awards_{name.snake}"
    if importlib.util.find_spec(module) is not None:
        raise Refused(f"A package {module} is installed already. Choose another name.")
    root = directory / f"awards-{name.kebab}"
    return _write(
        {
            root / "pyproject.toml": "pyproject.toml",
            root / module / "__init__.py": "plugin.py",
            root / "tests" / f"test_{name.snake}.py": "test.py",
            root / "example.csv": "example.csv",
        },
        name,
    )


def _write(skeletons: dict[Path, str], name: PluginName) -> tuple[Path, ...]:
    for path in skeletons:
        if path.exists():
            raise Refused(f"{path} exists already. Choose another name or directory.")
    for path, skeleton in skeletons.items():
        text = Template((_SKELETON / f"{skeleton}.txt").read_text(encoding="utf-8")).substitute(
            kebab=name.kebab, snake=name.snake, title=name.title, version=awards.__version__
        )
        _save(path, text)
    return tuple(skeletons)


def _save(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Refused(f"{path} cannot be written: {error.strerror}.") from error
