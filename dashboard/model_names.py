"""What the kinds of recorded rows are called on the history page, in the reader's language."""

from django.db.models import Model
from django.utils.translation import pgettext_lazy

from core.audit.changes import Change
from core.templatetags.language import join_facts

MODEL_NAMES = {
    "core.source": pgettext_lazy("model", "자료"),
    "core.controltotal": pgettext_lazy("model", "원문의 합계"),
    "core.importedrows": pgettext_lazy("model", "파일에서 불러온 줄"),
    "core.threshold": pgettext_lazy("model", "점검 기준"),
    "departments.department": pgettext_lazy("model", "부서"),
    "departments.placement": pgettext_lazy("model", "조직도의 자리"),
    "departments.foundationprofile": pgettext_lazy("model", "재단 현황"),
    "departments.succession": pgettext_lazy("model", "부서 승계"),
    "departments.duty": pgettext_lazy("model", "주요업무"),
    "departments.jobseries": pgettext_lazy("model", "직종"),
    "departments.staffing": pgettext_lazy("model", "인력"),
    "departments.staffingcount": pgettext_lazy("model", "직종별 현원"),
    "departments.user": pgettext_lazy("model", "사용자"),
    "budgets.revenueitem": pgettext_lazy("model", "세입 과목"),
    "budgets.revenuefigure": pgettext_lazy("model", "세입액"),
    "budgets.budgetline": pgettext_lazy("model", "세출 예산 줄"),
    "budgets.budgetfigure": pgettext_lazy("model", "세출 예산액·집행액"),
    "budgets.departmentalias": pgettext_lazy("model", "부서 이름 대응"),
    "budgets.columnmapping": pgettext_lazy("model", "열 이름 대응"),
    "projects.strategy": pgettext_lazy("model", "추진전략"),
    "projects.vision": pgettext_lazy("model", "정책목표"),
    "projects.visionvalue": pgettext_lazy("model", "핵심가치"),
    "projects.visionstrategy": pgettext_lazy("model", "정책목표의 추진전략"),
    "projects.project": pgettext_lazy("model", "사업"),
    "projects.brief": pgettext_lazy("model", "사업 보고"),
    "projects.contact": pgettext_lazy("model", "담당자"),
    "projects.funding": pgettext_lazy("model", "재원"),
    "projects.indicator": pgettext_lazy("model", "지표"),
    "projects.measurement": pgettext_lazy("model", "측정값"),
    "projects.target": pgettext_lazy("model", "목표"),
    "projects.milestone": pgettext_lazy("model", "실적·일정"),
    "glossary.term": pgettext_lazy("model", "용어"),
    "glossary.definition": pgettext_lazy("model", "뜻풀이"),
    "reports.edition": pgettext_lazy("model", "업무보고 회차"),
    "reports.submission": pgettext_lazy("model", "제출"),
    "reports.editionevent": pgettext_lazy("model", "회차의 경과"),
    "reports.editionsource": pgettext_lazy("model", "회차의 자료"),
    "reports.explanation": pgettext_lazy("model", "점검 설명"),
    "reports.keptvalue": pgettext_lazy("model", "유지한 지난 값"),
    "reports.publishedreport": pgettext_lazy("model", "발행본"),
    "reports.publishedfile": pgettext_lazy("model", "발행한 파일"),
}


def model_name(model: type[Model]) -> str:
    return str(MODEL_NAMES[model._meta.label_lower])


def model_label(change: Change) -> str:
    """The kind of row that was changed, with its bureau where there are several."""
    return join_facts(" ", [name for name in (change.bureau, model_name(change.model)) if name])
