"""Charts as accessible SVG, each with the same figures as rows of a table.

The same text goes into the page and the PDF: no style attribute, no script, no
outside resource. A bar is told from another by its label and by being filled or
outlined, not by colour alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape

from scorecards.documents.wording import gbp_words, percent_words
from scorecards.scoring.policy import Band
from scorecards.scoring.social_value import ThemeOutcome
from scorecards.scoring.tree import PrincipleOutcome

INK = "#0b0c0c"
FILL = "#1d4f91"
TRACK = "#f3f2f1"
LINE = "#505a5f"

WIDTH = 440
LEFT = 4
SPAN = WIDTH - 2 * LEFT
BAR = 13
FONT = "font-family=\"'Source Sans 3', arial, sans-serif\""


class Svg(str):
    """SVG text that is safe to place in a page as it stands."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


@dataclass(frozen=True)
class Chart:
    """A picture and its twin: `columns` head the table, `rows` hold the figures."""

    title: str
    description: str
    svg: Svg
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class _Bar:
    label: str
    value: str
    share: Decimal | None
    outlined: bool = False
    heading: str = ""


def principle_chart(
    *, name: str, framework: str, principles: Sequence[PrincipleOutcome], bands: Sequence[Band]
) -> Chart:
    """One bar a principle, from 0 to 100 percent, with the lines of the bands.

    `name` is unique on the page: the ids of the picture are made of it.
    """
    bars = [
        _Bar(
            label=f"{p.code} {p.title}",
            value=percent_words(p.percent),
            share=None if p.percent is None else p.percent / 100,
        )
        for p in principles
    ]
    marks = [(band.from_percent, band.opinion.words.split()[0]) for band in bands]
    title = f"Bar chart of the results by principle: {framework}"
    description = "; ".join(f"{bar.label}: {bar.value}" for bar in bars) + "."
    rows = tuple(
        (
            f"{p.code} {p.title}",
            percent_words(p.percent),
            f"{p.coverage.rated} of {p.coverage.applicable}",
            f"{p.evidence.supported} of {p.coverage.rated}",
        )
        for p in principles
    )
    return Chart(
        title=title,
        description=description,
        svg=_draw(name, title, description, bars, marks),
        columns=("Principle", "Score", "Criteria rated", "Supported"),
        rows=rows,
    )


def theme_chart(*, name: str, themes: Sequence[ThemeOutcome], is_illustrative: bool) -> Chart:
    """Committed (filled) and delivered (outlined) in pounds, per theme."""
    sums = [
        figure
        for theme in themes
        for figure in (theme.money.committed_gbp, theme.money.delivered_gbp)
        if figure is not None
    ]
    largest = max(sums, default=Decimal(0))

    def bar(label: str, figure: Decimal | None, *, outlined: bool, heading: str) -> _Bar:
        share = figure / largest if figure is not None and largest else None
        return _Bar(label, gbp_words(figure, "nothing valued"), share, outlined, heading)

    bars = []
    for theme in themes:
        bars.append(
            bar("Committed", theme.money.committed_gbp, outlined=False, heading=theme.title)
        )
        bars.append(bar("Delivered", theme.money.delivered_gbp, outlined=True, heading=""))
    title = "Bar chart of social value committed and delivered by theme"
    if is_illustrative:
        title += ", in illustrative values"
    rows = tuple(
        (
            theme.title,
            gbp_words(theme.money.committed_gbp, "nothing valued"),
            gbp_words(theme.money.delivered_gbp, "nothing valued"),
        )
        for theme in themes
    )
    description = "; ".join(f"{row[0]}: committed {row[1]}, delivered {row[2]}" for row in rows)
    return Chart(
        title=title,
        description=f"{description}.",
        svg=_draw(name, title, f"{description}.", bars, []),
        columns=("Theme", "Committed", "Delivered"),
        rows=rows,
    )


def _draw(
    name: str,
    title: str,
    description: str,
    bars: Sequence[_Bar],
    marks: Sequence[tuple[Decimal, str]],
) -> Svg:
    body: list[str] = []
    y = 4
    for bar in bars:
        if bar.heading:
            y += 4
            body.append(_text(LEFT, y + 14, bar.heading, weight="700"))
            y += 20
        body.append(_text(LEFT, y + 14, bar.label))
        body.append(_text(LEFT + SPAN, y + 14, bar.value, anchor="end", weight="700"))
        y += 19
        body.append(_bar(bar, y))
        y += BAR + 5
    if marks:
        body.extend(_marks(marks, y))
        y += 40
    ids = f"{escape(name, quote=True)}-title", f"{escape(name, quote=True)}-desc"
    return Svg(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y}" width="{WIDTH}" '
        f'height="{y}" role="img" aria-labelledby="{ids[0]} {ids[1]}" font-size="15" {FONT}>'
        f'<title id="{ids[0]}">{escape(title)}</title>'
        f'<desc id="{ids[1]}">{escape(description)}</desc>'
        f"{''.join(body)}</svg>"
    )


def _bar(bar: _Bar, y: int) -> str:
    track = (
        f'<rect x="{LEFT}" y="{y}" width="{SPAN}" height="{BAR}" fill="{TRACK}" '
        f'stroke="{LINE}" stroke-width="1"/>'
    )
    if bar.share is None:
        return track.replace("<rect ", '<rect stroke-dasharray="4 3" ')
    width = _place(bar.share * SPAN)
    if bar.outlined:
        inner = _place(max(bar.share * SPAN - 3, Decimal(0)))
        return (
            f'{track}<rect x="{LEFT + 1.5}" y="{y + 1.5}" width="{inner}" height="{BAR - 3}" '
            f'fill="#ffffff" stroke="{FILL}" stroke-width="3"/>'
        )
    return f'{track}<rect x="{LEFT}" y="{y}" width="{width}" height="{BAR}" fill="{FILL}"/>'


def _marks(marks: Sequence[tuple[Decimal, str]], bottom: int) -> list[str]:
    drawn = []
    for percent, label in marks:
        x = _place(LEFT + percent / 100 * SPAN)
        drawn.append(
            f'<line x1="{x}" y1="{bottom - 4}" x2="{x}" y2="{bottom + 4}" '
            f'stroke="{INK}" stroke-width="2"/>'
        )
        for line, words in enumerate((f"{percent.normalize():f}%", label)):
            drawn.append(_text(x, bottom + 18 + 15 * line, words, anchor="middle", size="13"))
    return drawn


def _text(
    x: object, y: int, words: str, *, anchor: str = "start", weight: str = "400", size: str = ""
) -> str:
    sized = f' font-size="{size}"' if size else ""
    return (
        f'<text x="{x}" y="{y}" text-anchor="{anchor}" font-weight="{weight}"{sized} '
        f'fill="{INK}">{escape(_short(words))}</text>'
    )


def _short(words: str) -> str:
    """A long title is cut in the picture; the table has it in full."""
    return words if len(words) <= 52 else f"{words[:51].rstrip()}…"


def _place(value: Decimal) -> str:
    return f"{value:.2f}"
