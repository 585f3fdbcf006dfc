import re

import bundles


def test_addresses_of_a_sheet_lead_from_the_bundle():
    made = bundles.ADDRESS.sub(
        r"url(\g<1>../vendor/", 'a { src: url("a.woff2") url(b.png) url("data:x") url(data:y) url(/z) }'
    )
    assert (
        made == 'a { src: url("../vendor/a.woff2") url(../vendor/b.png) url("data:x") url(data:y) url(/z) }'
    )


def test_every_script_of_the_site_is_whole_in_its_bundle():
    made = bundles.bundle(bundles.BUNDLES["figures.js"])
    parts = [(bundles.STATIC / part).read_text("utf-8") for part in bundles.BUNDLES["figures.js"]]
    assert [made.index(part) for part in parts] == sorted(made.index(part) for part in parts)
    assert made.count('"use strict";') == len(parts)


def test_every_script_of_figures_is_in_the_bundle():
    files = {f"js/{path.name}" for path in (bundles.STATIC / "js").glob("figures*.js")}
    assert set(bundles.BUNDLES["figures.js"]) == files


def test_fonts_of_the_bundle_are_there():
    for name in re.findall(r'url\("?\.\./(vendor/[^")]+)', bundles.bundle(bundles.BUNDLES["site.css"])):
        assert (bundles.STATIC / name).is_file(), name
