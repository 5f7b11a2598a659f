"""Where a workspace is, and what its settings may and may not say."""

from __future__ import annotations

import pytest

from reviewtool.errors import InputError
from reviewtool.model.language import Language
from reviewtool.model.policy import Role
from reviewtool.services.founding import found
from reviewtool.storage import project
from reviewtool.storage.project import Project, pass_labels


@pytest.fixture
def settings(tmp_path):
    def read(text: str = ""):
        (tmp_path / "reviewtool.toml").write_text(text, encoding="utf-8")
        return project.load(Project(tmp_path))

    return read


def test_a_workspace_is_found_from_any_folder_in_it(tmp_path):
    found(tmp_path)
    assert Project.find(tmp_path / "articles").root == tmp_path


def test_no_workspace_says_how_to_begin(tmp_path):
    with pytest.raises(InputError, match="reviewtool init"):
        Project.find(tmp_path)


def test_an_empty_file_is_a_desk_with_a_translation_and_a_revision(settings):
    policy = settings().policy
    assert [(one.name, one.role, one.signers, one.approvals) for one in policy.passes] == [
        ("translation", Role.TRANSLATOR, 1, 1),
        ("revision", Role.REVISER, 1, 1),
    ]


def test_the_template_of_init_says_nothing_but_defaults(tmp_path, settings):
    found(tmp_path)
    template = (tmp_path / "reviewtool.toml").read_text(encoding="utf-8")
    assert project.load(Project(tmp_path)) == settings("")
    uncommented = "\n".join(
        line.removeprefix("#") if line.startswith("#") and not line.startswith("# ") else line
        for line in template.splitlines()
    )
    everything = settings(uncommented)
    assert everything.policy.passes == settings("").policy.passes
    assert everything.targets == settings("").targets


def test_names_may_differ_by_language(settings):
    person = settings('[[people]]\nid = "tang"\nname = { en = "Tang", zh = "唐" }').policy.people[0]
    assert person.display(Language("zh-Hant-TW")) == "唐"
    assert person.display(Language("en-GB")) == "Tang"
    assert person.display(Language("ko")) == "Tang"


def test_approvals_may_be_wanted_for_changes_only(settings):
    text = """
        [[passes]]
        name = "translation"
        role = "translator"
        [[passes]]
        name = "desk"
        role = "editor"
        approvals = "changed"
        kinds = ["headline"]
    """
    assert settings(text).policy.passes[1].only_changed


TRANSLATION = '[[passes]]\nname = "translation"\nrole = "translator"\n'


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("source_language = ", "no valid TOML"),
        ("colour = 1", "colour"),
        ('source_language = "??"', "no language tag"),
        ("target_languages = []", "names no language"),
        ('target_languages = ["en", "en"]', "twice"),
        ('target_languages = "en"', "target_languages"),
        ('signing = "required"', "SSH keys"),
        ('signing = "never"', "signing"),
        ('[[people]]\nid = "Tang"\nname = "Tang"', "people"),
        ('[[people]]\nid = "desk"\nname = "Desk"', "people"),
        ('[[people]]\nid = "a"\nname = ""', "needs one name"),
        ('[[people]]\nid = "a"\nname = "Reviser\\nEleanor"', "one line"),
        ('[[people]]\nid = "a"\nname = "Tang, Eleanor"', "needs one name"),
        ('[[people]]\nid = "a"\nname = "Ta\\u202eng"', "needs one name"),
        ('[byline.labels.en]\ntranslation = "A\\nReviser | Eve"', "control characters"),
        ('[[people]]\nid = "a"\nname = "A"\n[[people]]\nid = "a"\nname = "B"', "twice"),
        ('[[people]]\nid = "a"\nname = "A"\npasses = ["x"]', "does not have"),
        ('[[passes]]\nname = "revision"\nrole = "reviser"', "first pass"),
        (f"{TRANSLATION}{TRANSLATION}", "same name"),
        (f'{TRANSLATION}[[passes]]\nname = "x"\nrole = "reviewer"', "passes"),
        (f'{TRANSLATION}[[passes]]\nname = "x"\nrole = "reviser"\nsigners = 0', "at least one"),
        (f'{TRANSLATION}[[passes]]\nname = "x"\nrole = "reviser"\nkinds = ["poem"]', "poem"),
        (f'{TRANSLATION}kinds = ["headline"]', "takes no kinds"),
        (f'{TRANSLATION}[[passes]]\nname = "photo"\nrole = "editor"', "name of a credit"),
        ('[byline]\norder = ["masthead"]', "masthead"),
        ('[byline.labels.en]\nphoto = "Reviser"', "label of a pass"),
        ('[byline.labels.fr]\nsource = "author"', "label of a pass"),
        ('[articles]\nfront = ["summary"]', "title"),
        ('[articles]\nsegments = "line"', "segments"),
    ],
)
def test_a_mistake_is_named_with_its_place(settings, text, sentence):
    with pytest.raises(InputError, match=r"reviewtool\.toml") as caught:
        settings(text)
    assert sentence in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


def test_the_labels_of_passes_are_reserved(settings):
    assert pass_labels(settings(), Language("en")) == {"author", "reviser"}
    assert "审校" in pass_labels(settings(), Language("zh-CN"))


def test_a_folder_of_catalogs_whose_name_is_no_language_is_passed_over(tmp_path):
    for folder in ("en", "zh-Hant", "e\x1b[31m", "backup of en"):
        catalog = tmp_path / "locales" / folder / "LC_MESSAGES" / "story.po"
        catalog.parent.mkdir(parents=True)
        catalog.touch()
    assert Project(tmp_path).tags("story") == ("en", "zh-Hant")
