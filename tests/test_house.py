"""The house rules that no tool knows: sizes, names, docstrings, the map, and what is locked."""

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1]
PACKAGES = ("press", "crawler", "storage", "pipeline", "schedules", "readingroom", "replica", "cli")
LOCKS = ("requirements.lock", "requirements-server.lock", "requirements-dev.lock")
BANNED_NAMES = {"utils", "helpers", "manager", "base", "common"}


def read(name: str) -> str:
    return (HOUSE / name).read_text(encoding="utf-8")


def tracked() -> list[str]:
    """Every file that git knows, by its path from the top."""
    listed = subprocess.run(  # noqa: S603 - fixed words, no shell
        ["git", "-C", str(HOUSE), "ls-files", "-z"],  # noqa: S607 - git is wherever it is
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return [name for name in listed.split("\0") if name and (HOUSE / name).exists()]


def sources() -> list[Path]:
    """The tracked Python files of the packages."""
    ours = [Path(name) for name in tracked() if name.endswith(".py")]
    return [HOUSE / path for path in ours if path.parts[0] in PACKAGES]


def test_no_file_of_ours_is_longer_than_400_lines() -> None:
    ours = [name for name in tracked() if Path(name).suffix in {".py", ".md", ".toml", ".html"}]
    long = {name: n for name in ours if (n := len(read(name).splitlines())) > 400}
    assert ours
    assert not long


def test_no_module_has_a_name_that_says_nothing() -> None:
    parts = {name: {Path(part).stem for part in Path(name).parts} for name in tracked()}
    assert not {name for name, words in parts.items() if words & BANNED_NAMES}


def test_no_pattern_has_a_possessive_group() -> None:
    # Python 3.11.0 to 3.11.4, which Debian 12 ships, match them wrongly (python/cpython#106052).
    group = re.compile(r"\)(?:[*+?]|\{[\d,]+\})\+|\(\?>")
    assert not [str(path) for path in sources() if group.search(path.read_text(encoding="utf-8"))]


def test_every_public_function_and_class_says_what_it_gives() -> None:
    silent = []
    for path in sources():
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if not isinstance(node, ast.FunctionDef | ast.ClassDef) or node.name.startswith("_"):
                continue
            members = node.body if isinstance(node, ast.ClassDef) else []
            methods = [m for m in members if isinstance(m, ast.FunctionDef) and m.name[0] != "_"]
            silent += [
                f"{path.relative_to(HOUSE)}:{each.lineno} {each.name}"
                for each in (node, *methods)
                if not ast.get_docstring(each) and not _is_accessor(each)
            ]
    assert not silent


def _is_accessor(node: ast.AST) -> bool:
    """True for a setter or an override: its docstring stands where it was first declared."""
    marks = getattr(node, "decorator_list", [])
    return any(ast.unparse(mark).endswith((".setter", "override")) for mark in marks)


@pytest.mark.parametrize("guide", ["README.md", "README.zh.md", "docs/architecture.md"])
def test_the_folder_map_is_the_tree(guide: str) -> None:
    mapped = set(re.findall(r"^\| `(\w+)/` \|", read(guide), re.MULTILINE))
    folders = {Path(name).parts[0] for name in tracked() if "/" in name}
    assert mapped == {name for name in folders if not name.startswith(".")}


def test_no_file_knows_an_index_or_a_machine() -> None:
    index = "pypi" + r"\.org|python" + "hosted|/" + r"simple\b|index-" + r"url +\S*:"
    machine = r"(?<![\w.~-])/(?:home|Users|root|work)/\w|[A-Z]:\\" + "Users"
    found = re.compile(f"{index}|{machine}")
    texts = {name: (HOUSE / name).read_bytes().decode("latin-1") for name in tracked()}
    assert not {name: hit[0] for name, text in texts.items() if (hit := found.search(text))}


def pins(lock: str) -> set[str]:
    """The names and versions in a lock file."""
    found = re.findall(r"^([\w.-]+)(?:\[[\w, -]+\])?==([^\s;]+)", read(lock), re.MULTILINE)
    return {f"{name}=={version}" for name, version in found}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_a_hash(lock: str) -> None:
    entries = re.split(r"\n(?=\w)", read(lock))
    assert all(re.match(r"[\w.-]+(\[[\w, -]+\])?==", entry) for entry in entries)
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in read(lock)


def test_each_lock_is_part_of_the_next() -> None:
    project = tomllib.loads(read("pyproject.toml"))["project"]
    extras = project["optional-dependencies"]
    of_server = [*extras["postgres"], *extras["queue"], *extras["objects"]]
    run, server, development = map(pins, LOCKS)
    assert run < server < development
    for declared, locked in ((project["dependencies"], run), (of_server, server)):
        names = {re.split(r"[^\w.-]", line)[0].lower() for line in declared}
        assert names <= {pin.split("==")[0] for pin in locked}
