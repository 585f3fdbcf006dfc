from core.models.imported_rows import ImportedRows


def test_imported_rows_say_how_many_of_which_source():
    assert str(ImportedRows(source_id=7, rows=12_345)) == "자료 #7의 12,345줄"


def test_imported_rows_content_is_in_no_history():
    assert ImportedRows.untracked_fields == ("content",)
    assert ImportedRows._meta.default_permissions == ()
