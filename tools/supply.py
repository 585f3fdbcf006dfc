"""What the product is made of: `supply.py licences` lists it, `supply.py sbom` writes it as CycloneDX, `audit.py` looks for known faults."""

import base64
import json
import re
import sys
import tomllib
import uuid
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PINNED = re.compile(r"(?m)^([\w.-]+)(?:\[[^]]+\])?==([^\s;\\]+)((?:.|\n(?=\s))*)")
LICENCES = ROOT / "docs" / "licences.md"
HEADING = """# Licences

Of everything that is served or runs with the product, as its packages say. Made by `make licences`.

| Package | Version | Licence |
|---|---|---|
"""


@dataclass(frozen=True)
class Package:
    """One pinned package. `ecosystem` is PyPI or npm, `hashes` as CycloneDX has them (algorithm, hexadecimal)."""

    ecosystem: str
    name: str
    version: str
    licence: str = ""
    hashes: tuple[tuple[str, str], ...] = ()
    requires: tuple[str, ...] = field(default=(), compare=False)

    @property
    def purl(self):
        return f"pkg:{self.ecosystem.lower()}/{self.name.replace('@', '%40')}@{self.version}"


def python_packages(lock="run.txt"):
    """Those of a lock file. Licence and requirements are known of what is installed."""
    for name, version, rest in PINNED.findall((ROOT / "requirements" / lock).read_text()):
        try:
            about = metadata.metadata(name)
            requires = metadata.requires(name) or []
        except metadata.PackageNotFoundError:  # of another system
            about, requires = {}, []
        names = {normal(re.match(r"[\w.-]+", text)[0]) for text in requires if "extra ==" not in text}
        hashes = tuple(("SHA-256", text) for text in re.findall(r"sha256:(\w+)", rest))
        yield Package("PyPI", name, version, licence_of(about), hashes, tuple(sorted(names)))


def normal(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def licence_of(about):
    """As the package says: an SPDX expression, the classifiers, or a short text."""
    if not about:
        return ""
    classifiers = [
        text.rpartition(" :: ")[2]
        for text in about.get_all("Classifier") or []
        if text.startswith("License :: ") and text != "License :: OSI Approved"
    ]
    text = (about.get("License") or "").strip()
    short = text if len(text) < 60 and "\n" not in text else ""
    return about.get("License-Expression") or ", ".join(classifiers) or short


def npm_packages(*, with_tools=False):
    for path, about in json.loads((ROOT / "package-lock.json").read_text())["packages"].items():
        if path and (
            with_tools or not (about.get("dev") or about.get("optional"))
        ):  # esbuild for other machines
            algorithm, _, text = about["integrity"].partition("-")
            digest = base64.b64decode(text).hex()
            name = path.rpartition("node_modules/")[2]
            hashes = ((algorithm.upper().replace("SHA", "SHA-"), digest),)
            yield Package("npm", name, about["version"], npm_licence(path, about), hashes)


def npm_licence(path, about):
    installed = ROOT / path / "package.json"
    found = about.get("license") or (
        json.loads(installed.read_text()).get("license") if installed.is_file() else ""
    )
    return found if isinstance(found, str) else found.get("type", "")


def served():
    return [*python_packages(), *npm_packages()]


def licences():
    lines = [
        f"| {package.name} | {package.version} | {package.licence or 'not installed here'} |\n"
        for package in served()
    ]
    return HEADING + "".join(lines)


def sbom():
    """A CycloneDX document (1.6), the same for the same lock files."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    packages = served()
    root = f"pkg:generic/{project['name']}@{project['version']}"
    purls = {normal(package.name): package.purl for package in packages}
    direct = {normal(re.match(r"[\w.-]+", text)[0]) for text in project["dependencies"]}
    direct |= {normal(package.name) for package in packages if package.ecosystem == "npm"}
    content = {
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": root,
                "name": project["name"],
                "version": project["version"],
                "licenses": [{"license": {"id": project["license"]}}],
            }
        },
        "components": [component(package) for package in packages],
        "dependencies": [
            {"ref": root, "dependsOn": sorted(purls[name] for name in direct)},
            *(
                {"ref": package.purl, "dependsOn": sorted(purls[n] for n in package.requires if n in purls)}
                for package in packages
            ),
        ],
    }
    serial = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(content, sort_keys=True))
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
    } | content


def component(package):
    found = {
        "type": "library",
        "bom-ref": package.purl,
        "name": package.name,
        "version": package.version,
        "purl": package.purl,
    }
    if package.licence:
        found["licenses"] = [{"license": {"name": package.licence}}]
    if len(package.hashes) == 1:
        found["hashes"] = [{"alg": algorithm, "content": digest} for algorithm, digest in package.hashes]
    else:  # of its files, of which one is installed
        found["properties"] = [{"name": "lock:sha256", "value": digest} for _, digest in package.hashes]
    return found


def main(what):
    if what == "licences":
        LICENCES.write_text(licences(), encoding="utf-8")
        return
    target = ROOT / "var" / "sbom.cdx.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(sbom(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{target.relative_to(ROOT)}에 구성 목록(CycloneDX)을 썼습니다.")


if __name__ == "__main__":
    main(sys.argv[1])
