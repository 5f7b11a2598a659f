"""What all tests share: outside tools that may be missing, and strictness about it."""

import os
import shutil

import pytest
from hypothesis import settings

settings.register_profile("ci", deadline=None, print_blob=True)
settings.register_profile("long", deadline=None, print_blob=True, max_examples=2000, stateful_step_count=80)
settings.load_profile("ci")


@pytest.fixture
def tool():
    """Give the path of an outside tool; skip and name it when it is missing, fail under REVIEWTOOL_NO_SKIP=1."""

    def find(name: str) -> str:
        path = shutil.which(name)
        if path is None and os.environ.get("REVIEWTOOL_NO_SKIP") == "1":
            pytest.fail(f"{name} is not installed, and REVIEWTOOL_NO_SKIP=1 forbids skipping")
        if path is None:
            pytest.skip(f"{name} is not installed")
        return path

    return find
