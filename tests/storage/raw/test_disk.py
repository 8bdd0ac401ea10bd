import errno
import os

import pytest

from press.errors import ArchiveDamaged, HomeUnusable
from storage.raw.disk import blaming, write_whole


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS])
def test_a_want_of_room_or_permission_says_what_to_do(tmp_path, number):
    with pytest.raises(HomeUnusable, match="choose another --home"), blaming(tmp_path):
        raise OSError(number, os.strerror(number))


def test_a_failing_disk_is_damage(tmp_path):
    with pytest.raises(ArchiveDamaged, match="Input/output"), blaming(tmp_path):
        raise OSError(errno.EIO, os.strerror(errno.EIO))


def test_a_full_device_is_reported_by_the_write():
    full = os.open("/dev/full", os.O_WRONLY)
    try:
        with pytest.raises(OSError, match="No space"):
            write_whole(full, b"x")
    finally:
        os.close(full)


def test_a_failed_sync_is_not_passed_over():
    reader, writer = os.pipe()  # a pipe takes bytes but cannot be synced
    try:
        with pytest.raises(OSError, match="Invalid argument"):
            write_whole(writer, b"x")
    finally:
        os.close(reader)
        os.close(writer)
