"""The figures of pages, remembered as JSON."""

from seoul_digital.lib.charts.page import Chart, Drawing, drawing_of


def drawing(request, chart: Chart) -> Drawing:
    return drawing_of(chart.build())
