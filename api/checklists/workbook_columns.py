"""The one table of what stands where in the sheets of a checklist; writing and reading both go by it.

`field` is the place in the JSON (docs/checklist-format.md), `text/zh` meaning the Chinese of the text.
The first column of items, choices and pictures says which section or item the row belongs to.
"""

from api.checklists import workbook_cells as cells
from api.checklists import workbook_table as col
from api.checklists import workbook_words as words
from api.checklists.workbook_table import OWNER, Column, Sheet

_TWO = ("两种语言至少填一种", "At least one of the two languages")
_WHERE = (
    col.listed(
        "applies/store_types",
        "门店类型",
        "Store types",
        "只在这些类型的门店检查；空白为所有门店",
        "Only in these stores; blank: all",
    ),
    col.listed(
        "applies/tags",
        "门店标签",
        "Store tags",
        "只在带有其中一个标签的门店检查",
        "Only in stores with one of these tags",
    ),
    col.listed(
        "applies/regions",
        "区域",
        "Regions",
        "区域编号，下级区域也算",
        "Codes of regions; those below count too",
    ),
    Column(
        "applies/dayparts",
        "时段",
        "Dayparts",
        cells.word_list(words.DAYPARTS),
        "早班、午间、下午、晚间、夜间，可填多个",
        "Morning, Midday, Afternoon, Evening, Night; several with commas",
        18,
    ),
)
_SHOW_IF = Column(
    "show_if",
    "检查条件",
    "Show if",
    cells.CONDITION,
    "按前面的答案决定是否检查，写法见“Help 说明”",
    "Asked only when this is so of earlier answers; see the sheet Help",
    30,
)

ABOUT = Sheet(
    "检查表",
    "Checklist",
    (
        Column(
            "code",
            "编号",
            "Code",
            cells.KEY,
            "字母、数字和 . _ -",
            "Letters, digits and . _ -",
            required=True,
        ),
        *col.both("name", "名称", "Name", *_TWO, 40),
        Column(
            "kind",
            "类型",
            "Kind",
            cells.words_or_other(words.CHECKLIST_KINDS),
            "从列表选，或填自己的说法",
            "Pick from the list, or use a word of your own",
            choice=words.CHECKLIST_KINDS,
        ),
        col.one_of(
            "scoring/mode",
            "计分方式",
            "Scoring",
            words.MODES,
            "得分率：得分占应得分的百分比；大类权重：各大类得分率按权重合计；扣分制：从 100 起扣",
            "Share of points, weighted sections, or deducted from 100",
        ),
        col.number(
            "scoring/pass_line",
            "合格线",
            "Pass line",
            "总分达到多少为合格",
            "Final score from which it passes",
        ),
        Column(
            "scoring/bands",
            "等级",
            "Bands",
            cells.BANDS,
            "名称和最低分，从高到低，最后到 0，如 A 90, B 75, C 60, D 0",
            "Name and least score, going down to 0: A 90, B 75, C 60, D 0",
        ),
        col.one_of(
            "scoring/redline_policy",
            "红线项处理",
            "Redline",
            words.REDLINE_POLICIES,
            "红线项不合格时总分怎么办",
            "What a failed redline item does to the score",
        ),
        col.number(
            "scoring/redline_cap",
            "红线项封顶分",
            "Redline cap",
            "封顶时的最高分",
            "Highest score when capped",
        ),
        Column(
            "scoring/key_cap",
            "关键项等级上限",
            "Key item cap",
            cells.NAME,
            "有关键项不合格时的最高等级",
            "Best band when a key item failed",
        ),
        col.whole(
            "scoring/key_unrated",
            "不评级的关键项数",
            "Not rated from",
            "达到几项关键项不合格时不评级",
            "From how many failed key items it is not rated",
        ),
        col.number(
            "scoring/bonus_cap",
            "加分上限",
            "Bonus cap",
            "加分项最多加几分",
            "Most points that bonus items add",
        ),
        col.one_of(
            "scoring/floor_effect",
            "低于底线的后果",
            "Below a floor",
            words.FLOOR_EFFECTS,
            "有大类低于底线时：限制等级，或分数封顶",
            "A section under its floor caps the band, or the score",
        ),
        col.number(
            "scoring/floor_cap", "低于底线封顶分", "Floor cap", "封顶时的最高分", "Highest score when capped"
        ),
    ),
)

SECTIONS = Sheet(
    "检查大类",
    "Sections",
    (
        Column(
            "key",
            "大类编号",
            "Section key",
            cells.KEY,
            "字母、数字和 . _ -，定下后不改",
            "Letters, digits and . _ -; never changed",
            14,
            required=True,
        ),
        *col.both("name", "名称", "Name", *_TWO, 26),
        col.number("weight", "权重", "Weight", "“按大类权重”计分时必填", "Wanted with weighted sections"),
        col.percent("floor", "底线", "Floor", "得分率低于它有后果；空白为没有", "Least rate; blank: none"),
        col.whole(
            "repeat/min",
            "最少遍数",
            "Rounds from",
            "逐个检查时填，如每台冰柜一遍",
            "For a section walked once for each thing",
        ),
        col.whole("repeat/max", "最多遍数", "Rounds to", "空白为 20", "Blank: 20"),
        *col.both(
            "repeat/name",
            "逐个检查的对象",
            "Repeated for",
            "如“冰柜”；填了就逐个检查",
            "Such as Freezer; filled in, the section is repeated",
            24,
        ),
        *_WHERE,
        _SHOW_IF,
    ),
)

ITEMS = Sheet(
    "检查项",
    "Items",
    (
        Column(
            OWNER,
            "检查大类",
            "Section",
            cells.TEXT,
            "大类的名称或编号；空白同上一行",
            "Name or key of the section; blank: as above",
            16,
            required=True,
        ),
        Column(
            "key",
            "编号",
            "Key",
            cells.KEY,
            "不能重复，定下后不改，历史才能对上",
            "Unique, and never changed, so that history joins",
            14,
            required=True,
        ),
        *col.both("text", "检查内容", "Text", *_TWO, 34),
        col.one_of("kind", "类型", "Kind", words.KINDS, "从列表选", "Pick from the list"),
        Column("points", "分值", "Points", cells.NUMBER, "0 至 1000", "0 to 1000", 8, required=True),
        col.one_of(
            "flag", "级别", "Severity", words.FLAGS, "一般项、关键项或红线项", "General, key item or redline"
        ),
        col.one_of("photo/rule", "拍照", "Photo", words.PHOTO_RULES, "空白为不需拍照", "Blank: no photo"),
        col.yes("allow_na", "允许不适用", "May be N/A", "空白为否", "Blank: no"),
        *col.both(
            "guide", "检查方法", "How to judge", "怎样算合格；可空白", "What is right; may be blank", 30
        ),
        col.whole(
            "fix_hours",
            "整改时限",
            "Hours to fix",
            "小时数；空白：红线 24，关键 72，一般 168",
            "Blank: redline 24, key 72, general 168",
        ),
        col.one_of(
            "owner_role",
            "整改人",
            "Who fixes",
            words.OWNERS,
            "空白为按门店分工",
            "Blank: by the store's roles",
        ),
        col.number(
            "weight", "权重", "Weight", "分值计几倍；空白为 1", "How often the points count; blank: 1"
        ),
        col.yes("bonus", "加分项", "Bonus", "空白为否", "Blank: no"),
        col.percent(
            "pass_line",
            "合格线",
            "Pass line",
            "得分低于它算问题；空白为 100%",
            "Below this share it is a finding; blank: 100%",
        ),
        col.yes("required", "必须作答", "Required", "空白为是", "Blank: yes"),
        col.one_of("note_rule", "备注要求", "Note", words.NOTE_RULES, "空白为不要求", "Blank: not wanted"),
        col.whole("photo/min", "最少照片", "Photos from", "空白为 0", "Blank: 0"),
        col.whole("photo/max", "最多照片", "Photos to", "空白为 5", "Blank: 5"),
        col.yes("photo/camera_only", "只能现场拍摄", "Camera only", "空白为否", "Blank: no"),
        Column("unit", "单位", "Unit", cells.TEXT, "数值测量用，如 ℃", "For numbers, such as ℃", 8),
        col.number("min", "下限", "Lower limit", "数值测量用，低于它不合格", "For numbers: below it fails"),
        col.number("max", "上限", "Upper limit", "数值测量用，高于它不合格", "For numbers: above it fails"),
        col.number("warn_min", "预警下限", "Warn below", "合格但低于它提醒", "Passes, but warns below it"),
        col.number("warn_max", "预警上限", "Warn above", "合格但高于它提醒", "Passes, but warns above it"),
        col.number("step", "每处扣分", "Per fault", "计数扣分用；空白为 1", "For counts of faults; blank: 1"),
        col.percent("base", "起始百分比", "Base", "多选用；空白为 0%", "For several choices; blank: 0%"),
        col.whole(
            "warn_days",
            "到期提醒",
            "Warn days",
            "日期用，提前几天提醒",
            "For dates: warns so many days before",
        ),
        col.listed("codes", "允许的条码", "Codes", "扫码用；空白为任何条码", "For barcodes; blank: any"),
        *_WHERE,
        _SHOW_IF,
    ),
)

_OF_ITEM = Column(
    OWNER,
    "检查项编号",
    "Item key",
    cells.KEY,
    "“Items 检查项”里的编号；空白同上一行",
    "Key on the sheet Items; blank: as above",
    16,
    required=True,
)
CHOICES = Sheet(
    "选项",
    "Choices",
    (
        _OF_ITEM,
        Column(
            "key",
            "选项编号",
            "Key",
            cells.KEY,
            "同一检查项内不能重复",
            "Unique within the item",
            14,
            required=True,
        ),
        *col.both("name", "名称", "Name", *_TWO, 26),
        Column(
            "percent",
            "得分百分比",
            "Percent",
            cells.PERCENT,
            "得分值的百分之几；多选可为负数",
            "Share of the points; of several choices it may be negative",
            12,
            required=True,
        ),
    ),
)
PICTURES = Sheet(
    "参考图片",
    "Pictures",
    (
        _OF_ITEM,
        Column(
            "sha256",
            "图片 SHA-256",
            "Picture SHA-256",
            cells.KEY,
            "图片由系统填写，请勿改动",
            "Filled in by the system; leave as it is",
            68,
            required=True,
        ),
        Column(
            "shows",
            "示范",
            "Shows",
            cells.words(words.SHOWS),
            "正确或错误的样子",
            "How it is right, or wrong",
            14,
            words.SHOWS,
            required=True,
        ),
        *col.both("caption", "说明", "Caption", "可空白", "May be blank", 30),
    ),
)
SHEETS = (ABOUT, SECTIONS, ITEMS, CHOICES, PICTURES)
