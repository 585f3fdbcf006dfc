from functools import partial

from core.edit_links import add_edit_links
from core.models import Source
from core.pages import render_page
from core.remembered.ahead import read_ahead
from core.remembered.pages import remembered_page
from core.remembered.printed_totals import totals_printed

from . import organisation, staffing, staffing_change


@remembered_page
def index(request):
    """The bureau's tree, its staff and what each unit is charged with."""
    snapshot = request.snapshot
    read_ahead([snapshot], staffing.summary, organisation.units, organisation.duties_in_force)
    source = snapshot.source(Source.Scope.ORGANISATION)
    staff = staffing.summary(snapshot)
    units = organisation.units(snapshot, staff)
    counts = organisation.printed_structure(totals_printed(snapshot, [source]), units)
    duties_source = snapshot.source(Source.Scope.DUTIES)
    duties = organisation.duties_by_unit(organisation.duties_in_force(snapshot), units)
    add_edit_links(request, [duty for _, own in duties for duty in own], "duties")
    staffed_on = getattr(snapshot.source(Source.Scope.STAFFING), "as_of", None)
    unit_url = partial(snapshot.url, "departments:detail")
    name = units[0].name if units else snapshot.bureau and snapshot.bureau.name
    context = {
        "source": source,
        "units": units,
        "counts": counts,
        "structure": organisation.structure_sentences(counts),
        "profiles": organisation.profiles_in_force(snapshot),
        "staff": staff,
        "lead": staffing.lead(name, organisation.structure_words(counts), staff.total) if staff else "",
        "duties": duties,
        "duties_source": duties_source,
        "duty_count": sum(len(own) for _, own in duties),
    }
    figures = _staff_figures(snapshot, staff, staffed_on, unit_url)
    return render_page(
        request,
        "departments/list.html",
        context,
        [
            staffing.table(staff, staffed_on, unit_url),
            organisation.duty_table(duties, duties_source and duties_source.as_of),
            *(figure.table for figure in figures if figure.table),
        ],
        figures,
        workbook="조직·인력",
        files=lambda: [organisation.unit_table(units, source and source.as_of)],
    )


def _staff_figures(snapshot, staff, staffed_on, unit_url):
    """Staff by unit, and how it changed since the base date before."""
    if staff is None:
        return []
    change = staffing_change.staffing_change(snapshot)
    changes = [staffing_change.figure(change, unit_url)] if change else []
    over_time = staffing_change.trend_figure(snapshot)
    return [staffing.figure(staff, staffed_on, unit_url), *changes, *filter(None, [over_time])]
