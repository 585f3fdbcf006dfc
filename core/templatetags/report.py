"""How pages write links, figures, dates and statuses. Amounts arrive in 원 and rates as exact percent."""

from datetime import date
from fractions import Fraction
from html import unescape
from typing import Any

from django import template
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from core import stated_facts
from core.audit.changes import moment
from core.bureau_switch import bureau_links
from core.page_links import document_place
from core.snapshot import address
from core.table_layers import layers_of
from core.templatetags.language import fact_html, join_facts, with_facts
from seoul_digital.lib import amounts, hangul, tables
from seoul_digital.lib.charts.row_bars import AT_START
from seoul_digital.lib.language import captions
from seoul_digital.lib.language.sentences import with_links
from seoul_digital.lib.outline import signs
from seoul_digital.lib.periods import PartialDate, full_text, month_text, whole_months
from seoul_digital.lib.reported import ReportedFigure

register = template.Library()

for _form in (
    amounts.thousand,
    amounts.million,
    amounts.won_text,
    amounts.plain,
    amounts.signed,
    amounts.thousand_change,
    amounts.percent,
    amounts.points,
):
    register.filter(_form.__name__, lambda value, form=_form: signs.labelled(form(value)))
register.filter("josa", hangul.with_particle)
register.filter("moment", moment)
register.filter("signs", lambda text: signs.labelled(with_links(text)))
register.filter("layers", layers_of)
register.filter("in_words", signs.in_words)
register.filter("as_of_text", captions.as_of_text)
register.filter("unit_text", captions.unit_text)
register.filter("units_text", captions.units_text)

# Ends of CSS classes.
STATUS_ENDS = {key: key for key in tables.STATUSES}
STATUS_ENDS |= {"in_progress": "now", "planned": "plan", "undetermined": "open"}
GLYPHS = {status: f"g-{end}" for status, end in STATUS_ENDS.items()} | {"confirm": "g-warn"}
STATUS_CLASSES = {status: f"st-{end}" for status, end in STATUS_ENDS.items()}


@register.filter
def pairs(parameters: Any) -> Any:
    """Names and values of a query string, of which `parameters.items` would be the parameter named `items`."""
    return parameters.items()


@register.filter
def thousand_won(won: int | None) -> SafeString:
    """`1,234천원`; none and unknown without a unit."""
    shown = amounts.thousand(won)
    return signs.labelled(shown if shown == amounts.NONE else amounts.thousand_text(won))


@register.filter
def won_tile(won: int | str | None) -> SafeString:
    """`1,432.0` with its unit in small letters, for a tile."""
    number, unit = amounts.won_parts(won)
    return (
        format_html("{}<small>{}</small>", signs.labelled(number), unit) if unit else signs.labelled(number)
    )


@register.simple_tag
def disagreement_mark() -> SafeString:
    """◆ of what is printed and not what its parts come to, with its word for a screen reader: alike wherever it stands."""
    mark = '<span class="warn" aria-hidden="true">◆</span><span class="sr">{}</span>'
    return format_html(mark, _("자료 불일치."))


@register.simple_tag
def computed_beside(figure: ReportedFigure, write: str, unit: str = "") -> SafeString:
    """◆ with the computed value, where the printed one of a figure disagrees with it; `write`: the filter that writes it."""
    if not figure.disagrees:
        return mark_safe("")
    return format_html(
        '<small class="computed">{} {} {}{}</small>',
        disagreement_mark(),
        pgettext("figure", "계산"),
        register.filters[write](figure.computed),
        unit,
    )


@register.simple_tag(takes_context=True)
def href(context: dict[str, Any], name: str, *args: Any, **parameters: Any) -> Any:
    """The address of a view, with the as-of date and the bureau that the reader asked for.

    `{% href 'projects:detail' slug %}`; named arguments go to the query string.
    """
    snapshot = context.get("snapshot")
    query = {
        **(snapshot.query if snapshot else {}),
        **{key: value for key, value in parameters.items() if value},
    }
    return address(name, *args) + (f"?{urlencode(query)}" if query else "")


@register.inclusion_tag("_bureaus.html", takes_context=True)
def bureau_switch(context: dict[str, Any]) -> dict[str, Any]:
    """The choice of bureau, where there is more than one."""
    return {"snapshot": context["snapshot"], "links": bureau_links(context["request"])}


@register.filter
def day(value: date | None) -> str:
    """`2022. 8. 29.`"""
    return signs.labelled(amounts.NONE) if value is None else tables.day(value)


@register.filter
def as_of(value: date | str) -> str:
    """`2022. 8. 29. 기준`; of a day, or of one as its source prints it."""
    on = tables.day(value) if isinstance(value, date) else value
    return with_facts(_("%(on)s 기준"), on=on)


@register.simple_tag
def today() -> str:
    return tables.day(timezone.localdate())


@register.filter
def printed_day(text: str) -> str:
    """A day that somebody typed, as screens print it: `2022. 8. 29.` of `2022-08-29`; else the text."""
    return full_text(text)


@register.filter
def long_day(value: date | None) -> str:
    """`2022. 8. 29.(월)`"""
    return (
        signs.labelled(amounts.NONE)
        if value is None
        else PartialDate(value.year, value.month, value.day).long()
    )


@register.simple_tag(takes_context=True)
def own_date(context: dict[str, Any], of: date | str | None) -> SafeString:
    """The day of figures, or of a scope's source, where it is not the one that the page is headed with."""
    on = context["snapshot"].date_of(of) if isinstance(of, str) else of
    if on is None or on == context["snapshot"].base_date:
        return mark_safe("")
    return format_html(' <small class="own-date nb">{}</small>', captions.as_of_text(on))


@register.simple_tag
def status(key: str, word: str = "") -> SafeString:
    """A status as glyph and word, never by colour alone; `word` says it more closely (`예정, 끝 미정`)."""
    return format_html(
        '<span class="st {}"><svg class="g" aria-hidden="true"><use href="#{}"/></svg>{}</span>',
        STATUS_CLASSES[key],
        GLYPHS[key],
        word or tables.STATUSES[key],
    )


@register.simple_tag
def pencil(address: str, *of_what: str | Promise) -> SafeString:
    """The link to the form of one value; what it is of is said to those who hear the page: `수정: 정원, 디지털정책담당관`."""
    return format_html(
        '<a class="edit" href="{}"><svg class="g" aria-hidden="true"><use href="#g-edit"/></svg><span class="sr">{}: {}</span></a>',
        address,
        _("수정"),
        join_facts(", ", map(str, of_what)),
    )


@register.simple_tag
def rate_bar(value: Any, pace: Fraction | None = None, height: int = 10) -> SafeString:
    """A rate in percent as a bar against the pace line (share of the year): % coordinates, no style attribute."""
    if value is None or isinstance(value, str):
        return mark_safe("")
    css = "f w" if amounts.is_behind(value, pace) else "f"
    return format_html(
        '<span class="pc"><svg class="bar" aria-hidden="true"><rect class="t" width="100%" y="50%" height="{0}"/>'
        '<rect class="{1}" width="{2}%" y="50%" height="{0}"/>{3}</svg></span>',
        height,
        css,
        _within(Fraction(value)),
        _pace_lines(pace),
    )


@register.simple_tag
def pace_label(pace: Fraction) -> SafeString:
    """The name of the pace line, over the bars of a table."""
    return format_html(
        '<span class="pc"><svg class="bar" aria-hidden="true"><text class="now" x="{}%" y="20" text-anchor="middle">{}</text></svg></span>',
        _within(pace * 100),
        _("진도선 %(pace)s") % {"pace": amounts.percent(pace * 100)},
    )


@register.simple_tag
def share_bar(value: Any, whole: Any, css: str = "f n", height: int = 8) -> SafeString:
    """A quantity as its share of the largest one, for rankings; `css` `f` for the one spoken of, `f n` for the others."""
    share = amounts.rate(value, whole)
    if share is None:
        return mark_safe("")
    return format_html(
        '<span class="pc"><svg class="bar" aria-hidden="true"><rect class="{}" width="{}%" y="50%" height="{}"/></svg></span>',
        css,
        _within(share),
        height,
    )


SHAPES = {
    "bar": '<rect class="m {css}" x="{x}%" width="{width}%" y="50%" height="8"/>',
    "dotted": '<line class="m dotted {css}" x1="{x}%" x2="{end}%" y1="50%" y2="50%"/>',
    "circle": '<circle class="m {css}" cx="{x}%" cy="50%" r="4"/>',
    "square": '<rect class="m point {css}" x="{x}%" y="50%" width="7" height="7"/>',
    "diamond": '<rect class="m point turned {css}" x="{x}%" y="50%" width="9" height="9"/>',
    "from": '<text class="arrow" x="0" y="50%" dx="-14" dy="5">←</text>',
    "to": '<text class="arrow" x="100%" y="50%" dx="2" dy="5">→</text>',
}
POINTS = {"circle", "square", "diamond"}


@register.simple_tag
def row_bar(value: Any, axis: Any) -> SafeString:
    """What a row draws on the axis of its table, which `row_axis` has drawn; points stand upon the as-of line."""
    shapes = axis.shapes(value) if value is not None else []
    drawn = [
        (shape.kind in POINTS, format_html(SHAPES[shape.kind], **vars(shape), end=shape.x + shape.width))
        for shape in shapes
    ]
    below, above = (
        format_html_join("", "{}", ((s,) for top, s in drawn if top == upon)) for upon in (False, True)
    )
    return format_html(
        '<span class="pc"><svg class="bar" aria-hidden="true"><use href="#axis-{0}"/>{1}{2}{3}</svg></span>',
        axis.name,
        below,
        format_html('<use href="#axis-{}-now"/>', axis.name) if axis.now is not None else "",
        above,
    )


@register.simple_tag
def row_axis(axis: Any) -> SafeString:
    """The names of an axis that rows share, and its lines, which each row repeats."""
    lines = format_html_join(
        "", '<line class="z" x1="{0}%" x2="{0}%" y2="100%"/>', ((tick.x,) for tick in axis.ticks)
    )
    names = format_html_join(
        "",
        '<text class="{}" x="{}%" y="14" text-anchor="{}">{}</text>',
        (
            (css, tick.x, "end" if tick.x == 100 else "middle" if tick.x > AT_START else "start", text)
            for tick in axis.ticks
            for css, text in tick.names
        ),
    )
    now = mark_safe("")
    if axis.now is not None:
        names += format_html('<text class="now" x="{}%" y="14" dx="4">{}</text>', axis.now, _("기준일"))
        line = '<g id="axis-{1}-now"><line class="ph" x1="{0}%" x2="{0}%" y2="100%"/><line class="p" x1="{0}%" x2="{0}%" y2="100%"/></g>'
        now = format_html(line, axis.now, axis.name)
    return format_html(
        '<span class="pc"><svg class="bar" aria-hidden="true"><defs><g id="axis-{}">{}</g>{}</defs>{}</svg></span>',
        axis.name,
        lines,
        now,
        names,
    )


@register.simple_tag(takes_context=True)
def report_place(context: dict[str, Any], key: str) -> SafeString:
    """Chapter and heading of the report that have it, as a link to the document there; `key` is a scope or a kind of fact."""
    snapshot = context.get("snapshot")
    place = document_place(snapshot, key) if snapshot and key else None
    return (
        format_html('{} <a href="{}">{}</a>', _("보고서 원문:"), place[1], fact_html(place[0]))
        if place
        else mark_safe("")
    )


@register.filter
def listed(kind: str) -> str:
    """The kind of facts, where the list of all values has it: lines of a budget are found one by one."""
    return kind if kind in stated_facts.kinds() else ""


@register.simple_tag
def data_age(snapshot: Any) -> str:
    """`디지털정책관 업무보고, 4년 2개월 전 자료`, of what is older than a quarter."""
    if snapshot.is_empty:
        return ""
    newest = snapshot.known[0]
    months = whole_months(newest.as_of, timezone.localdate())
    if months < 3:
        return ""
    years, rest = divmod(months, 12)
    parts = (
        years and ngettext("%(number)s년", "%(number)s년", years) % {"number": years},
        rest and ngettext("%(number)s개월", "%(number)s개월", rest) % {"number": rest},
    )
    age = _("%(age)s 전 자료") % {"age": " ".join(part for part in parts if part)}
    document = newest.document.partition(",")[0]
    return format_html("{}, {}", fact_html(document), age) if document else age


@register.simple_tag(takes_context=True)
def block_text(context: template.RequestContext, name: str) -> str:
    """What the page writes into the block, as words for an attribute; empty where nothing extends the page."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    written = blocks.get_block(name).render(context) if blocks else ""
    return " ".join(unescape(strip_tags(written)).split())


@register.simple_tag(takes_context=True)
def documents(context: dict[str, Any], *scopes: Any) -> SafeString:
    """Which documents the page's facts come from: `디지털정책관 업무보고, Ⅰ. 일반현황 (2022. 8. 29. 기준)`; else the bureau's report."""
    snapshot = context["snapshot"]
    named = {
        (source.document, source.as_of): source
        for source in snapshot.in_force
        if source.scope in scopes and source.document
    }
    if not named:
        return format_html(
            "{} {}",
            fact_html(snapshot.bureau.name),
            _("업무보고(%(day)s 기준)") % {"day": tables.day(snapshot.as_of)},
        )
    return format_html_join(" · ", "{}", ((_document(snapshot, source),) for source in named.values()))


def _document(snapshot: Any, source: Any) -> SafeString:
    """Its name and day; a link to the document there, where the report has the scope."""
    words = format_html("{} ({})", fact_html(source.document), captions.as_of_text(source.as_of))
    place = document_place(snapshot, source.scope)
    return format_html('<a href="{}">{}</a>', place[1], words) if place else format_html("{}", words)


@register.inclusion_tag("_year.html")
def year_scale(snapshot: Any) -> dict[Any, Any]:
    """The fiscal year as a line of months with the share of it that has gone by."""
    gone = snapshot.pace * 100
    year = snapshot.fiscal_year or snapshot.as_of.year
    months = [date(year, month, 1) for month in range(1, 13)]
    start = months[0]
    ticks = [
        (month_text(month.month), _within(Fraction((month - start).days * 100, snapshot.days_in_year)))
        for month in months
    ]
    ends_late = gone > 50
    return {
        "snapshot": snapshot,
        "year": year,
        "ticks": ticks,
        "gone": _within(gone),
        "anchor": "end" if ends_late else "start",
        "shift": -8 if ends_late else 8,
        "share": amounts.percent(gone),
    }


def _within(percent: Fraction) -> str:
    """A coordinate for SVG, kept on the drawing: `66.03`."""
    return f"{float(min(max(percent, Fraction(0)), Fraction(100))):.2f}"


def _pace_lines(pace: Fraction | None) -> SafeString:
    if pace is None:
        return mark_safe("")
    return format_html(
        '<line class="ph" x1="{0}%" x2="{0}%" y2="100%"/><line class="p" x1="{0}%" x2="{0}%" y2="100%"/>',
        _within(pace * 100),
    )
