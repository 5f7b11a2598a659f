"""From an empty folder to a signed, verified, exported edition, and what a changed character does to it."""

from tests.cli.conftest import SETTINGS

ENGLISH = """---
title: Foshan firms bring home orders
language: en
targets: [zh-CN]
date: 2023-03-07
photo: Foshan Commerce
---

The delegation spent **eight days** in Japan and South Korea. It saw [two exhibitions](https://example.org/fairs).

> "It is a good start," said a member of the delegation.

- More than ten institutions
- Three investment projects

![The delegation in Tokyo](media/tokyo.png)
"""

CHINESE = [
    "佛山企业带回订单",
    "代表团在日本和韩国度过了**八天**。",
    "代表团参观了[两场展览](https://example.org/fairs)。",
    "“这是一个好的开始，”一位代表团成员说。",
    "十多家机构",
    "三个投资项目",
    "代表团在东京",
]


def test_an_article_is_translated_revised_signed_and_exported_and_a_changed_character_takes_the_names_away(empty):
    shell = empty
    shell.to = "zh-CN"

    # A workspace and its people; the article comes in, and its edition is drafted from what the desk remembers.
    assert shell("init").status == 0
    (shell.root / "reviewtool.toml").write_text(SETTINGS.format(override="false"), encoding="utf-8")
    added = shell("add", "-", "--slug", "story", "--json", stdin=ENGLISH.encode())
    assert added.json["added"][0]["new"]
    assert "tokyo.png" in added.err
    assert shell("draft", "story", "--to", "zh-CN").status == 0

    # Tang writes every segment and signs the translation.
    kinds = [one["kind"] for one in shell.segments]
    assert kinds == ["headline", "paragraph", "paragraph", "quote", "list", "list", "caption"]
    for segment, text in zip(shell.ids, CHINESE, strict=True):
        shell.done("edit", "--segment", segment, "--text", text, person="tang")
    signed = shell.done("sign", "--pass", "translation", "--json", person="tang").json
    assert (signed["person"], signed["stands"], signed["differences"]) == ("tang", True, [])

    # Eleanor approves everything and then corrects two segments: her signature waits for Jessica's approval.
    assert len(shell.done("approve", "--all", "--json", person="eleanor").json["done"]) == 7
    ids = shell.ids
    shell.done("edit", "--segment", ids[0], "--text", "佛山企业满载订单归来", person="eleanor")
    shell.done("edit", "--segment", ids[4], "--text", "十余家机构", person="eleanor")
    refused = shell.act("sign", "--pass", "revision", "--json", person="eleanor")
    assert refused.status == 1
    assert refused.json["refused"] == [
        {"reason": "2 segments lack an approval in revision", "segments": [ids[0], ids[4]]}
    ]
    shell.done("approve", "--segment", ids[0], "--segment", ids[4], person="jessica")

    # Both sign the revision, Jessica after reading all of it.
    shell.done("sign", "--pass", "revision", person="eleanor")
    shell.done("sign", "--pass", "revision", "--read-all", person="jessica")
    assert set(shell.states) == {"final"}
    assert shell("verify").status == 0
    assert shell.byline == ["作者 | 唐", "审校 | Eleanor、Jessica", "摄影 | Foshan Commerce"]

    # The edition goes out in every layout and format.
    for form in ("html", "md"):
        for layout in ("side", "alternate", "sequence", "target"):
            exported = shell.act("export", "--format", form, "--layout", layout)
            assert exported.status == 0, exported.err
            text = (shell.root / "editions" / f"story.zh-CN.{layout}.{form}").read_text(encoding="utf-8")
            assert "佛山企业满载订单归来" in text
            assert "Eleanor、Jessica" in text
            assert exported.out.strip().endswith(f"story.zh-CN.{layout}.{form}")

    # One character of the catalog is changed by hand: nobody's name stands on that text.
    catalog = shell.catalog.read_text(encoding="utf-8")
    shell.catalog.write_text(catalog.replace("三个投资项目", "四个投资项目"), encoding="utf-8")
    verified = shell("verify", "--json")
    assert verified.status == 1
    problems = verified.json["problems"]
    assert {one["person"] for one in problems} == {"tang", "eleanor", "jessica"}
    assert all(ids[5] in one["message"] for one in problems)
    in_text = shell("verify").out
    assert all(name in in_text for name in ("唐", "Eleanor", "Jessica", ids[5]))
    assert shell.byline == ["摄影 | Foshan Commerce"]
