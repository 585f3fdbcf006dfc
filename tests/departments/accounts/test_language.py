"""The toggle of the language."""

import pytest


@pytest.mark.parametrize(
    ("sent", "status", "location"),
    [
        ({"language": "en", "next": "https://evil.example/"}, 302, "/"),
        ({"language": "fr", "next": "/"}, 400, None),
        ({}, 400, None),
    ],
)
def test_the_toggle_takes_no_other_language_and_leads_nowhere_else(manager_client, sent, status, location):
    response = manager_client.post("/language/", sent)
    assert (response.status_code, response.headers.get("Location")) == (status, location)
    assert manager_client.get("/language/").status_code == 405
