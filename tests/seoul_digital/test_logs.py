import logging

from seoul_digital.logs import LineFormatter


def formatted(message, *arguments, **options):
    return LineFormatter("{levelname} {message}", style="{").format(
        logging.makeLogRecord({"msg": message, "args": arguments, "levelname": "INFO"} | options)
    )


def test_a_newline_in_a_value_forges_no_line():
    assert formatted("sign-in of %s", "kim\r\nINFO sign-in of lee") == "INFO sign-in of kim\\r\\nINFO sign-in of lee"


def test_a_traceback_keeps_its_lines():
    try:
        raise ValueError("x")
    except ValueError as error:
        text = formatted("failed", exc_info=(ValueError, error, error.__traceback__))
    assert len(text.splitlines()) > 3
