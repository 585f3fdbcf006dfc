"""Nothing that is counted can name a person, a report or a row."""

from seoul_digital.lib.metrics import series

LABELS = {"route", "status", "answer", "reason", "gate"}


def test_labels_are_few_and_name_no_rows():
    samples = [sample for metric in series.registry.collect() for sample in metric.samples]
    assert {"report_request_seconds", "report_gate_waiting"} <= {
        metric.name for metric in series.registry.collect()
    }
    assert {name for sample in samples for name in sample.labels} - {"le"} <= LABELS


def test_gauges_count_living_processes_alone():
    assert series.gate_inside._multiprocess_mode == series.gate_waiting._multiprocess_mode == "livesum"
