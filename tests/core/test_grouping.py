from core.grouping import grouped


def test_grouped_keeps_the_order_of_keys_and_values():
    found = grouped([("b", 1), ("a", 2), ("b", 3)])
    assert list(found.items()) == [("b", [1, 3]), ("a", [2])]


def test_grouped_nothing_is_empty():
    assert grouped([]) == {}
