"""Charts as SVG, readable without colour: every bar says its value, every series has its own pattern of line or shade.

The only home of pygal.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from uuid import UUID, uuid5
from xml.etree.ElementTree import Element

import pygal
from markupsafe import Markup
from pygal.graph.graph import Graph
from pygal.style import Style

from pipeline.store.figures import figure_text

# pygal leaves an outdated import hook behind, for plugins that nobody here has: every later import would warn.
sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, pygal.PluginImportFixer)]

_NAMES = UUID("6f3d2f6e-5f0e-4b43-9d2c-3f0f7f1f5c11")
_DARK, _LIGHT, _MIDDLE = "#123f6d", "#e0952f", "#5a8f5a"
_STYLE = Style(
    background="transparent",
    plot_background="transparent",
    foreground="#222",
    foreground_strong="#000",
    foreground_subtle="#666",
    colors=(_DARK, _LIGHT, _MIDDLE),
    value_colors=("#000", "#000", "#000"),
    font_family="'DejaVu Sans', 'Noto Sans', sans-serif",
    label_font_size=17,
    major_label_font_size=17,
    legend_font_size=18,
    guide_stroke_color="#ccc",
    major_guide_stroke_color="#bbb",
    value_font_size=16,
)
_LONGEST_LABEL = 40
_MOST_WITH_VALUES = 24
"""Bars that have room for their value; more of them need an axis."""
_MOST_UPRIGHT = 12
"""Labels under standing bars that have room side by side."""

Series = Mapping[str, Sequence[float | None]]


def bars(title: str, labels: Sequence[str], series: Series, *, lying: bool = False) -> Markup:
    """Bars side by side, one group a label; lying bars suit long labels."""
    kind = pygal.HorizontalBar if lying else pygal.Bar
    height = 120 + 30 * len(labels) * len(series) if lying else 320
    step = -1 if lying else 1  # pygal counts lying bars from below
    x_labels = [_short(label) for label in labels][::step]
    chart = kind(**_options(title, height) | _axis(len(labels), len(series), lying=lying), x_labels=x_labels)
    for name, values in series.items():
        chart.add(name, list(values)[::step])
    return _svg(chart, title)


def _axis(labels: int, series: int, *, lying: bool) -> dict[str, object]:
    """Bars that say their value need no axis of values; where there is no room for values, the axis says them."""
    if lying:
        return {"show_x_labels": False, "show_x_guides": False}
    every = 1 + (labels - 1) // _MOST_UPRIGHT
    names: dict[str, object] = {"x_labels_major_every": every, "show_minor_x_labels": every == 1}
    if labels * series > _MOST_WITH_VALUES:
        return names | {"print_values": False}
    return names | {"show_y_labels": False, "show_y_guides": False}


def lines(title: str, labels: Sequence[str], series: Series) -> Markup:
    """Lines over time; the second and third are dashed, and every point says its value."""
    chart = pygal.Line(**_options(title, 300), x_labels=[_short(label) for label in labels], dots_size=4)
    dashes = ("", "8, 4", "2, 4")
    for (name, values), dash in zip(series.items(), dashes, strict=False):
        chart.add(name, list(values), stroke_style={"width": 3, "dasharray": dash} if dash else {"width": 3})
    return _svg(chart, title)


def _options(title: str, height: int) -> dict[str, object]:
    return {
        "style": _STYLE,
        "width": 900,
        "height": height,
        "js": (),
        "max_scale": 5,
        "print_values": True,
        "print_values_position": "top",
        "show_legend": True,
        "legend_at_bottom": True,
        "margin_bottom": 30,
        "disable_xml_declaration": True,
        "value_formatter": lambda value: "" if value is None else figure_text(value),
        "truncate_label": _LONGEST_LABEL,
        "truncate_legend": -1,
        "uuid": uuid5(_NAMES, title),
    }


def _svg(chart: Graph, title: str) -> Markup:
    """The chart as it stands in a page, named for those who cannot see it."""
    chart.add_xml_filter(_without_scripts)
    svg: str = chart.render(is_unicode=True)
    opening = Markup('<svg role="img" aria-label="{}" ').format(title)
    return opening + Markup(svg[svg.index("<svg") + len("<svg ") :])


def _without_scripts(svg: Element) -> Element:
    """The drawing alone: pygal adds a script for tooltips that need its own files."""
    for parent in list(svg.iter()):
        for child in [c for c in parent if str(c.tag).endswith("script")]:
            parent.remove(child)
    return svg


def _short(label: str) -> str:
    return label if len(label) <= _LONGEST_LABEL else label[: _LONGEST_LABEL - 1] + "…"
