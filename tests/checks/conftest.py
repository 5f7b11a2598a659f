"""What the tests of checks share: one segment examined by one check, found as installed."""

import pytest

from reviewtool.model.glossary import Glossary
from reviewtool.model.language import Language, LanguagePair
from reviewtool.plugins import registry
from reviewtool.plugins.protocols import CheckContext, CheckedSegment


@pytest.fixture
def examine(request):
    """Give a function that examines two texts with the check the test's module names (``CHECK``)."""
    name = request.module.CHECK

    def run(
        source: str, target: str, pair: str = "zh-CN>en", *, kind: str = "paragraph", omitted: bool = False, terms=()
    ):
        languages = LanguagePair(*(Language.parse(tag) for tag in pair.split(">")))
        context = CheckContext(languages, Glossary(languages.target, tuple(terms)))
        segment = CheckedSegment("0123456789ab", kind, source, target, omitted)
        return list(registry.checks().create(name).examine(segment, context))

    return run
