"""The workbook to fill in: explained, with lists to pick from, and read once it is filled in."""

import io

import openpyxl
import pytest
from django.contrib import admin

from core.import_export.formats import Xlsx
from core.import_export.template_files import template_file
from core.models import Source
from departments.models import Duty, Placement, User
from projects.models import Indicator
from tests.factories import make_member


@pytest.fixture
def book_for(seeded, rf):
    """A function that opens the template of a model as the user gets it."""

    def opened(model, user=None):
        request = rf.get("/")
        request.user = user or User.objects.get_or_create(username="root", is_superuser=True)[0]
        return openpyxl.load_workbook(io.BytesIO(template_file(admin.site.get_model_admin(model), request)))

    return opened


def rules_of(book):
    return {str(rule.sqref): rule for rule in book.worksheets[0].data_validations.dataValidation}


def listed(book):
    return [row[0] for row in book["고를 값"].iter_rows(min_row=2, values_only=True)]


def test_a_template_explains_and_offers_choices(book_for):
    book = book_for(Placement)
    assert book.sheetnames == ["조직도의 자리", "설명", "고를 값"]
    notes = {row[0]: row[1:] for row in book["설명"].iter_rows(values_only=True)}
    assert notes["자료"][:2] == ("등록된 자료의 이름", "자료를 가리는 열")
    assert notes["상위 부서"][1] is None
    rules = rules_of(book)
    assert list(rules) == ["A2:A5001", "B2:B5001", "C2:C5001"]
    assert rules["A2:A5001"].formula1.startswith("'고를 값'!$A$2:$A$")
    assert "디지털정책관 조직 (2022. 8. 29.)" in listed(book)


def test_choices_and_booleans_have_dropdowns(book_for):
    book = book_for(Indicator)
    head = [cell.value for cell in book.worksheets[0][1]]
    names = ("성격", "하위 지표를 더하면 전체", "사업")
    letters = {openpyxl.utils.get_column_letter(head.index(name) + 1) for name in names}
    assert letters <= {place.partition("2:")[0] for place in rules_of(book)}


def test_the_example_is_one_that_the_user_may_see(book_for):
    book = book_for(Duty, make_member("부서 담당", unit="big-data"))
    notes = {row[0]: row[1:] for row in book["설명"].iter_rows(values_only=True)}
    assert notes["부서"][2] == "빅데이터담당관"


def test_a_filled_template_is_read(book_for):
    book, out = book_for(Duty), io.BytesIO()
    book.worksheets[0].append([Source.objects.get(scope="duties").slug, "data-center", 77, "=새 업무"])
    book.worksheets[0].cell(2, 4).data_type = "s"
    book.save(out)
    (resource,) = admin.site.get_model_admin(Duty).get_resource_classes(None)
    result = resource().import_data(Xlsx().create_dataset(out.getvalue()))
    assert (result.problems, Duty.objects.get(order=77).text) == ([], "=새 업무")
