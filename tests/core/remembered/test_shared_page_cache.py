import os
import runpy
from pathlib import Path

from django.conf import settings

from core.remembered.shared_page_cache import SharedPageCache, shared_folder

PARTS = [b"<p>", b"name", "가</p>".encode()]


def test_other_process_finds_what_was_kept(tmp_path):
    SharedPageCache(str(tmp_path)).keep("page", PARTS)
    assert SharedPageCache(str(tmp_path)).get("page") == PARTS
    assert SharedPageCache(str(tmp_path)).get("other") is None
    with SharedPageCache(str(tmp_path)).turn("page", b"mark") as found:
        assert found == (PARTS, False)


def test_folder_is_bounded(tmp_path):
    store = SharedPageCache(str(tmp_path), most=2)
    (tmp_path / "search").mkdir()
    os.utime(tmp_path / "search", (0, 0))  # older than all pages
    for number, key in enumerate("abc"):
        store.keep(key, PARTS)
        os.utime(store._path(key), (number, number))
    assert [store.get(key) for key in "abc"] == [None, PARTS, PARTS]
    assert (tmp_path / "search").exists()


def test_folder_of_many_is_looked_through_now_and_then(tmp_path, monkeypatch):
    looks = []
    monkeypatch.setattr(SharedPageCache, "_tidy", lambda self: looks.append(len(list(tmp_path.iterdir()))))
    store = SharedPageCache(str(tmp_path), most=80)
    for key in "abcde":
        store.keep(key, PARTS)
    assert looks == [1, 3, 5]


def test_what_cannot_be_written_or_taken_apart_is_not_kept(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    SharedPageCache(str(tmp_path / "file")).keep("page", PARTS)
    store = SharedPageCache(str(tmp_path))
    store.keep("page", [b"a\0b"])
    assert store.get("page") is None


def test_broken_file_and_folder_that_is_gone_are_nothing(tmp_path):
    store = SharedPageCache(str(tmp_path / "pages"))
    store.keep("page", PARTS)
    assert store.get("page") is None
    (tmp_path / "pages").mkdir()
    store._path("page").write_bytes(b"x")
    assert store.get("page") is None


def test_folder_within_is_made_where_there_is_one(monkeypatch, tmp_path):
    monkeypatch.delenv("SHARED_PAGES", raising=False)
    assert shared_folder("search", 5) is None
    monkeypatch.setenv("SHARED_PAGES", str(tmp_path))
    shared_folder("search", 5).keep("texts", PARTS)
    assert shared_folder("search", 5).get("texts") == PARTS
    assert [path.name for path in tmp_path.iterdir()] == ["search"]


def test_workers_of_a_server_have_a_folder_of_their_own_until_it_stops(monkeypatch):
    monkeypatch.setenv("WEB_CONCURRENCY", "2")
    monkeypatch.setenv("SHARED_PAGES", "")  # so that it is put back
    monkeypatch.delenv("SHARED_PAGES")
    server = runpy.run_path(str(settings.BASE_DIR / "gunicorn.conf.py"))
    assert "SHARED_PAGES" not in os.environ  # a look at the settings makes nothing
    server["on_starting"](None)
    folder = Path(os.environ["SHARED_PAGES"])
    assert folder.stat().st_mode & 0o777 == 0o700
    server["on_exit"](None)
    assert not folder.exists()


def test_server_that_takes_the_place_of_another_has_a_folder_of_its_own(monkeypatch, tmp_path):
    of_another = tmp_path / "report-pages-1-x"
    monkeypatch.setenv("WEB_CONCURRENCY", "2")
    monkeypatch.setenv("SHARED_PAGES", str(of_another))
    server = runpy.run_path(str(settings.BASE_DIR / "gunicorn.conf.py"))
    server["on_starting"](None)
    assert os.environ["SHARED_PAGES"] != str(of_another)
    server["on_exit"](None)


def test_folder_that_the_operator_names_stays(monkeypatch, tmp_path):
    monkeypatch.setenv("WEB_CONCURRENCY", "2")
    monkeypatch.setenv("SHARED_PAGES", str(tmp_path))
    server = runpy.run_path(str(settings.BASE_DIR / "gunicorn.conf.py"))
    server["on_starting"](None)
    server["on_exit"](None)
    assert tmp_path.exists() and os.environ["SHARED_PAGES"] == str(tmp_path)
