"""Tests in a browser wait for what they look at: a click returns before the page behind it is shown."""

import ast
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parent / "browser"
# What Playwright answers at once, of the page that is there; `expect` asks until it is so, `follow` waits for the next page.
AT_ONCE = {
    "all_inner_texts", "all_text_contents", "content", "count", "get_attribute", "inner_html", "inner_text",
    "input_value", "is_checked", "is_disabled", "is_editable", "is_enabled", "is_hidden", "is_visible",
    "text_content", "url",
}  # fmt: skip
# Answered for the old page as well; or only after half a second in which nothing was asked for; or, where the first answer
# is no, stopped by the content security policy (`demo.wait_until` asks from outside).
NO_WAIT = {"wait_for_load_state", "networkidle", "wait_for_function"}


def unwaited(code):
    """What the code asks at once in an assertion or a condition, and waits that are none."""
    tree = ast.parse(code)
    asked = [node.test for node in ast.walk(tree) if isinstance(node, ast.Assert | ast.While)]
    found = {
        node.attr
        for test in asked
        for node in ast.walk(test)
        if isinstance(node, ast.Attribute) and node.attr in AT_ONCE and ast.unparse(node) != "site.url"
    }
    words = {getattr(node, "attr", getattr(node, "value", None)) for node in ast.walk(tree)}
    return sorted(found | {word for word in words if isinstance(word, str) and word in NO_WAIT})


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("assert page.locator('td').count()", ["count"]),
        ("assert '제출' in page.inner_text('main')", ["inner_text"]),
        ("while (left := page.locator('li')).count(): left.first.click()", ["count"]),
        ("page.wait_for_load_state('networkidle')", ["networkidle", "wait_for_load_state"]),
        ("page.wait_for_function('ready')", ["wait_for_function"]),
        ("expect(page.locator('td')).to_have_count(1)", []),
    ],
)
def test_what_is_asked_at_once_is_seen(code, names):
    assert unwaited(code) == names


def test_browser_tests_ask_nothing_at_once():
    files = sorted(FOLDER.glob("*.py"))
    assert files
    found = {file.name: unwaited(file.read_text("utf-8")) for file in files}
    assert {name: names for name, names in found.items() if names} == {}
