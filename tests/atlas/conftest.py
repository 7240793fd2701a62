"""Fixtures of this folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from khabar.atlas.atlas import Atlas
from tests.atlas.small import small_atlas


@pytest.fixture(scope="session")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Atlas]:
    """The small atlas."""
    opened = small_atlas(tmp_path_factory.mktemp("atlas"))
    yield opened
    opened.close()
