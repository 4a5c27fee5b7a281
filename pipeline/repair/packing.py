"""Several arrays in one file that is memory-mapped: nothing is read until it is needed.

Layout: one line of JSON (name, dtype, shape and offset of each array, and free `facts`), then the arrays, each at a
multiple of 64 bytes.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import ConfigError

_ALIGN = 64
_HEADER = 4096
_MAGIC = "congvan-arrays-1"


def save_arrays(path: Path, arrays: dict[str, NDArray[Any]], facts: dict[str, Any]) -> None:
    """Write the arrays and the facts (JSON values) to one file."""
    offset = _HEADER
    table: dict[str, dict[str, Any]] = {}
    for name, array in arrays.items():
        table[name] = {"dtype": array.dtype.str, "shape": list(array.shape), "offset": offset}
        offset += -(-array.nbytes // _ALIGN) * _ALIGN
    header = json.dumps({"format": _MAGIC, "arrays": table, "facts": facts}).encode()
    if len(header) >= _HEADER:
        raise ValueError(f"a header of {len(header)} bytes does not fit {_HEADER}")
    with path.open("wb") as file:
        file.write(header.ljust(_HEADER - 1) + b"\n")
        for name, array in arrays.items():
            file.seek(table[name]["offset"])
            file.write(np.ascontiguousarray(array).tobytes())


def load_arrays(path: Path) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
    """The arrays, memory-mapped and read-only, and the facts.

    Raises:
        ConfigError: the file is missing or not of this format.
    """
    try:
        with path.open("rb") as file:
            header = json.loads(file.read(_HEADER))
    except OSError as e:
        raise ConfigError(f"a model file cannot be read: {e.strerror}", where=str(path)) from e
    except ValueError as e:
        raise ConfigError("a model file is damaged", hint="install congvan again", where=str(path)) from e
    if header.get("format") != _MAGIC:
        raise ConfigError("a model file has another format", hint="install congvan again", where=str(path))
    arrays: dict[str, NDArray[Any]] = {
        name: np.memmap(path, dtype=a["dtype"], mode="r", offset=a["offset"], shape=tuple(a["shape"]))
        for name, a in header["arrays"].items()
    }
    return arrays, header["facts"]
