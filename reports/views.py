from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpResponse

from departments.pages import render_page

from . import home as home_page


def home(request):
    reading = request.reading
    if reading.is_empty:
        return render_page(request, "home/home.html", {})
    page = home_page.home(reading)

    def url_of(brief):
        return reading.url("projects:detail", brief.project.slug)

    figures = home_page.budget_figures(page.summary)
    if page.briefs:
        figures.append(home_page.schedule_figure(page, reading.as_of, url_of))
    context = {"home": page, "leads": home_page.lead(page)}
    return render_page(request, "home/home.html", context, [figure.table for figure in figures], figures)


@login_not_required
def health(request):
    """Whether the database answers; it says no more."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("unavailable", status=503, content_type="text/plain")
    return HttpResponse("ok", content_type="text/plain")
