"""Charts say in words what they draw, and need no colour to be read."""

import re
from dataclasses import replace
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from scorecards.charts import FILL, INK, LINE, TRACK, principle_chart, theme_chart
from scorecards.scoring import DEFAULT_POLICY, evaluate
from scorecards.scoring.social_value import Money, social_value
from tests.scorecards.documents.samples import short_content, social_value_input

SVG = "{http://www.w3.org/2000/svg}"


def principles():
    return evaluate(short_content().inputs).frameworks[0].principles


def by_principle(rows=None, name="chart"):
    return principle_chart(
        name=name,
        framework="The Seven Principles",
        principles=principles() if rows is None else rows,
        bands=DEFAULT_POLICY.bands,
    )


def by_theme(themes=None):
    found = social_value(social_value_input())
    return theme_chart(
        name="themes",
        themes=found.themes if themes is None else themes,
        is_illustrative=found.is_illustrative,
    )


@pytest.mark.parametrize("chart", [by_principle(), by_theme()], ids=["principles", "themes"])
def test_chart_is_a_named_picture(chart):
    root = ElementTree.fromstring(chart.svg)

    assert root.get("role") == "img"
    assert [child.tag for child in root][:2] == [f"{SVG}title", f"{SVG}desc"]
    assert root[0].text == chart.title
    assert root[1].text == chart.description
    assert root.get("aria-labelledby") == f"{root[0].get('id')} {root[1].get('id')}"


@pytest.mark.parametrize("chart", [by_principle(), by_theme()], ids=["principles", "themes"])
def test_chart_holds_nothing_that_the_content_policy_refuses(chart):
    assert not re.search(r"style|<script|href|url\(|\son\w+=", chart.svg)


@pytest.mark.parametrize("chart", [by_principle(), by_theme()], ids=["principles", "themes"])
def test_chart_table_is_as_wide_as_its_head(chart):
    assert {len(row) for row in chart.rows} == {len(chart.columns)}


def test_principle_chart_shows_every_figure_of_its_table():
    chart = by_principle()

    assert len(chart.rows) == 7
    for row in chart.rows:
        assert f">{row[1]}</text>" in chart.svg


def test_principle_chart_of_an_unrated_principle_draws_no_bar():
    first = replace(principles()[0], percent=None)
    chart = by_principle([first])

    assert chart.rows[0][1] == "not rated"
    assert f'fill="{FILL}"' not in chart.svg
    assert "stroke-dasharray" in chart.svg


def test_chart_escapes_what_people_typed():
    first = replace(principles()[0], title='</text><script>"&')

    chart = by_principle([first], name='"><x')

    ElementTree.fromstring(chart.svg)
    assert "<script>" not in chart.svg


def test_theme_chart_tells_committed_from_delivered_by_shape():
    chart = by_theme()

    assert f'fill="{FILL}"/>' in chart.svg
    assert f'fill="#ffffff" stroke="{FILL}"' in chart.svg
    assert "illustrative" in chart.title


def test_theme_chart_without_any_value_draws_empty_tracks():
    themes = [
        replace(theme, money=Money(None, None, 0))
        for theme in social_value(social_value_input()).themes
    ]

    assert {row[1:] for row in by_theme(themes).rows} == {("nothing valued", "nothing valued")}


def test_theme_chart_where_all_values_are_nought():
    nought = Money(Decimal(0), Decimal(0), 0)
    themes = [replace(theme, money=nought) for theme in social_value(social_value_input()).themes]

    assert {row[1:] for row in by_theme(themes).rows} == {("£0", "£0")}


def test_svg_is_placed_in_a_template_as_it_stands():
    from django.utils.html import conditional_escape

    chart = by_principle()

    assert conditional_escape(chart.svg) == chart.svg


@pytest.mark.parametrize(
    ("colour", "ground", "least"),
    [(INK, "#ffffff", 7), (FILL, "#ffffff", 4.5), (FILL, TRACK, 3), (LINE, "#ffffff", 3)],
)
def test_colours_have_enough_contrast(colour, ground, least):
    first, second = sorted((_luminance(colour), _luminance(ground)), reverse=True)

    assert (first + 0.05) / (second + 0.05) >= least


def _luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
