from ipaddress import ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.fetch.address import Scope, is_loopback, origin, vetted_addresses
from press.errors import ForbiddenAddress, SettingError

SCOPE = Scope(frozenset({"epaper.example", "pics.example:8080", "127.0.0.1:9000"}))


@pytest.mark.parametrize(
    ("url", "normal"),
    [
        ("http://epaper.example/a?b=1#c", "http://epaper.example/a?b=1"),
        ("https://epaper.example", "https://epaper.example"),
        ("HTTP://EPaper.Example:80/a", "http://epaper.example/a"),
        ("http://epaper.example/重庆", "http://epaper.example/%E9%87%8D%E5%BA%86"),
        ("https://pics.example:8080/", "https://pics.example:8080/"),
        ("http://127.0.0.1:9000/x", "http://127.0.0.1:9000/x"),
    ],
)
def test_addresses_of_the_paper_pass_and_are_normalised(url: str, normal: str) -> None:
    assert str(SCOPE.vetted(url)) == normal


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://epaper.example/",
        "data:text/html,x",
        "javascript:alert(1)",
        "gopher://epaper.example/",
        "//epaper.example/x",
        "epaper.example/x",
        "",
        "http://",
        "http:///x",
        "http://other.example/",
        "http://epaper.example.other.example/",
        "http://sub.epaper.example/",
        "http://epaper.example./",
        "http://epaper.example:8080/",
        "http://pics.example/",
        "http://127.0.0.1/",
        "http://127.0.0.1:9001/",
        "http://127.1:9000/",
        "http://2130706433:9000/",
        "http://0x7f000001:9000/",
        "http://0177.0.0.1:9000/",
        "http://１２７.０.０.１:9000/",
        "http://[::1]:9000/",
        "http://[::ffff:127.0.0.1]:9000/",
        "http://169.254.169.254/latest/meta-data/",
        "http://localhost:9000/",
        "http://user@epaper.example/",
        "http://user:secret@epaper.example/",
        "http://epaper.example@other.example/",
        "http://other.example\\@epaper.example/",
        "http://epaper.example\\.other.example/",
        "http://epaper.example/a\\b",
        "http://epaper.example/a\r\nX-Header: 1",
        "http://epaper.example/a\tb",
        "http://epaper.example/\x00",
        "http://epaper.example/\u202e",
        "http://epaper.example/\ud800",
        "http://epaper.example:99999/",
        "http://epaper.example:x/",
        "http://epaper.example/" + "a" * 5000,
    ],
)
def test_every_other_address_is_forbidden(url: str) -> None:
    with pytest.raises(ForbiddenAddress) as caught:
        SCOPE.vetted(url)
    assert caught.value.url is not None


@given(st.text(max_size=80))
def test_any_text_is_forbidden_or_inside_the_scope(text: str) -> None:
    for url in (text, f"http://{text}", f"http://epaper.example{text}"):
        try:
            vetted = SCOPE.vetted(url)
        except ForbiddenAddress:
            continue
        assert vetted.host in {"epaper.example", "pics.example", "127.0.0.1"}


@pytest.mark.parametrize(
    "host", ["", "a b", "http://x", "x/y", "u@x", "x:y", "x:99999999999999999999x"]
)
def test_a_host_that_is_none_is_a_setting_error(host: str) -> None:
    with pytest.raises(SettingError):
        Scope(frozenset({host}))


PUBLIC = ["93.184.215.14", "1.1.1.1", "2606:4700::1111", "64:ff9b::101:101", "::ffff:1.1.1.1"]
FORBIDDEN = [
    "127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "0.0.0.0",  # noqa: S104
    "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
    "::1", "::", "fe80::1", "fe80::1%eth0", "fd00::1", "ff02::1", "2001:db8::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::7f00:1", "64:ff9b::7f00:1", "64:ff9b::a00:1",
    "2002:7f00:1::", "2002:a00:1::", "2001:0:a00:1::",
]  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_may_be_dialled(address: str) -> None:
    assert vetted_addresses("epaper.example", [address], ()) == (address,)


@pytest.mark.parametrize("address", FORBIDDEN)
def test_other_addresses_may_not(address: str) -> None:
    with pytest.raises(ForbiddenAddress, match=r"epaper\.example resolves to"):
        vetted_addresses("epaper.example", [address], ())


@pytest.mark.parametrize("address", FORBIDDEN)
def test_one_bad_answer_spoils_all(address: str) -> None:
    with pytest.raises(ForbiddenAddress):
        vetted_addresses("epaper.example", ["1.1.1.1", address, "1.1.1.2"], ())


def test_a_private_network_may_be_allowed_but_never_loopback() -> None:
    networks = (ip_network("0.0.0.0/0"),)
    assert vetted_addresses("epaper.example", ["198.18.0.7"], networks) == ("198.18.0.7",)
    with pytest.raises(ForbiddenAddress):
        vetted_addresses("epaper.example", ["127.0.0.1"], networks)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1"])
def test_only_this_machine_by_its_own_name_may_be_loopback(host: str) -> None:
    assert is_loopback(host)
    assert vetted_addresses(host, ["127.0.0.1", "::1"], ()) == ("127.0.0.1", "::1")
    with pytest.raises(ForbiddenAddress):
        vetted_addresses(host, ["127.0.0.1", "1.1.1.1"], ())


@given(st.ip_addresses(v=4))
def test_an_address_inside_another_is_judged_like_itself(address: object) -> None:
    def fits(text: str) -> bool:
        try:
            vetted_addresses("epaper.example", [text], ())
        except ForbiddenAddress:
            return False
        return True

    number = int(ip_address(str(address)))
    assert fits(f"::ffff:{address}") == fits(str(address))
    assert fits(str(ip_address((0x64FF9B << 96) + number))) == fits(str(address))


def test_the_origin_always_has_a_port() -> None:
    assert origin(SCOPE.vetted("HTTP://Epaper.Example/a")) == "http://epaper.example:80"
    assert origin(SCOPE.vetted("https://epaper.example/a")) == "https://epaper.example:443"
    assert origin(Scope(frozenset({"[::1]:81"})).vetted("http://[::1]:81/")) == "http://[::1]:81"
