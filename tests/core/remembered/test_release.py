import shutil

from core.remembered.release import digest_of


def test_digest_changes_with_code_templates_and_named_files_alone(tmp_path):
    folder, manifest = tmp_path / "app", tmp_path / "staticfiles.json"
    folder.mkdir()
    digests = [digest_of(tmp_path, [folder], [manifest], {})]
    for path in (folder / "views.py", folder / "page.html", manifest):
        path.write_text("x")
        digests.append(digest_of(tmp_path, [folder], [manifest], {}))
    assert len(set(digests)) == 4
    (folder / "notes.txt").write_text("x")
    assert digest_of(tmp_path, [folder], [manifest], {}) == digests[-1]


def test_digest_is_the_same_wherever_and_whenever_the_code_was_put(tmp_path):
    first, second = tmp_path / "node-1", tmp_path / "node-2"
    (first / "app").mkdir(parents=True)
    (first / "app/views.py").write_text("x")
    shutil.copytree(first, second, copy_function=shutil.copyfile)
    assert digest_of(first, [first / "app"], [], {}) == digest_of(second, [second / "app"], [], {})


def test_digest_changes_with_settings_but_those_of_a_node(tmp_path):
    def digest(**settings):
        return digest_of(tmp_path, [], [], settings)

    assert digest(SITE_URL="https://a") != digest(SITE_URL="https://b")
    assert digest(READERS_PAGES={"home", "search"}) == digest(READERS_PAGES={"search", "home"})
    assert digest(SECRET_KEY="a", DATABASES={}) == digest(SECRET_KEY="b", DATABASES={"default": {}})
