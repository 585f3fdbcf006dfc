"""A text as large as it may be, in every project: a document still takes less than five seconds of a worker."""

import time
from dataclasses import replace

import pytest

from reports.formats import FORMATS
from seoul_digital.lib.outline.errors import MAX_CELLS, MAX_LINES

LINES = "\n".join(["ㅇ 가", "- 나", "‣ 다"] * (MAX_LINES // 3))
CELLS = "\n".join(["\t".join(["가나다라마바사아자차"] * 30)] * (MAX_CELLS // 30))


@pytest.mark.parametrize(("text", "extension"), [(LINES, "xlsx"), (CELLS, "hwpx")])
def test_the_largest_texts_in_all_projects_make_a_document_in_time(seeded_reports, text, extension):
    report, before = seeded_reports
    data = report.chapters["projects"]
    projects = tuple(replace(project, overview=text) for project in data.projects)
    worst = replace(report, chapters={**report.chapters, "projects": replace(data, projects=projects)})
    begun = time.process_time()
    assert FORMATS[extension].write(worst, before)
    assert time.process_time() - begun < 5
