import logging
from logging import makeLogRecord

from gunicorn.config import Config

from seoul_digital.server.logger import LineLogger


def test_the_text_of_an_exception_forges_no_line():
    logger = LineLogger(Config())
    (handler,) = [handler for handler in logger.error_log.handlers if getattr(handler, "_gunicorn", False)]
    try:
        raise ValueError("x\n[2026-01-01 00:00:00 +0900] [1] [ERROR] forged")
    except ValueError as error:
        trace = (ValueError, error, error.__traceback__)
    text = handler.format(
        makeLogRecord({"msg": "Error handling request %s", "args": ("/x\ny",), "exc_info": trace})
    )
    first, *inside = text.splitlines()
    assert first.endswith("Error handling request /x\\ny")
    assert all(line.startswith("  | ") for line in inside) and len(inside) > 3
    logging.getLogger("gunicorn.error").removeHandler(handler)
