"""Plugins are found in installed packages, loaded late, and refused in one sentence when they are broken."""

import subprocess
import sys
import textwrap

import pytest

from reviewtool.errors import InputError, MissingExtraError
from reviewtool.plugins import registry


@pytest.fixture
def install(tmp_path, monkeypatch):
    """Give a function that installs a distribution with one module and entry points of group reviewtool.checks."""
    installed = []

    def make(distribution: str, module: str, code: str, entries: dict[str, str], extras: tuple[str, ...] = ()) -> None:
        site = tmp_path / distribution
        info = site / f"{distribution}-1.0.dist-info"
        info.mkdir(parents=True)
        provides = "".join(f"Provides-Extra: {extra}\n" for extra in extras)
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1.0\n{provides}")
        lines = "".join(f"{name} = {value}\n" for name, value in entries.items())
        (info / "entry_points.txt").write_text(f"[reviewtool.checks]\n{lines}")
        (site / f"{module}.py").write_text(textwrap.dedent(code))
        monkeypatch.syspath_prepend(site)
        installed.append(module)

    yield make
    for module in installed:
        sys.modules.pop(module, None)


GOOD = """
    class Shouting:
        name = "shouting"
        def __init__(self, options):
            self.options = options
        def examine(self, segment, context):
            return ()
"""


def test_a_plugin_of_a_foreign_package_is_found_and_given_its_options(install):
    install("desk-extras", "desk_extras", GOOD, {"shouting": "desk_extras:Shouting"})
    assert "shouting" in registry.checks().names()
    check = registry.checks().create("shouting", {"limit": 3})
    assert check.name == "shouting"
    assert check.options == {"limit": 3}


def test_naming_the_plugins_imports_none_of_them(install):
    install("desk-extras", "desk_extras", "raise SystemExit('imported')", {"shouting": "desk_extras:Shouting"})
    assert "shouting" in registry.checks().names()
    assert "desk_extras" not in sys.modules


def test_an_unknown_name_is_answered_with_the_names_there_are(install):
    install("desk-extras", "desk_extras", GOOD, {"shouting": "desk_extras:Shouting"})
    with pytest.raises(InputError, match=r"no check 'whispering'; installed: .*shouting"):
        registry.checks().create("whispering")


def test_a_missing_extra_says_what_to_install(install):
    code = "import a_package_that_nobody_has_installed"
    install("desk-extras", "desk_extras", code, {"shouting": "desk_extras:Shouting"}, extras=("shouting",))
    with pytest.raises(MissingExtraError, match=r"pip install 'desk-extras\[shouting\]'"):
        registry.checks().create("shouting")


def test_an_import_that_no_extra_can_mend_names_package_plugin_and_reason(install):
    code = "import a_package_that_nobody_has_installed"
    install("desk-extras", "desk_extras", code, {"shouting": "desk_extras:Shouting"})
    with pytest.raises(InputError, match=r"'shouting' of the package desk-extras .*a_package_that_nobody") as refusal:
        registry.checks().create("shouting")
    assert not isinstance(refusal.value, MissingExtraError)


@pytest.mark.parametrize(
    "code",
    ["1 / 0", "def Shouting(options):\n    raise KeyError('limit')", "", "Shouting = 7"],
    ids=["breaks on import", "breaks on creation", "lacks the callable", "is no callable"],
)
def test_a_broken_plugin_is_refused_in_one_line(install, code):
    install("desk-extras", "desk_extras", code, {"shouting": "desk_extras:Shouting"})
    with pytest.raises(InputError, match="'shouting' of the package desk-extras does not start") as refusal:
        registry.checks().create("shouting")
    assert "\n" not in str(refusal.value)


def test_what_does_not_speak_the_protocol_is_refused(install):
    install("desk-extras", "desk_extras", "Shouting = dict", {"shouting": "desk_extras:Shouting"})
    with pytest.raises(InputError, match="desk-extras is no check"):
        registry.checks().create("shouting")


def test_a_name_offered_by_two_packages_is_used_by_neither(install):
    install("desk-extras", "desk_extras", GOOD, {"shouting": "desk_extras:Shouting"})
    install("other-extras", "other_extras", GOOD, {"shouting": "other_extras:Shouting"})
    assert registry.checks().names().count("shouting") == 1
    with pytest.raises(InputError, match="desk-extras and other-extras"):
        registry.checks().create("shouting")


def test_a_plugins_own_refusal_of_its_options_reaches_the_person_unchanged(install):
    code = """
        from reviewtool.errors import InputError
        def Shouting(options):
            raise InputError("limit must be a number.")
    """
    install("desk-extras", "desk_extras", code, {"shouting": "desk_extras:Shouting"})
    with pytest.raises(InputError, match=r"^limit must be a number\.$"):
        registry.checks().create("shouting", {"limit": "many"})


def test_each_kind_of_plugin_has_its_own_group():
    groups = [one().group for one in (registry.engines, registry.checks, registry.readers, registry.writers)]
    assert groups == ["reviewtool.engines", "reviewtool.checks", "reviewtool.readers", "reviewtool.writers"]


def test_importing_the_registry_does_not_pay_for_the_search():
    code = "import sys; import reviewtool.plugins.registry; sys.exit('importlib.metadata' in sys.modules)"
    assert subprocess.run([sys.executable, "-S", "-c", code], env={"PYTHONPATH": _path()}).returncode == 0


def _path() -> str:
    return ":".join(sys.path)
