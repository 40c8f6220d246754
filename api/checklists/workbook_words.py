"""The words that a cell may hold where there is a choice, in both languages.

A cell is written as "关键项 Key item" and read from the Chinese, the English, the code, or one of the
other ways in which people say it; case, blanks and punctuation do not matter.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True)
class Word:
    """One value and how it is called."""

    zh: str
    en: str
    also: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """As it stands in the sheet."""
        return f"{self.zh} {self.en}"


Words = Mapping[str, Word]

KINDS: Words = {
    "pass_fail": Word("合格判定", "Pass or fail", ("合格/不合格", "合格", "判定", "是否", "pf")),
    "graded": Word("分级评分", "Graded", ("分级", "评分", "等级", "优良中差", "gr")),
    "numeric": Word("数值测量", "Number", ("数值", "测量", "数字", "measure", "num")),
    "count": Word("计数扣分", "Count of faults", ("计数", "扣分", "count", "cnt")),
    "single": Word("单选", "One choice", ("单项选择", "single choice", "choice")),
    "multiple": Word("多选", "Several choices", ("多项选择", "multiple choice", "choices")),
    "date": Word("日期", "Date", ("有效期", "效期")),
    "text": Word("文字", "Text", ("文本", "填写")),
    "photo": Word("拍照", "Photo", ("照片", "photos", "cap")),
    "signature": Word("签名", "Signature", ("签字", "sign")),
    "barcode": Word("扫码", "Barcode", ("条码", "条形码", "scan")),
}
FLAGS: Words = {
    "general": Word("一般项", "General", ("一般", "普通", "普通项", "minor")),
    "key": Word("关键项", "Key item", ("关键", "重点", "重点项", "serious")),
    "redline": Word("红线项", "Redline", ("红线", "一票否决", "red line", "critical", "veto")),
}
PHOTO_RULES: Words = {
    "none": Word("不需拍照", "No photo", ("不拍", "不需要", "无", "否", "no")),
    "on_fail": Word("不合格时拍照", "When it fails", ("不合格时", "不合格", "fail", "on fail")),
    "always": Word("必须拍照", "Always", ("必拍", "必须", "是", "yes")),
}
NOTE_RULES: Words = {
    "none": Word("不要求", "Not wanted", ("不需要", "无", "否", "no")),
    "on_fail": Word("不合格时", "When it fails", ("不合格时须写备注", "不合格", "fail", "on fail")),
    "always": Word("必须", "Always", ("必须写备注", "必填", "是", "yes")),
}
OWNERS: Words = {
    "store_manager": Word("店长", "Store manager"),
    "store_staff": Word("店员", "Store staff", ("staff",)),
    "supervisor": Word("督导", "Supervisor"),
    "regional_manager": Word("区域经理", "Regional manager"),
}
DAYPARTS: Words = {
    "morning": Word("早班", "Morning", ("早上", "上午", "早晨")),
    "midday": Word("午间", "Midday", ("中午", "午市", "noon")),
    "afternoon": Word("下午", "Afternoon"),
    "evening": Word("晚间", "Evening", ("晚上", "晚市", "晚班")),
    "night": Word("夜间", "Night", ("夜里", "夜班", "深夜")),
}
SHOWS: Words = {
    "right": Word("正确", "Right", ("对", "good")),
    "wrong": Word("错误", "Wrong", ("错", "bad")),
}
MODES: Words = {
    "additive": Word("按得分率", "Share of points", ("得分率", "累计")),
    "section_weighted": Word("按大类权重", "Weighted sections", ("权重", "weighted")),
    "deduct": Word("扣分制", "Deduct from 100", ("扣分", "deduction")),
}
REDLINE_POLICIES: Words = {
    "cap": Word("封顶", "Cap the score", ("cap",)),
    "zero": Word("归零", "Zero", ("清零",)),
    "flag": Word("只判不合格", "Fail alone", ("只标记", "flag")),
}
FLOOR_EFFECTS: Words = {
    "band": Word("限制等级", "Cap the band", ("等级",)),
    "cap": Word("封顶", "Cap the score", ("分数封顶",)),
}
CHECKLIST_KINDS: Words = {
    "visit": Word("巡店", "Visit"),
    "self": Word("自检", "Self-check", ("门店自检",)),
    "special": Word("专项", "Special", ("专项检查",)),
    "audit": Word("审核", "Audit"),
}
YES_NO: Words = {
    "yes": Word("是", "Yes", ("y", "true", "1", "对", "有", "√", "✓", "✔", "需要", "要", "可以")),
    "no": Word(
        "否", "No", ("n", "false", "0", "不", "不是", "无", "×", "✗", "x", "不需要", "不要", "不可以")
    ),
}


def value_of(words: Words, text: str) -> str | None:
    """The value that this text means, or None."""
    plain = _plain(text)
    if not plain:
        return None
    for value, word in words.items():
        if plain in {_plain(name) for name in (value, word.zh, word.en, word.label, *word.also)}:
            return value
    return None


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    return re.sub(r"[\s_/·.()*-]+", "", unicodedata.normalize("NFKC", text)).casefold()
