from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from core.models import ControlTotal, NaturalKeyModel, Source
from departments.models import Department, Duty, FoundationProfile, Placement, Staffing, Succession, User
from tests.factories import make_bureau, make_source
from tests.plans import read_whole

pytestmark = pytest.mark.engine

REPORT = "digital-policy/2022-08-29"
D = date(2022, 8, 29)


def source(scope):
    return Source.objects.get(slug=f"{REPORT}/{scope}")


def unit(slug):
    return Department.objects.get(slug=slug)


def again(model):
    """A fact that is in the report already."""
    row = model.objects.order_by("pk").first()
    row.pk = None
    row._state.adding = True
    return row


def under_itself():
    return Placement(
        source=make_source(unit("digital-policy-bureau"), "organisation", "2022-12-31"),
        department=unit("data-center"),
        parent=unit("data-center"),
    )


def after_itself():
    return Succession(predecessor=unit("data-center"), successor=unit("data-center"), kind="renamed")


def succession_again():
    Succession.objects.create(predecessor=unit("data-center"), successor=unit("big-data"), kind="renamed")
    return Succession(predecessor=unit("data-center"), successor=unit("big-data"), kind="merged")


def expenditure(**fields):
    return Source(slug="new", bureau=unit("digital-policy-bureau"), scope="expenditure", as_of=D, **fields)


def duties(**fields):
    return Source(slug="new", bureau=unit("digital-policy-bureau"), scope="duties", as_of=D, **fields)


LIMITED = "회계연도·부서·회계·예산자료 구분은 세출 자료에만 적습니다."
UNSAID = "세출 자료에는 회계연도와 예산자료 구분을 적어야 합니다."
CHECKS = [
    ("placement_not_under_itself", under_itself, "부서를 자기 자신의 아래에 둘 수 없습니다."),
    ("succession_of_two_units", after_itself, "이전 부서와 이후 부서가 같습니다."),
    ("source_expenditure_says_year_and_kind", lambda: expenditure(), UNSAID),
    ("source_expenditure_says_year_and_kind", lambda: expenditure(fiscal_year=2022), UNSAID),
    ("source_expenditure_says_year_and_kind", lambda: expenditure(budget_kind="book"), UNSAID),
    ("source_only_expenditure_is_limited", lambda: duties(fiscal_year=2022), LIMITED),
    ("source_only_expenditure_is_limited", lambda: duties(department=unit("data-center")), LIMITED),
    ("source_only_expenditure_is_limited", lambda: duties(account="special"), LIMITED),
    ("source_only_expenditure_is_limited", lambda: duties(budget_kind="book"), LIMITED),
]
UNIQUES = [
    (
        "control_total_once_per_source",
        lambda: again(ControlTotal),
        "원문의 합계의 자료, 항목, 대상 또한 회계연도 은/는 이미 존재합니다.",
    ),
    (
        "placement_once_per_source",
        lambda: again(Placement),
        "조직도의 자리의 자료 또한 부서 은/는 이미 존재합니다.",
    ),
    (
        "foundation_once_per_source",
        lambda: again(FoundationProfile),
        "재단 현황의 자료 또한 재단 은/는 이미 존재합니다.",
    ),
    (
        "duty_order_once_per_department",
        lambda: again(Duty),
        "주요업무의 자료, 부서 또한 차례 은/는 이미 존재합니다.",
    ),
    ("staffing_once_per_department", lambda: again(Staffing), "인력의 자료 또한 부서 은/는 이미 존재합니다."),
    ("succession_once", succession_again, "부서 승계의 이전 부서 또한 이후 부서 은/는 이미 존재합니다."),
]


@pytest.mark.parametrize(
    ("name", "wrong", "message"), CHECKS, ids=[f"{name}-{index}" for index, (name, *_) in enumerate(CHECKS)]
)
def test_checks_hold_in_the_database_and_in_words(seeded, name, wrong, message):
    row = wrong()
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    assert refused.value.messages == [message]
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        row.save()


@pytest.mark.parametrize(("name", "wrong", "message"), UNIQUES, ids=[name for name, *_ in UNIQUES])
def test_what_is_unique_holds_in_the_database_and_in_words(seeded, name, wrong, message):
    row = wrong()
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    assert refused.value.messages == [message]
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
    with connection.cursor() as cursor:  # SQLite tells the columns of the broken constraint, not its name
        assert connection.introspection.get_constraints(cursor, row._meta.db_table)[name]["unique"]


@pytest.mark.parametrize("model", [Source, Department])
def test_a_slug_is_given_once(seeded, model):
    row = again(model)
    with pytest.raises(ValidationError, match="이름표은/는 이미 존재합니다"):
        row.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


@pytest.mark.parametrize(
    "right",
    [
        lambda: expenditure(
            fiscal_year=2023, budget_kind="book", account="special", department=unit("ict-security")
        ),
        lambda: duties(),
    ],
)
def test_right_sources_pass(seeded, right):
    row = right()
    row.full_clean()
    row.save()
    assert row.state == Source.State.DRAFT


def test_a_fact_belongs_to_a_source_of_its_scope(seeded):
    duty = Duty(source=source("staffing"), department=unit("data-center"), order=99, text="백업센터 운영")
    with pytest.raises(ValidationError) as refused:
        duty.full_clean()
    assert refused.value.message_dict == {"source": ["‘주요업무’ 범위의 자료를 고르십시오."]}
    duty.source = source("duties")
    duty.full_clean()


def test_any_source_may_print_totals(seeded):
    for scope in ("organisation", "staffing", "revenue"):
        ControlTotal(
            source=source(scope), measure="variance", subject="new", value=-8, printed="△8"
        ).full_clean()


def test_a_printed_number_needs_its_value_and_a_word_none(seeded):
    total = ControlTotal.objects.get(source=source("revenue"), measure="change", subject="")
    total.value = None
    with pytest.raises(ValidationError) as refused:
        total.full_clean()
    assert refused.value.messages == ["원문 표기에 적힌 수를 값에도 적어야 합니다."]
    assert total.figure is None
    total.printed = "순증"
    total.full_clean()
    assert total.figure == "순증"


def test_facts_without_a_source_are_refused_in_words(seeded):
    with pytest.raises(ValidationError) as refused:
        Duty(department=unit("data-center"), order=99, text="백업센터 운영").full_clean()
    assert "source" in refused.value.message_dict


def test_facts_of_no_source_are_none(seeded):
    assert not Duty.objects.of(None).exists()
    assert Duty.objects.of(source("duties")).count() == 55


def test_sources_say_what_they_are(seeded):
    assert str(source("duties")) == "주요업무 (2022. 8. 29.)"
    assert str(source("expenditure-2021")) == "세출 2021 (2022. 8. 29.)"
    assert source("duties").note_lines == ()
    assert source("expenditure-2022").note_lines == (
        "※ ´22년 당초예산 + 이월액 + 이체 = ´22년 예산현액",
        "※ 집행액은 원인행위 기준",
    )


def test_facts_say_what_they_are(seeded):
    assert str(unit("data-center")) == "데이터센터"
    assert (
        str(Staffing.objects.get(source=source("staffing"), department=unit("data-center")))
        == "데이터센터 정원 69명"
    )
    assert (
        str(Placement.objects.get(source=source("organisation"), department=unit("data-center")))
        == "데이터센터 (조직 (2022. 8. 29.))"
    )
    assert str(FoundationProfile.objects.get()) == "서울디지털재단 (조직 (2022. 8. 29.))"
    assert str(ControlTotal.objects.get(source=source("organisation"), measure="teams")) == "팀 수 27팀"
    assert (
        str(ControlTotal.objects.get(measure="execution_rate", subject="ict-security"))
        == "집행률 ict-security 56.5%"
    )
    assert (
        str(Succession(predecessor=unit("data-center"), successor=unit("big-data")))
        == "데이터센터 → 빅데이터담당관"
    )


@pytest.mark.parametrize(
    ("slug", "headcount", "variance"),
    [
        ("digital-policy", 35, 0),
        ("big-data", 29, 1),
        ("information-disclosure", 24, -1),
        ("data-center", 63, -6),
        ("seoul-archives", 23, -1),
    ],
)
def test_headcount_is_the_sum_of_the_series_and_a_vacancy_is_negative(seeded, slug, headcount, variance):
    staffing = Staffing.objects.get(source=source("staffing"), department__slug=slug)
    assert (staffing.headcount, staffing.variance) == (headcount, variance)


def test_placements_come_in_their_order(seeded):
    placed = Placement.objects.of(source("organisation")).with_units()
    assert [placement.department.name for placement in placed[:3]] == [
        "디지털정책관",
        "디지털정책담당관",
        "사물인터넷팀",
    ]


def test_printed_totals_by_key(seeded):
    totals = ControlTotal.objects.of(source("expenditure-2022")).by_key()
    assert totals["", "execution_rate", 2022].printed == "66.9%"
    assert totals["ict-security/special", "change_rate", 2022].printed == "263.2%"


@pytest.mark.parametrize(
    ("names", "shown"),
    [(("길동", "홍"), "홍길동"), (("", ""), "hong"), (("길동", ""), "길동")],
)
def test_a_user_is_shown_by_name(names, shown):
    assert User(username="hong", first_name=names[0], last_name=names[1]).display_name == shown


def test_everything_in_the_database_is_found_by_its_natural_key(seeded):
    models = [
        model
        for model in NaturalKeyModel.__subclasses__()
        for model in (model, *model.__subclasses__())
        if not model._meta.abstract
    ]
    assert {model._meta.app_label for model in models} == {
        "core",
        "departments",
        "budgets",
        "projects",
        "glossary",
    }
    for model in models:
        for row in model.objects.all()[:20]:
            assert model.objects.get_by_natural_key(*row.natural_key()) == row


def test_a_source_is_received_after_others_of_its_date_though_the_clock_was_put_back(seeded):
    bureau = make_bureau()
    make_source(bureau, "revenue", "2022-09-30", received="2099-01-01")
    later = make_source(bureau, "revenue", "2022-09-30", "draft")
    assert later.next_receipt() == datetime(2099, 1, 1, microsecond=1, tzinfo=UTC)
    assert make_source(bureau, "revenue", "2022-10-31", "draft").next_receipt().year < 2099


def test_the_unit_of_a_printed_total_is_found_by_its_slug(seeded):
    """Of hundreds of units, for each total that an edition carries forward."""
    units = ControlTotal.objects.order_by().annotate(unit=ControlTotal.departments_concerned()[0])
    center = unit("data-center").pk
    subjects = ("", "/general", "data-center", "data-center/general", "data-centers")
    copies = [
        ControlTotal(source=source("staffing"), measure="headcount", subject=one, value=1, fiscal_year=1999)
        for one in subjects
    ]
    ControlTotal.objects.bulk_create(copies)
    found = dict(units.filter(fiscal_year=1999).values_list("subject", "unit"))
    assert found == {
        "": None,
        "/general": None,
        "data-center": center,
        "data-center/general": center,
        "data-centers": None,
    }
    assert read_whole(units.values_list("unit")) == {"core_controltotal"}
