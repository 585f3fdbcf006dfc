"""What a person says of a file."""

from datetime import date

from budgets.imports.options import Options


def test_options_come_back_from_what_is_kept():
    options = Options("2022-09-30", "천원", fiscal_year=2022, department="data-center", limited=True)
    assert Options.from_dict(options.to_dict() | {"gone": 1}) == options


def test_options_day():
    assert Options("2022-09-30", "원").day == date(2022, 9, 30)


def test_options_of_the_file_leave_out_what_was_merely_confirmed():
    said = Options("2022-09-30", "원", limited=True, accepted_unit="확인함").of_the_file
    assert said == Options("2022-09-30", "원").of_the_file
    assert {"accepted_unit", "limited"}.isdisjoint(said)


def test_options_request_names_the_department_and_the_base_year():
    options = Options("2022-09-30", "천원", account="general", department="data-center")
    request = options.request("/a.csv", "a.csv", {"금액": "current"}, "데이터센터")
    assert (request.unit, request.base_year, request.mapping) == ("천원", 2022, {"금액": "current"})
    assert request.given == {"account": "general", "department": "데이터센터"}
