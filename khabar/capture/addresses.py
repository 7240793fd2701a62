"""Which network addresses a fetch may reach: those of the public Internet, and no others.

In: an address as a resolver gives it. Out: why it is refused, or None. Refused are loopback, private, link-local, shared
(RFC 6598), documentation, multicast, reserved and unspecified addresses (the registries of RFC 6890), every IPv6
address outside 2000::/3, and the forms that carry an IPv4 address inside an IPv6 one: IPv4-mapped, 6to4 and Teredo are
refused whole, NAT64 (64:ff9b::/96, which a network without IPv4 needs) is judged by the address it carries.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

_GLOBAL_UNICAST = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")
_TUNNELS = (IPv6Network("2002::/16"), IPv6Network("2001::/32"))


def why_refused(address: str) -> str | None:
    """The kind of address that must not be reached, in a word or two; None for a public one."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return "malformed"
    if isinstance(parsed, IPv6Address):
        return _why_not_v6(parsed)
    return _why_not_v4(parsed)


def _why_not_v4(address: IPv4Address) -> str | None:
    kinds = (
        ("loopback", address.is_loopback),
        ("link-local", address.is_link_local),
        ("multicast", address.is_multicast),
        ("unspecified", address.is_unspecified),
        ("private", address.is_private),
        ("reserved", address.is_reserved or not address.is_global),
    )
    return next((kind for kind, holds in kinds if holds), None)


def _why_not_v6(address: IPv6Address) -> str | None:
    if address in _NAT64:
        return _why_not_v4(IPv4Address(int(address) & 0xFFFF_FFFF))
    if address.ipv4_mapped is not None:
        return "IPv4-mapped"
    if any(address in tunnel for tunnel in _TUNNELS):
        return "tunnelled"
    if address.is_loopback:
        return "loopback"
    public = address in _GLOBAL_UNICAST and address.is_global
    return None if public else "private or reserved"
