"""Addresses on the Web as they may be stored and shown: without the user and the password that somebody left in them.

In: an address, or words with addresses in them. Out: the same without "user:password@". It cannot know that a part of a
path or query is a secret.
"""

from __future__ import annotations

import re

_USER = re.compile(r"(?P<scheme>\b(?:https?|ftp)://)[^/?#\s]*@", re.IGNORECASE)


def without_password(words: str) -> str:
    """The words with every address in them plain."""
    return _USER.sub(r"\g<scheme>", words) if "@" in words else words
