"""What the home page shows in tiles and lists, as tables for its workbook."""

from collections.abc import Iterator

from seoul_digital.lib.tables import Cell, Column, Row, Table

from .home import Home


def files(page: Home, as_of) -> list[Table]:
    return [*_staff(page, as_of), _attention(page, as_of), _upcoming(page)]


def _staff(page: Home, as_of) -> Iterator[Table]:
    if page.staff:
        columns = [Column(word, "count") for word in ("정원", "현원", "과부족")]
        yield Table(
            "staff",
            "인력",
            columns,
            [Row([Cell.of(figure) for figure in page.staff_figures.values()])],
            "명",
            as_of,
        )


def _attention(page: Home, as_of) -> Table:
    columns = [Column(word) for word in ("구분", "확인할 것", "값", "내용")]
    rows = [
        Row([group.title, item.title, item.figure, item.detail])
        for group in page.attention
        for item in group.items
    ]
    return Table("attention", "확인이 필요한 것", columns, rows, as_of=as_of)


def _upcoming(page: Home) -> Table:
    columns = [
        Column("때", "date"),
        Column("사업"),
        Column("실적·일정"),
        Column("무엇"),
        Column("기간"),
        Column("상태"),
    ]
    events = [event for month in page.upcoming.months for event in month.events]
    rows = [
        Row(
            [
                Cell(event.on),
                event.state.brief.title,
                event.state.title,
                event.what,
                event.state.printed,
                event.state.word,
            ]
        )
        for event in events
    ]
    return Table("upcoming", "기준일 뒤 90일", columns, rows, as_of=page.judged_on)
