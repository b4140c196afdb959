"""The data files that come with the program: lexicons, gazetteers, vocabularies."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import yaml

# libyaml is ten times as fast, where PyYAML was built with it; a command that cleans one page reads a dozen files.
_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(package: str, name: str) -> Any:
    """What a YAML file beside the code of a package holds, as plain Python values."""
    return parse_yaml(files(package).joinpath(name).read_text("utf-8"))


def parse_yaml(text: str) -> Any:
    """What a YAML text holds, as plain Python values. Raises yaml.YAMLError."""
    return yaml.load(text, Loader=_LOADER)  # noqa: S506 - either loader is the safe one
