"""Damage to the shelf, and to what the catalogue says of it."""

import hashlib
import shutil
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.audit import Breach

_BODY = "(SELECT min(capture_id) FROM revisions WHERE article_id LIKE 'cqrb-20260108-007-%')"


def told(breaches: list[Breach]) -> list[tuple[int, str]]:
    return sorted({(breach.promise, breach.subject) for breach in breaches})


def place(whole: Any, capture_id: str = _BODY) -> tuple[str, int, int]:
    """File, offset and length of a capture."""
    where = f"FROM captures WHERE id = {capture_id}"
    return tuple(whole.ask(f'SELECT "{name}" {where}') for name in ("file", "offset", "length"))  # type: ignore[return-value]


def only(breaches: list[Breach], subject: str, words: str, promise: int = 3) -> None:
    (breach,) = breaches
    assert (breach.promise, breach.subject, breach.kind) == (promise, subject, "damage")
    assert words in breach.sentence


@pytest.mark.parametrize("column", ["url", "status", "content_type", "kind", "captured_at"])
def test_what_the_catalogue_says_of_a_record_is_compared(whole: Any, column: str) -> None:
    file, offset, _ = place(whole)
    value = {"status": "404", "captured_at": "'2020-01-01 00:00:00.000000'"}.get(column, "'else'")
    whole.sql(f"UPDATE captures SET {column} = {value} WHERE id = {_BODY}")
    breaches = [breach for breach in whole.breaches(quick=False) if breach.promise == 3]
    only(breaches, f"{file} at {offset}", f"another {column}")


def test_another_digest_in_the_catalogue_is_named(whole: Any) -> None:
    file, offset, _ = place(whole)
    whole.sql(f"UPDATE captures SET sha256 = 'ff' WHERE id = {_BODY}")
    breaches, audit = whole.audit()
    only(breaches, f"{file} at {offset}", "another sha256")
    assert audit.unread == 1


def test_swapped_digests_are_both_named(whole: Any) -> None:
    two = "(SELECT max(capture_id) FROM revisions WHERE article_id LIKE 'cqrb-20260108-007-%')"
    subjects = ["{} at {}".format(*place(whole, one)[:2]) for one in (_BODY, two)]
    one, other = whole.ask(f"SELECT {_BODY}"), whole.ask(f"SELECT {two}")
    digests = [whole.ask(f"SELECT sha256 FROM captures WHERE id = {n}") for n in (one, other)]
    whole.sql(
        f"UPDATE captures SET sha256 = '{digests[1]}' WHERE id = {one}",
        f"UPDATE captures SET sha256 = '{digests[0]}' WHERE id = {other}",
    )
    assert told(whole.breaches()) == sorted((3, subject) for subject in subjects)


def test_another_length_is_named(whole: Any) -> None:
    file, offset, _ = place(whole)
    whole.sql(f"UPDATE captures SET length = length - 1 WHERE id = {_BODY}")
    only(whole.breaches(), f"{file} at {offset}", "another length")


def test_another_offset_is_named_with_the_answer_that_it_leaves_unknown(whole: Any) -> None:
    file, offset, _ = place(whole)
    whole.sql(f'UPDATE captures SET "offset" = "offset" + 1 WHERE id = {_BODY}')
    assert told(whole.breaches()) == [(3, f"{file} at {n}") for n in (offset, offset + 1)]


def test_a_lost_capture_leaves_an_answer_unknown_and_a_row_without_it(whole: Any) -> None:
    file, offset, _ = place(whole)
    article = whole.ask(f"SELECT article_id FROM revisions WHERE capture_id = {_BODY}")
    whole.sql(f"DELETE FROM captures WHERE id = {_BODY}")
    breaches = whole.breaches()
    assert told(breaches) == [(3, f"{file} at {offset}"), (3, f"revisions {article} 1")]
    assert any("does not know this answer" in breach.sentence for breach in breaches)


def test_a_flipped_bit_is_named_with_its_record(whole: Any) -> None:
    file, offset, length = place(whole)
    whole.flip(file, 8 * (offset + length // 2))
    only(whole.breaches(), f"{file} at {offset}", "bytes are damaged (1 capture)")


def test_a_flipped_bit_of_a_request_is_named(whole: Any) -> None:
    file, offset, length = place(whole)
    whole.flip(file, 8 * (offset + length + 60))
    only(whole.breaches(), f"{file} at {offset + length}", "bytes are damaged, ")


def test_a_bit_that_no_record_notices_is_seen_by_the_seal(whole: Any) -> None:
    file, offset, _ = place(whole)
    whole.flip(file, 8 * (offset + 9))  # the system that wrote the gzip member
    only(whole.breaches(), file, "not the one in MANIFEST.sha256")


def test_a_cut_file_is_named_with_what_lay_there(whole: Any) -> None:
    file, offset, length = place(whole, "1")
    (path,) = whole.raw.glob(f"{file}*")
    number = whole.ask(f"SELECT count(*) FROM captures WHERE file = '{file}'")
    whole.write(path, path.read_bytes()[: offset + length - 1])
    breaches = whole.breaches()
    assert breaches[0].subject == f"{file} at {offset}"
    assert f"{number - 1} captures lay there" in breaches[1].sentence
    assert len(breaches) == 2


def test_a_file_cut_between_records_is_named(whole: Any) -> None:
    file, offset, _ = place(whole)
    (path,) = whole.raw.glob(f"{file}*")
    whole.write(path, path.read_bytes()[:offset])
    only(whole.breaches(), f"{file} at {offset}", "the file ends")
    only(whole.breaches(quick=True), file, "where the catalogue knows")


@pytest.mark.parametrize("quick", [False, True])
def test_a_lost_file_is_named_once(whole: Any, quick: bool) -> None:
    file, _, _ = place(whole)
    (path,) = whole.raw.glob(f"{file}*")
    number = whole.ask(f"SELECT count(*) FROM captures WHERE file = '{file}'")
    path.unlink()
    only(whole.breaches(quick=quick), file, f"{number} captures lie in it")


def test_zeros_over_the_end_of_a_file_are_named(whole: Any) -> None:
    file, offset, _ = place(whole)
    (path,) = whole.raw.glob(f"{file}*")
    data = path.read_bytes()
    whole.write(path, data[: offset + 40] + bytes(len(data) - offset - 40))
    breaches = whole.breaches()
    only(breaches, f"{file} at {offset}", "bytes are damaged (")


def test_a_renamed_file_is_lost_under_one_name_and_unknown_under_the_other(whole: Any) -> None:
    first, second, *_ = whole.files()
    second.rename(second.with_name(second.name.replace("-00002", "-00001")))
    subjects = {breach.subject.split(" ")[0] for breach in whole.breaches()}
    assert second.name in subjects
    assert second.name.replace("-00002", "-00001") in subjects
    assert first.name not in subjects


def test_a_file_that_no_capture_cites_is_named(whole: Any) -> None:
    first, *_ = whole.files()
    stranger = first.with_name("baoku-20200101000000-00000.warc.gz")
    shutil.copy(first, stranger)
    breaches = whole.breaches(quick=True)
    assert told(breaches) == [(3, stranger.name)]
    assert any("no capture of the catalogue cites it" in breach.sentence for breach in breaches)


def test_a_file_that_is_there_twice_is_named(whole: Any) -> None:
    first, *_ = whole.files()
    shutil.copy(first, first.with_name(first.name + ".open"))
    assert any("sealed and open" in breach.sentence for breach in whole.breaches())


def manifest(whole: Any) -> Any:
    return whole.raw / "MANIFEST.sha256"


def test_another_digest_in_the_manifest_is_named(whole: Any) -> None:
    lines = manifest(whole).read_text().splitlines(keepends=True)
    manifest(whole).write_text("".join(["0" * 64 + lines[0][64:], *lines[1:]]))
    only(whole.breaches(), lines[0][66:].strip(), "not the one in MANIFEST.sha256")


def test_a_line_that_the_manifest_lost_is_named(whole: Any) -> None:
    lines = manifest(whole).read_text().splitlines(keepends=True)
    manifest(whole).write_text("".join(lines[1:]))
    only(whole.breaches(), lines[0][66:].strip(), "not in MANIFEST.sha256")


def test_the_line_that_a_crash_kept_from_being_written_is_no_breach(whole: Any) -> None:
    lines = manifest(whole).read_text().splitlines(keepends=True)
    manifest(whole).write_text("".join(lines[:-1]) + lines[-1][:40])
    assert whole.breaches() == []


def test_a_file_that_only_the_manifest_knows_is_named(whole: Any) -> None:
    ghost = "baoku-20200101000000-00000.warc.gz"
    with manifest(whole).open("a") as stream:
        stream.write(f"{'0' * 64}  {ghost}\n")
    only(whole.breaches(), ghost, "MANIFEST.sha256 lists it")


def test_a_revisit_whose_body_is_gone_is_named(whole: Any) -> None:
    file, offset, _ = place(whole)
    whole.sql(f"UPDATE captures SET kind = 'revisit' WHERE id = {_BODY}")
    breaches = whole.breaches()
    assert told(breaches) == [(3, f"{file} at {offset}")]
    assert any("refers to an earlier answer" in breach.sentence for breach in breaches)


def test_a_torn_tail_of_a_sealed_file_is_a_breach_of_durability(whole: Any) -> None:
    last = whole.files()[-1]
    sealed = last.rename(last.with_name(last.name.removesuffix(".open")))
    end = sealed.stat().st_size
    torn = sealed.read_bytes() + b"\x1f\x8b\x08torn"
    whole.write(sealed, torn)
    with manifest(whole).open("a") as stream:
        stream.write(f"{hashlib.sha256(torn).hexdigest()}  {sealed.name}\n")
    only(whole.breaches(), f"{sealed.name} at {end}", "bytes are damaged", promise=4)


def test_what_came_after_the_catalogues_last_moment_is_no_breach(
    whole: Any, new_desk: Callable[..., Any]
) -> None:
    """A crawl that is writing, or was killed: whole answers, and one that is half written."""
    last = whole.files()[-1]
    first = whole.files()[0].read_bytes()
    before = last.read_bytes()
    copy = (whole.folder / "catalogue.sqlite3").read_bytes()
    desk = new_desk(name="home")
    desk.archive(desk.clock.now().date())
    desk.close()
    (whole.folder / "catalogue.sqlite3").write_bytes(copy)
    assert len(last.read_bytes()) > len(before)
    with last.open("ab") as stream:
        stream.write(first[:100])
    breaches, audit = whole.audit()
    assert breaches == []
    assert audit.unknown > 1


def test_quarantine_and_other_files_are_counted_and_are_no_breach(whole: Any) -> None:
    (whole.raw / "quarantine").mkdir()
    (whole.raw / "quarantine" / "baoku-20260112220000-00001.warc.gz.400").write_bytes(b"torn")
    (whole.raw / ".DS_Store").write_bytes(b"")
    breaches, audit = whole.audit(quick=True)
    assert (breaches, audit.quarantined, audit.others) == ([], 1, 1)


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_every_flipped_bit_of_a_body_is_found(whole: Any, data: st.DataObject) -> None:
    count = whole.ask("SELECT count(*) FROM captures")
    row = f"(SELECT id FROM captures LIMIT 1 OFFSET {data.draw(st.integers(0, count - 1))})"
    file, offset, length = place(whole, row)
    bit = 8 * (offset + 10) + data.draw(st.integers(0, 8 * (length - 20)))
    whole.flip(file, bit)
    try:
        breaches = whole.breaches_of_file(file)
    finally:
        whole.flip(file, bit)
    only(breaches, f"{file} at {offset}", "bytes are damaged")
