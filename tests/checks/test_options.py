"""A misspelt option is refused, not ignored."""

import pytest

from reviewtool.errors import InputError
from reviewtool.plugins import registry


@pytest.mark.parametrize("name", ["digits", "terms", "untranslated"])
def test_an_unknown_option_is_named(name):
    with pytest.raises(InputError, match=f"The check '{name}' takes no option 'limit'"):
        registry.checks().create(name, {"limit": 3})
