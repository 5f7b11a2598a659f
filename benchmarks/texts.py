"""Texts to measure with: sentences in mixed scripts, from a seed, each pair another one."""

from __future__ import annotations

import random

_PAIRS = (
    ("{place}代表团{month}月{day}日结束访问，签下{number}亿元意向订单。",
     "The delegation from {place} came home on {month}/{day} with intended orders worth {number}00 million yuan."),
    ("主办方说：“{place}展馆来了{number}家企业，比去年多。”",
     "“{number} companies came to the {place} hall, more than last year,” the organisers said."),
    ("代表团在 Seoul 的会上介绍了 {place} 的家具，会议在 {day} 日开始。",
     "At the meeting in Seoul (서울), which began on the {day}th, the delegation showed furniture from {place}."),
    ("展会开放时间为9:30至17:{day}，观众凭证件入场。",
     "The fair is open from 9:30 to 17:{day}; visitors need a pass."),
)  # fmt: skip
_PLACES = (("佛山", "Foshan"), ("顺德", "Shunde"), ("南海", "Nanhai"), ("禅城", "Chancheng"))


def sentences(number: int, seed: int = 2023) -> list[tuple[str, str]]:
    """So many pairs of a Chinese sentence and its English draft."""
    chance = random.Random(seed)
    made = []
    for row in range(number):
        source, target = _PAIRS[row % len(_PAIRS)]
        place, named = chance.choice(_PLACES)
        facts = {"month": chance.randint(1, 12), "day": chance.randint(10, 28), "number": row + 2}
        made.append((source.format(place=place, **facts), target.format(place=named, **facts)))
    return made
