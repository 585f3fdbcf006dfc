"""Units of the demonstration city."""

from core.models import ControlTotal
from departments.models import Department, Placement, Staffing

SLUG = "demonstration-city-001"


def test_each_division_has_its_teams(city):
    assert list(
        Department.objects.filter(slug__startswith=SLUG).order_by("slug").values_list("name", "kind")
    ) == [
        ("대변인", "bureau"),
        ("대변인정책과", "division"),
        ("대변인정책총괄팀", "team"),
        ("대변인정책기획팀", "team"),
        ("대변인정책운영팀", "team"),
        ("대변인기획과", "division"),
        ("대변인기획총괄팀", "team"),
        ("대변인기획기획팀", "team"),
        ("대변인기획운영팀", "team"),
    ]
    tree = Placement.objects.filter(source__bureau__slug=SLUG, source__as_of="2022-08-31").order_by("order")
    assert [(row.order, row.parent and row.parent.name) for row in tree[:3]] == [
        (1, None),
        (2, "대변인"),
        (3, "대변인정책과"),
    ]


def test_printed_totals_of_staff_hold(city):
    rows, _ = Staffing.objects.filter(source__bureau__slug=SLUG, source__as_of="2022-08-31").counted()
    printed = ControlTotal.objects.filter(source=rows[0].source)
    assert len(rows) == 2
    assert dict(printed.values_list("measure", "value")) == {
        "authorized": sum(row.authorized for row in rows),
        "headcount": sum(row.headcount for row in rows),
    }
