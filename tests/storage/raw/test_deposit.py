"""A shelf with a vault: what a catalogue may point at does not hang on one machine's disk."""

import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from obstore.store import MemoryStore

from press.errors import ArchiveDamaged, ArchiveHeld, DigestMismatch, VaultUnusable
from storage.raw import Shelf
from storage.raw.fixity import Inspection
from storage.raw.objects import ObjectVault
from tests.vaults import SINGLE

BODY = "<p>邮筒的漆掉了一块。</p>".encode()


class Machine:
    """A worker: its folder, the shelf that it fills, and the vault that it shares."""

    def __init__(self, folder, vault, clock, writer):
        self.folder = folder
        self.vault = vault
        self.shelf = Shelf(folder, clock=clock, software="baoku-test/0", vault=vault, writer=writer)

    def names(self):
        return sorted(path.name for path in self.folder.glob("baoku-*"))


@pytest.fixture
def vault():
    return ObjectVault(MemoryStore(), "memory://vault")


@pytest.fixture
def machine(tmp_path, clock, vault):
    """Starts machines: of another name on an empty disk, of the same one after a crash."""
    clock.moment = datetime.now(UTC)  # as the vault's clock
    started = []

    def start(name="desk", *, vault=vault, writer=None):
        if started:
            clock.sleep(1)
        one = Machine(tmp_path / name, vault, clock, writer or f"{name}-{len(started):08x}")
        started.append(one)
        return one

    yield start
    for one in started:
        one.shelf.close()


@pytest.fixture
def elsewhere(tmp_path, clock, vault):
    """A reader on another machine, whose folder is not even there."""
    return Shelf(tmp_path / "elsewhere", clock=clock, software="baoku-test/0", vault=vault)


def names_in(vault):
    return sorted(file.name for file in vault.files())


def test_what_was_deposited_is_read_everywhere_and_its_copy_goes_when_it_is_committed(
    machine, elsewhere, vault, make_exchange
):
    desk = machine()
    captures = [desk.shelf.append(make_exchange(BODY + bytes([48 + n]))) for n in range(3)]
    assert names_in(vault) == []
    desk.shelf.deposit()
    (name,) = names_in(vault)
    assert desk.names() == [name]
    assert {capture.place.file for capture in captures} == {name}
    desk.shelf.release()
    assert desk.names() == []
    for shelf in (desk.shelf, elsewhere):
        assert [shelf.read(one.place).body for one in captures] == [
            BODY + b"%d" % n for n in range(3)
        ]
        assert [capture for capture, _ in shelf.captures()] == captures
        record, member = shelf.member(captures[1].place)
        assert len(member) == captures[1].place.length == record.length


def test_each_deposit_is_a_file_of_its_own_named_by_its_writer(
    machine, vault, make_exchange, clock
):
    desk = machine()
    desk.shelf.append(make_exchange(BODY))
    desk.shelf.deposit()
    desk.shelf.append(make_exchange(BODY + b"2"))
    desk.shelf.deposit()
    desk.shelf.deposit()  # nothing new
    stamp = f"{clock.moment:%Y%m%d%H%M%S}"
    assert names_in(vault) == [f"baoku-{stamp}-0000{n}-desk-00000000.warc.gz" for n in (1, 2)]
    (held,) = {held.stored_at.date() for held in vault.files()}
    assert held


def test_a_shelf_without_a_vault_does_nothing_of_it(open_shelf, make_exchange, tmp_path):
    shelf = open_shelf()
    shelf.deposit()
    shelf.release()
    assert not (tmp_path / "raw").exists()
    shelf.append(make_exchange(BODY))
    before = {path: path.read_bytes() for path in (tmp_path / "raw").iterdir()}
    shelf.deposit()
    shelf.release()
    assert {path: path.read_bytes() for path in (tmp_path / "raw").iterdir()} == before


STEPS = ("torn", "appended", "sealed", "deposited", "committed", "released")


def run_until(machine, step, make_exchange):
    """One visit of two answers after a first one that went well, cut after a step.

    Gives what the catalogue knows then, by file, and the captures of the second visit.
    """
    shelf = machine.shelf
    first = shelf.append(make_exchange(BODY))
    shelf.deposit()
    shelf.release()
    known = {first.place.file: first.place.offset + first.place.length}
    visit = [shelf.append(make_exchange(BODY + end)) for end in (b"2", b"3")]
    (open_name,) = machine.names()
    path = machine.folder / open_name
    if step == "torn":
        whole = path.read_bytes()
        path.write_bytes(whole[: visit[1].place.offset + 9])
    if step == "sealed":
        path.rename(path.with_suffix(""))
    if step in STEPS[3:]:
        shelf.deposit()
    if step in STEPS[4:]:
        last = visit[-1].place
        known[last.file] = last.offset + last.length
    if step == "released":
        shelf.release()
    shelf.close()
    return known, [first, *visit]


@pytest.mark.parametrize("step", STEPS)
def test_a_machine_that_died_after_any_step_adopts_what_it_has(
    machine, elsewhere, vault, make_exchange, step
):
    known, captures = run_until(machine(), step, make_exchange)
    again = machine("desk")
    found = again.shelf.recover(known)
    whole = {"torn": captures[1:2], "committed": [], "released": []}.get(step, captures[1:])
    assert list(found.adopted) == whole
    assert found.strays == ()
    for capture in (captures[0], *whole):  # before any catalogue may know it
        assert elsewhere.read(capture.place).body is not None
    again.shelf.release()
    assert again.names() == []
    later = again.shelf.append(make_exchange(b"later"))
    again.shelf.deposit()
    assert elsewhere.read(later.place).body == b"later"


@pytest.mark.parametrize("step", STEPS)
def test_a_lost_disk_loses_only_what_no_catalogue_knows(
    machine, elsewhere, clock, make_exchange, step
):
    desk = machine()
    known, captures = run_until(desk, step, make_exchange)
    shutil.rmtree(desk.folder)
    fresh = machine("fresh")
    assert fresh.shelf.recover(known).adopted == ()
    for capture in captures if step in STEPS[4:] else captures[:1]:
        assert elsewhere.read(capture.place).body is not None
    again = [fresh.shelf.append(make_exchange(BODY + end)) for end in (b"2", b"3")]
    fresh.shelf.deposit()  # fetched again: under another name
    assert not {one.place.file for one in again} & {one.place.file for one in captures}
    assert [elsewhere.read(one.place).body for one in again] == [BODY + b"2", BODY + b"3"]
    clock.sleep(3 * 3600)
    last = again[-1].place
    known[last.file] = last.offset + last.length
    strays = machine("third").shelf.recover(known).strays
    left = [captures[1].place.file] if step == "deposited" else []
    assert list(strays) == left
    found = [capture for name in strays for capture, _ in elsewhere.captures_in(name)]
    assert found == (captures[1:] if left else [])


def test_a_file_that_another_machine_is_about_to_commit_is_no_stray(machine, clock, make_exchange):
    one, two = machine("one"), machine("two")
    one.shelf.append(make_exchange(BODY))
    one.shelf.deposit()
    assert two.shelf.recover({}).strays == ()
    clock.sleep(3700)
    assert len(two.shelf.recover({}).strays) == 1


def test_two_machines_fill_one_vault_and_each_reads_all(machine, elsewhere, vault, make_exchange):
    one, two = machine("one"), machine("two")
    captures = []
    for n, each in enumerate([one, two, two, one]):
        captures.append(each.shelf.append(make_exchange(BODY + bytes([48 + n]))))
        each.shelf.deposit()
        each.shelf.release()
    assert len(names_in(vault)) == len({capture.place.file for capture in captures}) == 4
    for shelf in (one.shelf, two.shelf, elsewhere):
        assert [shelf.read(one.place).body[-1:] for one in captures] == [b"0", b"1", b"2", b"3"]
        assert {capture for capture, _ in shelf.captures()} == set(captures)
    known = {one.place.file: one.place.offset + one.place.length for one in captures}
    assert one.shelf.recover(known).adopted == ()


def test_a_folder_is_still_held_by_one_machine_at_a_time(machine, make_exchange):
    one, two = machine("one"), machine("one")
    one.shelf.append(make_exchange(BODY))
    for ask in (two.shelf.deposit, lambda: two.shelf.recover({})):
        with pytest.raises(ArchiveHeld):
            ask()


def test_while_the_store_is_down_all_stays_here_and_then_all_goes_in(
    machine, gate, bucket, make_exchange
):
    vault = bucket(SINGLE)
    desk = machine(vault=vault)
    gate.faults["PUT"] = [503, "always"]
    captures = []
    for n in range(2):
        captures.append(desk.shelf.append(make_exchange(BODY + bytes([48 + n]))))
        with pytest.raises(VaultUnusable):
            desk.shelf.deposit()
        assert desk.shelf.read(captures[-1].place).body[-1:] == b"%d" % n
    desk.shelf.release()  # of what was not put in nothing goes
    assert len(desk.names()) == 2
    gate.faults.clear()
    desk.shelf.deposit()
    assert names_in(vault) == [capture.place.file for capture in captures]
    desk.shelf.release()
    assert desk.names() == []


def test_a_recovery_while_the_store_is_down_says_so_and_is_done_again(
    machine, gate, bucket, make_exchange
):
    vault = bucket(SINGLE)
    desk = machine(vault=vault)
    capture = desk.shelf.append(make_exchange(BODY))
    desk.shelf.close()
    again = machine("desk", vault=vault)
    for method in ("LIST", "PUT"):
        gate.faults[method] = [503]
        with pytest.raises(VaultUnusable):
            again.shelf.recover({})
    assert again.shelf.recover({}).adopted == (capture,)
    assert names_in(vault) == [capture.place.file]


@pytest.mark.parametrize("whence", ["altered", "cut"])
def test_bytes_that_are_not_what_was_kept_are_named_with_file_and_offset(
    machine, gate, bucket, make_exchange, whence
):
    vault = bucket(SINGLE)
    desk = machine(vault=vault)
    place = desk.shelf.append(make_exchange(os.urandom(500))).place
    desk.shelf.deposit()
    desk.shelf.release()
    gate.faults["GET"] = [whence]
    with pytest.raises((DigestMismatch, VaultUnusable)) as caught:
        desk.shelf.read(place)
    if whence == "altered":
        assert f"{place.file} at {place.offset}: " in str(caught.value)
    assert desk.shelf.read(place).body is not None


def test_a_file_that_the_vault_lost_or_cut_stops_recovery_with_nothing_touched(
    machine, make_exchange, vault
):
    desk = machine()
    place = desk.shelf.append(make_exchange(BODY)).place
    desk.shelf.deposit()
    desk.shelf.release()
    end = place.offset + place.length
    left = desk.shelf.append(make_exchange(BODY + b"2"))
    before = names_in(vault)
    with pytest.raises(ArchiveDamaged, match=f"{place.file} has .* bytes"):
        desk.shelf.recover({place.file: end + 9999})
    with pytest.raises(ArchiveDamaged, match="is missing where the catalogue knows 7"):
        desk.shelf.recover({place.file: end, "baoku-20200101000000-00001-x.warc.gz": 7})
    assert names_in(vault) == before
    assert desk.names() == [f"{left.place.file}.open"]


def test_a_shelf_that_had_no_vault_moves_into_one(
    open_shelf, tmp_path, machine, elsewhere, vault, make_exchange
):
    plain = open_shelf(tmp_path / "desk", seal_bytes=1)
    old = [plain.append(make_exchange(BODY + bytes([48 + n]))) for n in range(3)]
    plain.close()
    known = {one.place.file: one.place.offset + one.place.length for one in old}
    desk = machine("desk")
    assert desk.shelf.recover(known).adopted == ()
    desk.shelf.release()
    assert names_in(vault) == [one.place.file for one in old]
    assert desk.names() == []
    new = desk.shelf.append(make_exchange(BODY + b"3"))
    desk.shelf.deposit()
    assert [one for one, _ in elsewhere.captures()] == [*old, new]


def test_a_file_without_an_answer_is_not_put_in(machine, vault, make_exchange):
    desk = machine()
    place = desk.shelf.append(make_exchange(BODY)).place
    desk.shelf.close()
    (path,) = desk.folder.glob("*.open")
    path.write_bytes(path.read_bytes()[: place.offset])  # its first record is whole
    again = machine("desk")
    assert again.shelf.recover({}).adopted == ()
    assert names_in(vault) == []
    again.shelf.append(make_exchange(BODY))
    again.shelf.deposit()
    assert names_in(vault) == [path.name.removesuffix(".open")]


def test_an_auditor_sees_what_is_here_and_what_is_in_the_vault(machine, vault, make_exchange):
    desk = machine()
    first = desk.shelf.append(make_exchange(BODY)).place
    desk.shelf.deposit()
    second = desk.shelf.append(make_exchange(BODY + b"2")).place
    inspection = Inspection(desk.folder, vault)

    def seen():
        return [(file.name, file.is_open, file.is_vaulted) for file in inspection.files()]

    assert seen() == [(first.file, False, False), (second.file, True, False)]
    desk.shelf.deposit()
    desk.shelf.release()
    assert seen() == [(first.file, False, True), (second.file, False, True)]
    assert inspection.read(first).body == BODY
    (told,) = inspection.answers(second.file, lambda _: None)
    assert told[0].place == second
    for file in inspection.files():
        listed = inspection.manifest()[file.name]
        assert listed == inspection.digest(file.name) == inspection.noted_digest(file)
    stranger = Inspection(desk.folder / "nowhere", vault)
    assert [file.name for file in stranger.files()] == [first.file, second.file]
    assert stranger.manifest() == {}


def test_a_day_that_ran_without_a_vault_never_loads_obstore():
    code = "import sys, cli.main; sys.exit('obstore' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=False, timeout=60)  # noqa: S603
    assert done.returncode == 0


def test_a_large_visit_goes_in_as_several_files(tmp_path, clock, vault, make_exchange):
    shelf = Shelf(
        tmp_path / "desk", clock=clock, software="t", vault=vault, writer="desk-1", seal_bytes=1
    )
    captures = [shelf.append(make_exchange(BODY + bytes([48 + n]))) for n in range(3)]
    assert names_in(vault) == []
    shelf.deposit()
    assert names_in(vault) == [capture.place.file for capture in captures]
    shelf.close()


def test_strays_wait_an_hour_by_the_vaults_own_clock(machine, clock, make_exchange):
    one = machine("one")
    one.shelf.append(make_exchange(BODY))
    one.shelf.deposit()
    clock.moment = datetime.now(UTC) + timedelta(minutes=59)
    assert machine("two").shelf.recover({}).strays == ()
    clock.moment += timedelta(minutes=2)
    assert len(machine("three").shelf.recover({}).strays) == 1
