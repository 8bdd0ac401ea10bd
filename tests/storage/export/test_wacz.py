"""WACZ: the answers byte for byte, found through the index, under the newspaper's labels."""

import gzip
import hashlib
import io
import json
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from warcio.archiveiterator import ArchiveIterator

from press.capture import Exchange, Import
from press.errors import CaptureMissing
from press.recorded import origin_url
from storage.catalogue import Catalogue, Selection
from storage.export.jsonl import write_jsonl
from storage.export.wacz import RECORDS_PATH, Source, write_wacz
from storage.raw import Shelf
from tests.storage.export.records import a_record
from tests.storage.samples import PARSER, READ_AT, START, a_page, an_article

MADE_AT = datetime(2031, 3, 1, tzinfo=UTC)


class StandingClock:
    def now(self):
        return START


class House:
    """A shelf and a catalogue, filled answer by answer."""

    def __init__(self, folder, empty_file):
        path = folder / "c.sqlite3"
        path.write_bytes(empty_file.read_bytes())
        self.catalogue = Catalogue.open(f"sqlite:///{path}")
        self.shelf = Shelf(folder / "raw", clock=StandingClock(), software="baoku/test")
        self.folder = folder
        self.hours = 0

    def answer(self, url, body, known=None):
        self.hours += 1
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n"
        item = Exchange(
            url=url, request_bytes=b"GET / HTTP/1.1\r\nUser-Agent: me@home.example\r\n\r\n",
            response_bytes=head.encode() + body, status=200,
            headers=(("Content-Type", "text/html"),), body=body,
            sent_at=START + timedelta(hours=self.hours), ip_address=None,
        )  # fmt: skip
        return self.shelf.append(item, known=known)

    def save(self, article, capture):
        with self.catalogue.writing() as writer:
            writer.save_article(article, capture, PARSER, READ_AT)

    def export(self, name="out.wacz", **selection):
        target = self.folder / name
        with self.catalogue.reading() as reader:
            source = Source(reader=reader, shelf=self.shelf, software="baoku/test", made_at=MADE_AT)
            count = write_wacz(reader.articles(Selection(**selection)), target, source)
        return count, zipfile.ZipFile(target)


@pytest.fixture
def house(tmp_path, empty_file):
    made = House(tmp_path, empty_file)
    page = a_page("一", "二")
    index = made.answer("http://paper.example/node_7.html", b"<html>index</html>")
    with made.catalogue.writing() as writer:
        writer.save_page(page, "重庆日报", index, READ_AT)
    for n, title in enumerate("一二", start=1):
        kept = made.answer(f"http://paper.example/{n}.html", f"<p>{title}</p>".encode())
        made.save(an_article(str(353116 + n), order=n, headline=title), kept)
    yield made
    made.shelf.close()
    made.catalogue.close()


def cdx_of(package):
    blocks = package.read("indexes/index.cdx.gz")
    lines = gzip.decompress(blocks).decode().splitlines()
    return [(*line.split(" ", 2)[:2], json.loads(line.split(" ", 2)[2])) for line in lines]


def pages_of(package):
    return [json.loads(line) for line in package.read("pages/pages.jsonl").splitlines()]


def records_of(package):
    stream = io.BytesIO(package.read("archive/data.warc.gz"))
    return [
        (record.rec_type, record.rec_headers["WARC-Target-URI"], record.content_stream().read())
        for record in ArchiveIterator(stream, check_digests="raise")
    ]


def test_it_holds_the_answers_of_the_articles_and_of_their_pages(house):
    count, package = house.export()
    assert count == 2
    found = records_of(package)
    assert [kind for kind, _, _ in found] == ["warcinfo", "response", "response", "response"]
    assert [body for _, _, body in found[1:]] == [
        b"<html>index</html>", "<p>一</p>".encode(), "<p>二</p>".encode()
    ]  # fmt: skip
    assert b"me@home.example" not in gzip.decompress(package.read("archive/data.warc.gz"))


def test_the_members_are_those_of_the_shelf(house):
    _, package = house.export()
    (file,) = (house.folder / "raw").glob("*.open")
    shelf, warc = file.read_bytes(), package.read("archive/data.warc.gz")
    with house.catalogue.reading() as reader:
        places = [record.place for record in reader.articles(Selection())]
    for place in places:
        assert shelf[place.offset : place.offset + place.length] in warc


def test_the_index_finds_each_page_of_the_list(house):
    _, package = house.export()
    warc, index = package.read("archive/data.warc.gz"), cdx_of(package)
    assert index == sorted(index, key=lambda line: line[:2])
    by_address = {(fields["url"], stamp): fields for _, stamp, fields in index}
    head, *pages = pages_of(package)
    assert head == {"format": "json-pages-1.0", "id": "pages", "title": "Pages", "hasText": True}
    assert [page["title"] for page in pages] == [
        "重庆日报 2031-02-03 第007版 思想周刊·策论",
        "一",
        "二",
    ]
    for page in pages:
        stamp = f"{datetime.fromisoformat(page['ts']):%Y%m%d%H%M%S}"
        fields = by_address[page["url"], stamp]
        start = int(fields["offset"])
        (record,) = ArchiveIterator(io.BytesIO(warc[start : start + int(fields["length"])]))
        assert record.rec_headers["WARC-Target-URI"] == page["url"]
        assert record.rec_headers["WARC-Payload-Digest"] == fields["digest"]


def test_the_package_describes_each_of_its_parts(house):
    _, package = house.export()
    told = json.loads(package.read("datapackage.json"))
    assert (told["profile"], told["wacz_version"]) == ("data-package", "1.1.1")
    assert told["mainPageUrl"] == "http://paper.example/node_7.html"
    names = {entry.filename for entry in package.infolist()}
    assert {one["path"] for one in told["resources"]} == names - {
        "datapackage.json", "datapackage-digest.json"
    }  # fmt: skip
    for one in told["resources"]:
        data = package.read(one["path"])
        assert one["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        assert one["bytes"] == len(data)
    digest = json.loads(package.read("datapackage-digest.json"))
    text = package.read("datapackage.json")
    assert digest["hash"] == f"sha256:{hashlib.sha256(text).hexdigest()}"
    stored = {one.filename for one in package.infolist() if one.compress_type == zipfile.ZIP_STORED}
    assert stored == names - {RECORDS_PATH}


def test_a_reader_that_trusts_the_directory_finds_where_each_entry_begins(house):
    """Without a field there replayweb.page takes an entry's data to follow its name."""
    _, package = house.export()
    data = (house.folder / "out.wacz").read_bytes()
    for entry in package.infolist():
        start = entry.header_offset
        own_extra = int.from_bytes(data[start + 28 : start + 30], "little")
        assert bool(entry.extra) == bool(own_extra), entry.filename


def test_the_records_lie_in_it_as_lines_of_the_format_jsonl(house):
    _, package = house.export()
    out = io.StringIO()
    with house.catalogue.reading() as reader:
        write_jsonl(reader.articles(Selection()), out)
    assert package.read(RECORDS_PATH).decode() == out.getvalue()


def test_the_same_archive_gives_the_same_bytes(house):
    house.export("one.wacz")
    house.export("two.wacz")
    one, two = ((house.folder / f"{name}.wacz").read_bytes() for name in ("one", "two"))
    assert one == two


def test_a_reference_comes_with_the_body_that_it_refers_to(house):
    first = house.answer("http://paper.example/3.html", b"<p>again</p>")
    with house.catalogue.writing() as writer:
        writer.add_captures([first])
    again = house.answer("http://paper.example/4.html", b"<p>again</p>", first)
    assert again.kind == "revisit"
    house.save(an_article("9", order=9, headline="九"), again)
    _, package = house.export(ids=("cqrb-20310203-007-9",))
    assert [kind for kind, _, _ in records_of(package)] == [
        "warcinfo", "response", "revisit", "response"
    ]  # fmt: skip
    assert {fields["mime"] for _, _, fields in cdx_of(package)} == {"text/html", "warc/revisit"}


def test_what_came_without_an_address_of_the_web_is_left_out_and_counted(house):
    item = Import(url="import:a.txt", content_type="text/plain", body=b"a", imported_at=START)
    house.save(an_article("9", order=9, headline="九"), house.shelf.append(item))
    count, package = house.export()
    assert count == 2
    assert "九" not in [page.get("title") for page in pages_of(package)]


def take_in(house, record):
    """Imports a record of another archive."""
    item = Import(
        url=origin_url(record), content_type="application/json", body=b"{}", imported_at=START
    )
    capture = house.shelf.append(item)
    with house.catalogue.writing() as writer:
        writer.save_record(record, capture, READ_AT)


def test_a_record_of_another_archive_is_not_taken_for_the_answer_in_the_same_place(house):
    with house.catalogue.reading() as reader:
        own = next(reader.articles(Selection()))
    place = replace(own.place, sha256="0" * 64)
    record = a_record(an_article("9", order=9), place=place, id="cqrb-20310203-007-9")
    take_in(house, record)
    count, package = house.export(ids=(record.id,))
    assert count == 0
    assert [kind for kind, _, _ in records_of(package)] == ["warcinfo", "response"]


def test_the_answer_of_a_record_of_another_archive_is_known_by_its_body(house):
    with house.catalogue.reading() as reader:
        own = next(reader.articles(Selection()))
    place = replace(own.place, file="far-away.warc.gz", offset=7)
    record = a_record(an_article("9", order=9), place=place, id="cqrb-20310203-007-9")
    take_in(house, record)
    count, package = house.export(ids=(record.id,))
    assert count == 1
    assert pages_of(package)[-1]["url"] == "http://paper.example/1.html"
    assert records_of(package)[-1][2] == "<p>一</p>".encode()


def test_an_answer_that_the_shelf_lost_is_an_error_and_no_file(house):
    (file,) = (house.folder / "raw").glob("*.open")
    file.unlink()
    with pytest.raises(CaptureMissing):
        house.export()
    assert not (house.folder / "out.wacz").exists()
