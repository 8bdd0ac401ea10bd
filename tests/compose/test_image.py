"""The Dockerfile beside the program: what is copied is there, what is run is ours."""

import re
import tomllib
from fnmatch import fnmatch
from pathlib import Path

from tests.compose.reading import HOUSE
from tests.test_house import tracked

PROJECT = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = "requirements-server.lock"


def steps() -> list[tuple[str, str]]:
    """The Dockerfile's instructions in order, each with its words on one line."""
    text = (HOUSE / "Dockerfile").read_text(encoding="utf-8")
    lines = re.sub(r"\\\n\s*", " ", re.sub(r"^#.*\n", "", text, flags=re.M)).splitlines()
    found = [line.partition(" ") for line in lines if line.strip()]
    return [(name, rest.strip()) for name, _, rest in found]


def of(name: str) -> list[str]:
    return [rest for instruction, rest in steps() if instruction == name]


def context() -> set[str]:
    """The tracked files that .dockerignore leaves to the build."""
    rules = [
        line.strip()
        for line in (HOUSE / ".dockerignore").read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    ]

    def fits(path: str, pattern: str) -> bool:
        if pattern.startswith("**/"):
            return fnmatch(Path(path).name, pattern.removeprefix("**/"))
        return path.count("/") == pattern.count("/") and fnmatch(path, pattern)

    def is_left(name: str) -> bool:
        left = True
        for rule in rules:
            if any(fits(str(path), rule.removeprefix("!")) for path in (name, *Path(name).parents)):
                left = rule.startswith("!")
        return left

    return {name for name in tracked() if is_left(name)}


def test_the_build_gets_every_package_and_nothing_else() -> None:
    packages = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    files = {"pyproject.toml", "README.md", "LICENSE", LOCK}
    assert {name.split("/")[0] for name in context()} == {*packages, *files}
    ours = {name for name in tracked() if name.split("/")[0] in packages}
    assert ours <= context()


def test_what_is_copied_is_there() -> None:
    for copied in of("COPY"):
        if copied.startswith("--from="):
            stage = copied.split()[0].removeprefix("--from=")
            assert any(image.endswith(f" AS {stage}") for image in of("FROM"))
            continue
        for source in copied.split()[:-1]:
            assert source == "." or source in context(), source


def test_packages_come_from_the_lock_by_hash_as_wheels_and_are_not_kept_twice() -> None:
    (first, second) = [run for run in of("RUN") if " install --" in run and "pip" in run]
    assert {"--require-hashes", "--only-binary", LOCK} <= set(first.split())
    assert {"--no-deps", "--no-build-isolation", "."} <= set(second.split())
    assert any("PIP_NO_CACHE_DIR=1" in line for line in of("ENV"))
    assert steps()[-1][0] == "CMD"
    last = [index for index, (name, _) in enumerate(steps()) if name == "FROM"][-1]
    assert not [rest for name, rest in steps()[last:] if name == "RUN" and "pip" in rest]


def test_both_stages_are_one_pinned_python_that_the_project_takes() -> None:
    images = {image.split()[0] for image in of("FROM")}
    (image,) = images
    version = re.fullmatch(r"python:(\d\.\d+)-slim-[a-z]+", image)
    assert version is not None
    assert PROJECT["project"]["requires-python"] == f">={version[1]}"


def test_the_container_is_nobodys_but_its_users() -> None:
    (user,) = of("USER")
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", user)
    (volume,) = of("VOLUME")
    environment = of("ENV")[-1]
    assert f"BAOKU_HOME={volume}" in environment.split()
    assert f"--uid {user.split(':')[0]} " in of("RUN")[-1]
    assert f"--mode 0700 {volume}" in of("RUN")[-1]
    names = [name for name, _ in steps()]
    assert names.index("USER") > max(i for i, name in enumerate(names) if name in {"RUN", "COPY"})
    assert of("STOPSIGNAL") == ["SIGTERM"]


def test_what_it_runs_is_the_console_script() -> None:
    (entry,) = of("ENTRYPOINT")
    assert re.findall(r'"(\w+)"', entry) == list(PROJECT["project"]["scripts"])
    venv = re.search(r"venv --without-pip (\S+)", " ".join(of("RUN")))
    assert venv is not None
    assert f"PATH={venv[1]}/bin:$PATH" in of("ENV")[-1]
