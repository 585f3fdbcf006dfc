from glossary.models import Definition, Term
from glossary.search import term_texts
from tests.factories import make_bureau, make_source, snapshot_of


def test_term_is_found_by_its_definition_and_all_its_spellings(db):
    source = make_source(make_bureau(), "glossary", "2022-06-01")
    term = Term.objects.create(
        slug="lte",
        name="엘티이",
        english="Long Term Evolution",
        abbreviation="LTE",
        spellings="엘티-이\n롱텀",
    )
    Definition.objects.create(
        source=source, term=term, order=1, heading="LTE(엘티이)", text="ㅇ 이동통신 **규격**"
    )
    (entry,) = term_texts(snapshot_of(source.bureau))
    assert (entry.kind, entry.title, entry.url) == ("용어", "LTE(엘티이)", "/glossary/#term-lte")
    assert entry.body == "이동통신 **규격**\nLong Term Evolution LTE 엘티-이 롱텀"
