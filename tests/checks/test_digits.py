"""Numbers in digits are in both texts; what translation converts or spells out gives no alarm."""

import pytest

from reviewtool.model.finding import Severity

CHECK = "digits"


@pytest.mark.parametrize(
    ("source", "target", "pair"),
    [
        ("代表团走访了15家企业。", "The delegation visited 15 companies.", "zh-CN>en"),
        ("为期8天", "the eight-day trip", "zh-CN>en"),
        ("3个意向投资项目", "three intended investment projects", "zh-CN>en"),
        ("拜访10多家机构", "visited more than ten institutions", "zh-CN>en"),
        ("第21届", "the twenty-first edition", "zh-CN>en"),
        ("共12场", "a dozen events", "zh-CN>en"),
        ("1小时", "an hour", "zh-CN>en"),
        ("2.5小时", "two and a half hours", "zh-CN>en"),
        ("意向订单超12亿元", "intended orders of over 1.2 billion yuan", "zh-CN>en"),
        ("约3000万元", "about 30 million yuan", "zh-CN>en"),
        ("600000000元", "600 million yuan", "zh-CN>en"),
        ("2023年2月26日至3月5日", "from 26 February to 5 March 2023", "zh-CN>en"),
        ("3月1-5日", "March 1 to 5", "zh-CN>en"),
        ("2023-03-07 18:45", "6:45 p.m., March 7, 2023", "zh-CN>en"),
        ("20世纪80年代", "the 1980s", "zh-CN>en"),
        ("the 1980s", "20世纪80年代", "en>zh-CN"),
        ("3成企业", "30 percent of the firms", "zh-CN>en"),
        ("30% of them", "三成企业", "en>zh-CN"),
        ("增长1.5倍", "grew by 150 percent", "zh-CN>en"),
        ("从业20多年", "more than two decades in the trade", "zh-CN>en"),
        ("约1500亿韩元、30余人", "some 150 billion won, 30 people", "zh-CN>en"),
        ("占地100亩", "covers 6.7 hectares", "zh-CN>en"),
        ("100 miles away", "160公里外", "en>zh-CN"),
        ("1,200 exhibitors", "1200家参展商", "en>zh-CN"),
        ("1234567 pieces", "1 234 567 pièces", "en>fr"),
        ("12.5 per cent", "12,5 Prozent", "en>de"),
        ("１２家", "12 firms", "zh-CN>en"),
        ("$1.2 billion", "12億ドル", "en>ja"),
        ("COVID-19 and the G20", "新冠疫情与二十国集团", "en>zh-CN"),
        ("2023", "令和5年", "en>ja"),
        ("20 firms", "스무 개 기업", "en>ko"),
        ("25개 기업", "25社", "ko>ja"),
        ("8 days", "八天", "en>zh-CN"),
        ("2 companies", "两家企业", "en>zh-CN"),
        ("版本3.15.2", "version 3.15.2", "zh-CN>en"),
        ("[页](https://example.com/2024)", "[page](https://example.com/2024)", "zh-CN>en"),
        ("`code 42`说明", "an explanation", "zh-CN>en"),
        ("去年", "in 2022", "zh-CN>en"),
        ("三个城市", "3 cities", "zh-CN>en"),
    ],
)
def test_the_same_numbers_and_converted_ones_are_silent(examine, source, target, pair):
    assert examine(source, target, pair) == []


@pytest.mark.parametrize(
    ("source", "target", "pair", "old", "new"),
    [
        ("为期8天的行程", "a nine-day trip of 9 days", "zh-CN>en", "8", "9"),
        ("走访15家企业", "visited 51 companies", "zh-CN>en", "15", "51"),
        ("共1,200家", "1,300 in all", "zh-CN>en", "1,200", "1,300"),
        ("增长12.5%", "up 15.2 percent", "zh-CN>en", "12.5", "15.2"),
        ("13 institutions", "14家机构", "en>zh-CN", "13", "14"),
        ("第5届与第13届", "the 5th and 31st", "zh-CN>en", "13", "31"),
        ("25개 기업", "52 companies", "ko>en", "25", "52"),
        ("展示会は37回目", "the 73rd exhibition", "ja>en", "37", "73"),
    ],
)
def test_a_changed_number_is_an_error_with_both_places_and_a_fix(examine, source, target, pair, old, new):
    (finding,) = examine(source, target, pair)
    assert finding.severity is Severity.ERROR
    assert finding.message == f"{old} in the source is {new} in the translation."
    assert source[slice(*finding.source_span)] == old
    assert target[slice(*finding.target_span)] == new
    assert finding.fix == target.replace(new, old)


@pytest.mark.parametrize(
    ("source", "target", "pair", "lost"),
    [
        ("走访15家企业", "visited some companies", "zh-CN>en", ["15"]),
        ("15家企业、37个品牌", "firms and brands", "zh-CN>en", ["15", "37"]),
        ("37 brands", "多个品牌", "en>zh-CN", ["37"]),
        ("走访15家企业", "visited companies in 2023", "zh-CN>en", ["15"]),
    ],
)
def test_a_lost_number_is_a_warning(examine, source, target, pair, lost):
    findings = examine(source, target, pair)
    assert [finding.message for finding in findings] == [
        f"{one} of the source is not in the translation." for one in lost
    ]
    assert all(finding.severity is Severity.WARNING for finding in findings)
    assert [source[slice(*finding.source_span)] for finding in findings] == lost


def test_a_number_corrected_in_a_revised_story_is_only_worth_knowing(examine):
    (finding,) = examine("It drew 15 firms.", "It drew 16 firms.", "en>en")
    assert finding.severity is Severity.INFO
