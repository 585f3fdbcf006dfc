from core.remembered.release import digest_of


def test_digest_changes_with_code_templates_and_named_files_alone(tmp_path):
    folder, manifest = tmp_path / "app", tmp_path / "staticfiles.json"
    folder.mkdir()
    digests = [digest_of([folder], [manifest])]
    for path in (folder / "views.py", folder / "page.html", manifest):
        path.write_text("x")
        digests.append(digest_of([folder], [manifest]))
    assert len(set(digests)) == 4
    (folder / "notes.txt").write_text("x")
    assert digest_of([folder], [manifest]) == digests[-1]
