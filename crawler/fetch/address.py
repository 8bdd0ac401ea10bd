"""The address guard: which URLs may be asked for, and which network addresses may be dialled."""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final, TypeAlias

import httpx

from crawler.fetch.border import border
from press.errors import ForbiddenAddress, SettingError

Network: TypeAlias = IPv4Network | IPv6Network

_PORTS: Final = {"http": 80, "https": 443}
_MAX_URL_CHARS: Final = 4096
_NAT64: Final = IPv6Network("64:ff9b::/96")
_IPV4_COMPATIBLE: Final = IPv6Network("::/96")


class Scope:
    """The hosts that may be asked: names, or name:port; a bare name means the scheme's own port.

    Raises SettingError for an entry that is neither.
    """

    def __init__(self, hosts: frozenset[str]) -> None:
        self._allowed = {_host_and_port(entry) for entry in hosts}

    @property
    def is_loopback(self) -> bool:
        """True when every host is this machine itself, by its name or literal."""
        return all(is_loopback(host) for host, _ in self._allowed)

    def vetted(self, text: str) -> httpx.URL:
        """The URL as it will be asked for: normalised, without fragment, inside the scope.

        Raises ForbiddenAddress for another host or port, a scheme but http and https, user
        info, control characters, backslashes, and whatever is no URL.
        """
        if not text.isprintable() or "\\" in text or len(text) > _MAX_URL_CHARS:
            raise ForbiddenAddress(
                "The address is too long, or has a control character or a backslash in it; "
                "check where it came from",
                url=ascii(text[:200])[1:-1],
            )
        url = _normal(text)
        if url.scheme not in _PORTS or url.userinfo:
            raise ForbiddenAddress(
                "Only plain http and https addresses without a user name are fetched", url=text
            )
        if not self._contains(url):
            raise ForbiddenAddress(
                f"{origin(url)} is none of this paper's hosts; correct the address, or add the "
                "host to the paper",
                url=text,
            )
        return url

    def _contains(self, url: httpx.URL) -> bool:
        host = url.raw_host.decode("ascii")
        return not self._allowed.isdisjoint({(host, url.port), (host, _port(url))})


def normal_url(text: str) -> str:
    """The address as it is asked for and kept: normalised, without fragment.

    Raises ForbiddenAddress for what is no URL.
    """
    return str(_normal(text))


def vetted_addresses(
    host: str, addresses: Sequence[str], private_networks: Sequence[Network]
) -> tuple[str, ...]:
    """The addresses that `host` resolved to, every one of them fit to be dialled.

    Fit is a public address, one in `private_networks`, or, where the host is itself a loopback
    literal or "localhost", a loopback address. Raises ForbiddenAddress if a single one is not.
    """
    for text in addresses:
        if not _is_fit(ip_address(text), host, private_networks):
            raise ForbiddenAddress(
                f"{host} resolves to {text}, which is not on the public network: "
                "check the name service, or a proxy that answers for it"
            )
    return tuple(addresses)


def is_loopback(host: str) -> bool:
    """True for "localhost" and for a loopback address written as a literal."""
    literal = literal_address(host)
    return host.lower() == "localhost" if literal is None else literal.is_loopback


def literal_address(host: str) -> IPv4Address | IPv6Address | None:
    """The address that the host is written as; None for a name."""
    try:
        return ip_address(host)
    except ValueError:
        return None


def origin(url: httpx.URL) -> str:
    """scheme://host:port in lower case, the port always given: the key of gate and robots.txt."""
    host = url.raw_host.decode("ascii").lower()
    return f"{url.scheme}://{f'[{host}]' if ':' in host else host}:{_port(url)}"


def _normal(text: str) -> httpx.URL:
    with border(text):
        return httpx.URL(text).copy_with(fragment=None)


def _is_fit(
    address: IPv4Address | IPv6Address, host: str, private_networks: Sequence[Network]
) -> bool:
    if is_loopback(host):
        return address.is_loopback
    real = (address, *_embedded(address))
    if any(one.is_loopback or one.is_unspecified or one.is_multicast for one in real):
        return False
    if any(address in network for network in private_networks):
        return True
    return all(one.is_global for one in real)


def _embedded(address: IPv4Address | IPv6Address) -> tuple[IPv4Address, ...]:
    """The IPv4 addresses that an IPv6 address carries to a translator or tunnel."""
    if isinstance(address, IPv4Address):
        return ()
    if address.teredo is not None:
        return address.teredo
    carried = address.ipv4_mapped or address.sixtofour
    if carried is None and (address in _NAT64 or address in _IPV4_COMPATIBLE):
        carried = IPv4Address(address.packed[-4:])
    return () if carried is None else (carried,)


def _host_and_port(entry: str) -> tuple[str, int | None]:
    """A host as allowed: its name in ASCII, and its port, None for the scheme's own."""
    message = f'"{entry}" is not a host; write NAME or NAME:PORT'
    try:
        plain, secure = httpx.URL(f"http://{entry}"), httpx.URL(f"https://{entry}")
    except (httpx.InvalidURL, ValueError) as error:
        raise SettingError(message) from error
    if plain.raw_path != b"/" or plain.userinfo or not plain.raw_host or b"%" in plain.raw_host:
        raise SettingError(message)
    return plain.raw_host.decode("ascii"), plain.port or secure.port


def _port(url: httpx.URL) -> int:
    return url.port or _PORTS[url.scheme]
