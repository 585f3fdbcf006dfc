import os
import tempfile
from unittest.mock import Mock

import pytest

from seoul_digital.owned_folders import OwnedFolder, clear_left


@pytest.fixture(autouse=True)
def temporary(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def made_long_ago(path):
    os.utime(path, (0, 0))
    return path


def test_folder_of_who_lives_stays_and_goes_with_him():
    owned = OwnedFolder("report-task-")
    made_long_ago(owned.path)
    clear_left("report-task-")
    assert os.path.isdir(owned.path)
    assert os.stat(owned.path).st_mode & 0o777 == 0o700
    owned.remove()
    assert not os.path.exists(owned.path)


def test_folder_that_a_process_left_goes_with_its_files(temporary):
    def leave(prefix):
        folder = temporary / f"{prefix}left"
        folder.mkdir()
        (folder / "파일.pdf").write_bytes(b"x")
        return made_long_ago(folder)

    left, other = leave("report-task-"), leave("report-pages-")
    clear_left("report-task-")
    assert (left.exists(), other.exists()) == (False, True)


def test_folder_that_is_just_being_made_stays(temporary):
    (temporary / "report-task-new").mkdir()
    clear_left("report-task-")
    assert (temporary / "report-task-new").exists()


def test_link_that_is_called_so_leads_nowhere(temporary):
    elsewhere = temporary / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "파일.pdf").write_bytes(b"x")
    link = temporary / "report-task-link"
    link.symlink_to(elsewhere)
    os.utime(elsewhere, (0, 0))
    clear_left("report-task-")
    assert ((elsewhere / "파일.pdf").exists(), link.is_symlink()) == (True, True)


def test_full_disk_keeps_nobody_from_starting(monkeypatch):
    """Where Python has found no folder in which it can write."""
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setattr(tempfile, "_get_default_tempdir", Mock(side_effect=FileNotFoundError))
    clear_left("report-task-")
    assert tempfile.tempdir is None


def test_folder_stays_while_a_forked_process_has_it():
    to_child, from_parent = os.pipe()
    owned = OwnedFolder("report-task-")
    child = os.fork()
    if not child:
        os.close(from_parent)
        os.read(to_child, 1)  # until the parent has closed its end
        os._exit(0)
    os.close(owned._lock)
    made_long_ago(owned.path)
    clear_left("report-task-")
    assert os.path.isdir(owned.path)
    os.close(from_parent)
    os.waitpid(child, 0)
    clear_left("report-task-")
    assert not os.path.exists(owned.path)


def test_what_is_no_folder_of_ours_stays(temporary, tmp_path_factory):
    elsewhere = made_long_ago(tmp_path_factory.mktemp("elsewhere"))
    (temporary / "report-task-link").symlink_to(elsewhere)
    made_long_ago(temporary / "report-task-link")
    file = temporary / "report-task-file"
    file.write_bytes(b"x")
    made_long_ago(file)
    clear_left("report-task-")
    assert elsewhere.exists() and file.exists()


def test_folder_is_not_removed_by_a_forked_process():
    owned = OwnedFolder("document-fonts-")
    child = os.fork()
    if not child:
        owned.remove()
        os._exit(0)
    assert (os.waitpid(child, 0)[1], os.path.isdir(owned.path)) == (0, True)
    owned.remove()
