import pytest
from django.core.exceptions import PermissionDenied

from reports.edition_requests import deny_unless, edition_address


def test_deny_unless_it_is_allowed():
    deny_unless(True)
    with pytest.raises(PermissionDenied):
        deny_unless([])


@pytest.mark.parametrize(
    ("site", "address"),
    [
        ("https://report.example.org", "https://report.example.org/reports/7/"),
        ("", "http://testserver/reports/7/"),
    ],
)
def test_edition_address_stands_whole_in_letters(rf, settings, site, address):
    settings.SITE_URL = site
    assert edition_address(rf.get("/"), 7) == address
