import pytest

from core.backup.manifest import Manifest


@pytest.fixture
def manifest():
    """Of a copy with four rows in two tables, whose chain of changes ends with the seventh."""
    models = {"departments.Duty": {"rows": 3}, "glossary.Term": {"rows": 1}}
    hashes = {"reports.PublishedReport": {"1": "x", "2": "y"}}
    end = [7, "head"]
    return Manifest(1, "2022-11-24 03:00", "sqlite", "1.2", [], "db", [], models, hashes, end, [])


@pytest.fixture
def broken_chain(manifest):
    manifest.chain_problems.append("제3호의 봉인이 맞지 않습니다.")
    return manifest
