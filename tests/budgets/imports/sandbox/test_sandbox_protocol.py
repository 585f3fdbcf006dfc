"""The request that the process which opens a file gets."""

from budgets.imports.sandbox.sandbox_protocol import Request


def test_request_given_is_what_holds_for_every_row():
    assert Request("/a.csv", "a.csv", "원").given == {}
    request = Request("/a.csv", "a.csv", "원", fiscal_year=2022, department="데이터센터")
    assert request.given == {"fiscal_year": 2022, "department": "데이터센터"}


def test_request_survives_its_way_to_the_process():
    request = Request("/a.csv", "a.csv", "천원", header_row=4, mapping={"금액": "current"})
    assert Request(**request.to_dict()) == request
