"""Which script a text is written in."""

import pytest

from reviewtool.model.script import script_of


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("佛山经贸代表团访问日本和韩国。", "Hani"),
        ("佛山經貿代表團訪問日本", "Hani"),
        ("The trade delegation from Foshan", "Latn"),
        ("Délégation commerciale", "Latn"),
        ("佛山の経済貿易代表団が日本を訪問した。", "Jpan"),
        ("포산 경제무역 대표단이 일본을 방문했다.", "Kore"),
        ("포산(佛山) 경제무역 대표단(代表團)", "Kore"),
        ("포산 대표단", "Kore"),
        ("Торговая делегация", "Cyrl"),
        ("Εμπορική αποστολή", "Grek"),
        ("", ""),
        ("2023-03-07 18:45 ——", ""),
    ],
)
def test_letters_tell_the_script(text, script):
    assert script_of(text) == script


def test_names_in_another_script_do_not_decide():
    assert script_of("Foshan Commerce与JETRO签署了协议，代表团随后前往东京。") == "Hani"
    assert script_of("The delegation from Foshan (佛山) met the Tanzhou hall's (潭洲展馆) managers.") == "Latn"
    assert script_of("展会名为“の家”，观众逾万，主办方表示将继续举办并扩大规模，吸引更多企业参展。") == "Hani"
    assert script_of("東京国際展示場、佛山市商務局、経済貿易代表団が商談会を開催した。") == "Jpan"


def test_wide_and_narrow_forms_are_their_scripts():
    assert script_of("Ｆｏｓｈａｎ") == "Latn"
    assert script_of("ﾌｫｰｼｬﾝ") == "Jpan"
    assert script_of("포산") == "Kore"
