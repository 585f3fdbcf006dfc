"""What tests cost: `make test ARGS=--costs` ends with the processor time of the dearest files, fixtures and child processes included."""

import os
from collections import Counter

import pytest

SHOWN = 25
costs, numbers, last = Counter(), Counter(), sum(os.times()[:4])


def pytest_addoption(parser):
    parser.addoption("--costs", action="store_true", help="processor time of the dearest files")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    global last
    report = yield
    before, last = last, sum(os.times()[:4])
    report.cost = last - before  # of this phase; xdist brings it to the process that sums up
    return report


def pytest_runtest_logreport(report):
    file = report.nodeid.partition("::")[0]
    costs[file] += report.cost
    numbers[file] += report.when == "call"


def pytest_terminal_summary(terminalreporter, config):
    if not config.option.costs:
        return
    total, number = sum(costs.values()), max(sum(numbers.values()), 1)
    terminalreporter.write_line(f"{total:.0f} s of processor, {1_000 * total / number:.0f} ms a test")
    for file, cost in costs.most_common(SHOWN):
        terminalreporter.write_line(f"{cost:7.1f} s {numbers[file]:5} tests  {file}")
