"""What a unit hands in it may write: its lines of the budget, and the terms of its bureau."""

from budgets.models import BudgetFigure
from core.models import Source
from glossary.models import Definition, Term
from tests.audit import records_of
from tests.core.access.test_bureaus import address, housing  # noqa: F401 (fixture)
from tests.core.access.test_scope import OTHER, OWN, listed, member, own  # noqa: F401 (fixtures)
from tests.forms import plain, sent


def test_a_unit_edits_its_lines_of_the_budget(own, seeded):  # noqa: F811
    assert {figure.line.department.slug for figure in listed(own, BudgetFigure)} == {OWN}
    mine = BudgetFigure.objects.filter(line__department__slug=OWN, source__as_of="2022-08-29").first()
    theirs = BudgetFigure.objects.filter(line__department__slug=OTHER).first()
    assert own.get(address(mine)).status_code == 200
    assert own.get(address(theirs)).status_code == 302
    form = plain(sent(own.get(address(mine)), "budgetfigure_form")) | {"disbursed": "1"}
    assert own.post(address(mine), form).status_code == 302
    mine.refresh_from_db()
    assert mine.disbursed == 1000
    assert records_of(BudgetFigure).filter(object_id=mine.pk).first().user_name == "member"


def test_a_unit_edits_the_terms_of_its_bureau(own, housing):  # noqa: F811
    ours, theirs = Definition.objects.get(term__slug="cpted"), Definition.objects.get(term__slug="sale")
    assert own.get(address(ours)).status_code == 200
    form = plain(sent(own.get(address(ours)), "definition_form")) | {"text": "▪ 범죄를 막는 설계"}
    assert own.post(address(ours), form).status_code == 302
    assert Definition.objects.get(pk=ours.pk).text == "▪ 범죄를 막는 설계"
    assert own.get(address(ours, "history/")).status_code == 200
    assert own.get(address(theirs)).status_code == 302
    assert theirs not in listed(own, Definition)
    assert own.get(address(Term.objects.get(slug="cpted"), "delete/")).status_code == 403


def test_a_unit_adds_a_term_to_its_bureaus_source_alone(own, housing):  # noqa: F811
    term = Term.objects.create(slug="new", name="새 말")
    theirs = Source.objects.get(bureau=housing, scope="glossary")
    response = own.post("/admin/glossary/definition/add/", {"source": theirs.pk, "term": term.pk, "order": 1})
    assert "source" in response.context["adminform"].form.errors


def test_revenue_stays_with_the_budget_keepers(own, seeded):  # noqa: F811
    assert own.get("/admin/budgets/revenuefigure/").status_code == 403
