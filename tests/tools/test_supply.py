"""The list of licences and of parts, against the lock files."""

import re

import supply


def test_every_part_has_its_licence():
    without = {package.name for package in supply.served() if not package.licence}
    assert without <= {"brotlicffi"}  # for PyPy alone, and not installed


def test_the_list_of_licences_is_of_the_locked_versions():
    """`make licences` makes it anew."""
    listed = re.findall(r"(?m)^\| (\S+) \| (\S+) \|", supply.LICENCES.read_text())[1:]
    assert [pair for pair in listed if pair[0] != "---"] == [
        (package.name, package.version) for package in supply.served()
    ]


def test_the_bill_of_materials_names_every_part_with_its_hash():
    bill = supply.sbom()
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    by_name = {component["name"]: component for component in bill["components"]}
    assert by_name["django"]["purl"].startswith("pkg:pypi/django@5.2")
    assert by_name["plotly.js-basic-dist"]["hashes"][0]["alg"] == "SHA-512"
    assert all(component.get("hashes") or component["properties"] for component in bill["components"])
    references = {component["bom-ref"] for component in bill["components"]}
    assert len(references) == len(bill["components"])
    needed = {reference for line in bill["dependencies"] for reference in line["dependsOn"]}
    assert needed <= references
    assert bill == supply.sbom()
