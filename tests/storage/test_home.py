"""The home folder and its one holder."""

import os
import stat
import subprocess
import sys

import pytest

from press.errors import ArchiveHeld, HomeUnusable
from storage.home import Home, holding, open_home

HOLD = """
import sys
from pathlib import Path
from storage.home import Home, holding
with holding(Home(Path(sys.argv[1]))):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def home(tmp_path):
    return open_home(tmp_path / "home", create=True)


def test_a_new_home_is_for_its_owner_alone(tmp_path):
    home = open_home(tmp_path / "a" / "b", create=True)
    assert stat.S_IMODE(home.folder.stat().st_mode) == 0o700
    assert home.catalogue_path.parent == home.raw.parent == home.lock.parent == home.folder


def test_a_home_that_is_there_is_left_as_it_is(tmp_path):
    tmp_path.chmod(0o755)
    open_home(tmp_path, create=True)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("folder", [".", "none"])
def test_reading_where_no_archive_is_says_how_to_get_one(tmp_path, folder):
    with pytest.raises(HomeUnusable, match=r"there is no archive.*baoku crawl or baoku import"):
        open_home(tmp_path / folder, create=False)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("part", ["catalogue.sqlite3", "raw"])
def test_a_catalogue_or_a_shelf_is_an_archive(tmp_path, part):
    (tmp_path / part).mkdir()
    assert open_home(tmp_path, create=False) == Home(tmp_path)


@pytest.mark.parametrize("below", ["file", "file/home"])
def test_a_file_is_no_home(tmp_path, below):
    (tmp_path / "file").write_text("")
    with pytest.raises(HomeUnusable, match="choose another"):
        open_home(tmp_path / below, create=True)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_home_that_cannot_be_written_is_refused(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(HomeUnusable, match="not writable"):
        open_home(tmp_path, create=True)


def test_a_name_that_no_disk_takes_is_refused(tmp_path):
    for create in (True, False):
        with pytest.raises(HomeUnusable):
            open_home(tmp_path / ("x" * 300), create=create)


def test_a_second_holder_is_refused_at_once_and_told_who_has_it(home):
    with holding(home), pytest.raises(ArchiveHeld, match=f"process {os.getpid()}"), holding(home):
        pass


def test_the_hold_ends_with_the_block_and_with_an_error(home):
    with pytest.raises(HomeUnusable), holding(home):
        raise HomeUnusable("stop")
    with holding(home):
        pass


def test_the_hold_of_a_killed_process_ends_with_it(home):
    holder = subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", HOLD, str(home.folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with holder:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(ArchiveHeld, match=f"process {holder.pid}"), holding(home):
            pass
        holder.kill()
        holder.wait(timeout=10)
        with holding(home):
            assert home.lock.read_text() == f"{os.getpid()}\n"


def test_a_shorter_process_id_leaves_nothing_of_a_longer_one(home):
    home.lock.write_text("1234567890123\n")
    with holding(home):
        assert home.lock.read_text() == f"{os.getpid()}\n"


def test_a_planted_link_is_not_followed(home, tmp_path):
    target = tmp_path / "precious"
    target.write_text("kept")
    home.lock.symlink_to(target)
    with pytest.raises(HomeUnusable, match="cannot be written"), holding(home):
        pass
    assert target.read_text() == "kept"


def test_a_home_that_vanished_cannot_be_held(tmp_path):
    with pytest.raises(HomeUnusable), holding(Home(tmp_path / "none")):
        pass
