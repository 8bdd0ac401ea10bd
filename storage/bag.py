"""A bag: files with their digests, as archives hand them on (BagIt 1.0, RFC 8493).

bagit.txt               what it is
bag-info.txt            when it was made, by what, how large
manifest-sha256.txt     a line "HEX  data/NAME" for each file below data/
tagmanifest-sha256.txt  the same for these three
data/                   the files

Any tool for bags checks it, and so does `sha256sum -c manifest-sha256.txt`.
"""

import hashlib
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO, Final

from press.errors import ArchiveDamaged, UsageError
from storage.export.file import replacing, replacing_bytes, writing_to
from storage.raw.disk import COPY_BYTES
from storage.raw.files import digest_of

MANIFEST: Final = "manifest-sha256.txt"
_DECLARED: Final = "bagit.txt"
_DECLARATION: Final = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_LINE: Final = re.compile(r"([0-9a-f]{64}) [ *](data/[\w.-]+(?:/[\w.-]+)*)", re.ASCII)


class Bag:
    """The bag in a folder, to be made or brought up to date.

    What is put replaces what was there, file by file; `seal` then makes it a bag again. Raises
    UsageError where the folder holds something else, and HomeUnusable where it cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._before = digests_in(folder) if (folder / MANIFEST).exists() else {}
        is_free = not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))
        if not is_free and not (folder / _DECLARED).is_file():
            raise UsageError(f"{folder} is there and is no backup: name a new or empty folder")
        self._now: dict[str, str] = {}

    @property
    def listed(self) -> frozenset[str]:
        """The names, `data/...`, of what the bag held when it was opened."""
        return frozenset(self._before)

    def begin(self) -> None:
        """Makes the folder, and clears what a run left that was interrupted: so may this one be."""
        with writing_to(self._folder):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not (self._folder / _DECLARED).exists():
                self._tag(_DECLARED, _DECLARATION)
            for left in [*self._folder.glob(".*"), *self._folder.glob("data/**/.*")]:
                if left.is_dir():
                    shutil.rmtree(left)
                else:
                    left.unlink()

    def keep(self, name: str) -> str | None:
        """The digest of a file that the bag listed: it stays. None where it is not there, or is no
        longer what was listed."""
        path, digest = self._folder / name, self._before.get(name)
        if digest is None or not path.is_file() or digest_of(path) != digest:
            return None
        self._now[name] = digest
        return digest

    def size_bytes(self, name: str) -> int:
        """Of a file that is there."""
        return (self._folder / name).stat().st_size

    def drop(self, name: str) -> None:
        """Lets go of a file, listed or not."""
        (self._folder / name).unlink(missing_ok=True)

    def put(self, name: str, source: BinaryIO, size_bytes: int) -> str:
        """Copies so many bytes to `data/...`, and gives their SHA-256 in hex.

        Raises ArchiveDamaged where there are fewer.
        """
        path = self._folder / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        digest, left = hashlib.sha256(), size_bytes
        with replacing_bytes(path) as target:
            while piece := source.read(min(COPY_BYTES, left)):
                target.write(piece)
                digest.update(piece)
                left -= len(piece)
            if left:
                raise ArchiveDamaged(
                    f"{path.name} ends {left} bytes too early: run baoku verify to see what is lost"
                )
        self._now[name] = digest.hexdigest()
        return self._now[name]

    def seal(self, info: Mapping[str, str]) -> None:
        """Lists what was put and kept, and lets go of what the bag listed before and no longer."""
        for name in self._before.keys() - self._now.keys():
            self.drop(name)
        size = sum(map(self.size_bytes, self._now))
        told = {**info, "Payload-Oxum": f"{size}.{len(self._now)}"}
        tags = {
            _DECLARED: _DECLARATION,
            "bag-info.txt": "".join(f"{label}: {value}\n" for label, value in told.items()),
            MANIFEST: _lines(self._now),
        }
        sums = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in tags.items()}
        for name, text in (*tags.items(), ("tagmanifest-sha256.txt", _lines(sums))):
            self._tag(name, text)

    def _tag(self, name: str, text: str) -> None:
        with replacing(self._folder / name) as out:
            out.write(text)


def digests_in(folder: Path) -> dict[str, str]:
    """The SHA-256 in hex of each file of a bag by its name, `data/...`, in the order of the names.

    Raises UsageError where there is no bag, and ArchiveDamaged where its list cannot be read.
    """
    try:
        text = (folder / MANIFEST).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{folder} is no backup: it has no {MANIFEST} that can be read") from error
    found = {}
    for line in text.splitlines():
        match = _LINE.fullmatch(line)
        if match is None or ".." in match[2]:
            raise ArchiveDamaged(
                f"{folder / MANIFEST} has a line that lists no file: {line[:80]!r}"
            )
        found[match[2]] = match[1]
    return dict(sorted(found.items()))


def _lines(digests: Mapping[str, str]) -> str:
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items()))
