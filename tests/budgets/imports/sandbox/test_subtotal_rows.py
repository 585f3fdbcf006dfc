"""Of which lines a printed sum can be."""

from budgets.imports.sandbox.subtotal_rows import SubtotalRows, named, of_all_below, prefixes

FIELDS = ["department", "policy", "detailed"]
ABOVE = ["데이터센터", "운영", "망"]


def of(subtotal):
    """The candidates as texts."""
    return [tuple(text for _, text in prefix) for prefix in prefixes(subtotal.contexts, FIELDS)]


def test_a_sum_is_of_what_stands_left_of_its_word_first():
    assert of(SubtotalRows().make(9, "소계", ["", "운영"], ABOVE, ()))[0] == ("데이터센터", "운영")


def test_a_sum_without_names_can_be_of_everything_or_of_anything_above():
    found = of(SubtotalRows().make(9, "소계", [], ABOVE, ()))
    assert found == [(), ("데이터센터", "운영", "망"), ("데이터센터", "운영"), ("데이터센터",)]


def test_a_name_beside_the_word_is_that_of_the_lines():
    found = of(SubtotalRows().make(9, "운영 소계", ["데이터센터"], ABOVE, ()))
    assert found[:2] == [("데이터센터",), ("데이터센터", "운영")]
    assert of(SubtotalRows().make(9, "확충 (소계)", ["데이터센터"], ABOVE, ()))[:2] == [
        ("데이터센터",),
        ("데이터센터", "확충"),
    ]


def test_a_sum_over_its_lines_learns_their_names_from_the_next():
    sums = SubtotalRows()
    first = sums.make(1, "소계", ["", "분석"], ["", "", ""], ())
    assert of(first) == [("분석",)]
    sums.begin(["빅데이터담당관", "분석", "허브"])
    sums.begin(["데이터센터", "운영", "망"])
    assert of(first) == [("분석",), ("빅데이터담당관", "분석"), ("빅데이터담당관", "분석", "허브")]


def test_a_sum_below_its_lines_is_not_of_the_next_ones():
    sums = SubtotalRows()
    last = sums.make(9, "소계", ["데이터센터", "운영"], ABOVE, ())
    sums.begin(["데이터센터", "확충", "망"])
    assert ("데이터센터", "확충") not in of(last)


def test_a_row_over_others_is_of_all_of_them():
    assert of(of_all_below(3, ["데이터센터", "운영"], ())) == [("데이터센터", "운영")]


def test_a_programme_and_its_code():
    assert named(FIELDS, ["가", "나", "통신망(5G) 운영(AB-1020)"])[2:] == [
        ("detailed", "통신망(5G) 운영"),
        ("detailed_code", "AB-1020"),
    ]
    assert named([*FIELDS, "detailed_code"], ["가", "나", "망(AB-1020)", "7"])[2:] == [
        ("detailed", "망(AB-1020)"),
        ("detailed_code", "7"),
    ]
