"""Settings: one frozen dataclass a stage, read from congvan.toml, overruled by flags. An unknown key is an error.

Also the one place that knows where the learnt models lie, in a checkout and in an installed package.
"""

from __future__ import annotations

import dataclasses
import os
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, get_type_hints

from pipeline.errors import ConfigError

READER_VERSION = "0.1.0"
"""Version of the reader, written beside every reading; the package carries the same number."""


@dataclass(frozen=True, slots=True)
class IntakeConfig:
    """What is let in."""

    max_bytes: int = 2_000_000_000
    """Bytes of one file."""
    max_pages: int = 5_000
    """Pages of one file."""
    max_page_pixels: int = 120_000_000
    """Pixels of one page at the resolution it is read at; A0 at 300 dpi has 139 million."""
    max_page_inches: float = 100.0
    """The longer side of one page, in inches."""
    text_layer_dpi: int = 300
    """Pixels per inch in which the words of a text layer are placed."""
    child_seconds: float = 60.0
    """Seconds that a program which opens a file may take for every hundred pages of it."""
    child_memory: int = 2_000_000_000
    """Bytes that such a program may use."""
    child_output: int = 500_000_000
    """Bytes that such a program may print or write."""


@dataclass(frozen=True, slots=True)
class RasterConfig:
    """How pages become pixels."""

    dpi: int = 300
    """Pixels per inch for pages that are not scans at a known resolution."""
    timeout: float = 60.0
    """Seconds that poppler may take for one page."""


@dataclass(frozen=True, slots=True)
class CleanConfig:
    """How pages are made readable."""

    enabled: bool = True


@dataclass(frozen=True, slots=True)
class OcrConfig:
    """How pages are read."""

    engine: str = "tesseract"
    languages: str = "vie"
    psm: int = 4
    """Tesseract's page segmentation mode: 4 is one column of text of varying sizes."""
    timeout: float = 120.0
    """Seconds that the engine may take for one page."""
    retry_below: float = 0.75
    """A page read with a lower mean confidence is cleaned in the next best way and read again."""


@dataclass(frozen=True, slots=True)
class RepairConfig:
    """How Vietnamese is brought back."""

    enabled: bool = True
    taught: tuple[str, ...] = ()
    """Names and phrases that are right in this archive; what people correct in the database is added."""


@dataclass(frozen=True, slots=True)
class ExtractConfig:
    """How values are found."""

    accept_at: float = 0.9
    """A value is accepted without review from this probability on."""


@dataclass(frozen=True, slots=True)
class StoreConfig:
    """How the database is kept."""

    busy_timeout: float = 30.0
    """Seconds to wait for another writer."""


@dataclass(frozen=True, slots=True)
class BatchConfig:
    """How many letters are read at once."""

    jobs: int = field(default_factory=lambda: os.cpu_count() or 1)
    letter_timeout: float = 3600.0
    """Seconds that one letter may take in all."""
    worker_memory: int = 6_000_000_000
    """Bytes of address space of each worker and of each program that it starts; 0 for no limit."""
    reread: bool = False
    """Read letters again that an older version of the reader has read."""
    archive: str = ""
    """Folder that keeps a copy of every file that was read, named by its content; none when empty."""
    cluster: str = ""
    """Address of a Dask scheduler whose workers read the letters, as `tcp://10.0.0.5:8786`; this machine when empty."""
    shared_paths: bool = False
    """Whether those workers see the files under the same paths; else the bytes travel to them."""
    shared_url: str = ""
    """URL under which those workers find `shared_root`: `s3://…`, `sftp://…`, `file://…`; none when empty."""
    shared_root: str = ""
    """The folder behind `shared_url`, as this machine sees it; needed with it."""


@dataclass(frozen=True, slots=True)
class WatchConfig:
    """When a file that arrives is taken for whole."""

    poll: float = 5.0
    """Seconds between two looks at the folder."""
    steady: float = 10.0
    """Seconds for which size and time of change must stay as they are."""


@dataclass(frozen=True, slots=True)
class WebConfig:
    """How pages are shown in a browser."""

    cache_bytes: int = 500_000_000
    """Bytes of page images that are kept on disk."""


@dataclass(frozen=True, slots=True)
class Config:
    """All settings; `Config()` is what a user gets who sets nothing."""

    intake: IntakeConfig = IntakeConfig()
    raster: RasterConfig = RasterConfig()
    clean: CleanConfig = CleanConfig()
    ocr: OcrConfig = OcrConfig()
    repair: RepairConfig = RepairConfig()
    extract: ExtractConfig = ExtractConfig()
    store: StoreConfig = StoreConfig()
    batch: BatchConfig = field(default_factory=BatchConfig)
    web: WebConfig = WebConfig()
    watch: WatchConfig = WatchConfig()


def load_config(path: Path | None) -> Config:
    """The settings of a TOML file over the defaults; the defaults alone for None.

    Raises:
        ConfigError: the file is missing or no TOML, or has a section, key or type that is not known.
    """
    if path is None:
        return Config()
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as e:
        raise ConfigError(f"the settings cannot be read: {e.strerror}", where=str(path)) from e
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as e:
        raise ConfigError(f"the settings are not valid TOML: {e}", where=str(path)) from e
    sections = {f.name: getattr(Config(), f.name) for f in fields(Config)}
    changed = {name: _section(name, sections, values, str(path)) for name, values in data.items()}
    return dataclasses.replace(Config(), **changed)


def override(config: Config, section: str, **values: Any) -> Config:  # noqa: ANN401 - the values of any section
    """The settings with some values of one section replaced; None leaves a value as it is.

    Raises:
        ConfigError: the section has no such key, or a value has the wrong type.
    """
    given = {k: v for k, v in values.items() if v is not None}
    sections = {f.name: getattr(config, f.name) for f in fields(config)}
    return dataclasses.replace(config, **{section: _section(section, sections, given, "command line")})


def _section(name: str, sections: dict[str, Any], values: object, where: str) -> Any:  # noqa: ANN401
    if name not in sections:
        raise ConfigError(f"unknown section [{name}]", hint=f"known: {', '.join(sections)}", where=where)
    if not isinstance(values, dict):
        raise ConfigError(f"[{name}] must be a section, not a value", where=where)
    hints = get_type_hints(type(sections[name]))
    for key, value in values.items():
        if key not in hints:
            raise ConfigError(f"unknown key {name}.{key}", hint=f"known: {', '.join(hints)}", where=where)
        wanted = hints[key]
        if wanted == tuple[str, ...]:
            values[key] = _texts(value, f"{name}.{key}", where)
            continue
        fits = isinstance(value, wanted) and not (wanted is not bool and isinstance(value, bool))
        if not fits and not (wanted is float and type(value) is int):
            raise ConfigError(f"{name}.{key} must be {wanted.__name__}, not {value!r}", where=where)
    return dataclasses.replace(sections[name], **values)


def _texts(value: object, key: str, where: str) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(text, str) for text in value):
        raise ConfigError(f"{key} must be a list of texts, not {value!r}", where=where)
    return tuple(value)


def read_model(path: Path) -> str:
    """The text of a model file.

    Raises:
        ConfigError: there is no such file, or it may not be read.
    """
    try:
        return path.read_text(encoding="utf-8")
    except OSError as e:
        raise ConfigError(f"a model file cannot be read: {e.strerror}", where=str(path)) from e


def models_dir() -> Path:
    """The folder of learnt models: beside the package in a checkout, inside it when installed."""
    installed = Path(__file__).parent / "models"
    return installed if installed.is_dir() else Path(__file__).parent.parent / "models"
