"""The glossary of the seeded report; expected values are the report's own."""


def test_the_glossary(report):
    assert len(report.chapters["glossary"].terms) == 21
    first = report.chapters["glossary"].terms[0]
    assert (first.name, first.english, first.page, first.page_printed) == (
        "가상서울",
        "Virtual Seoul",
        15,
        "업무보고 p.15",
    )
    assert first.text.startswith("▪ 현실세계와 같은 가상도시를")
