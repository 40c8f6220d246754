"""The words of the sheet Help, for somebody who fills the workbook in for the first time."""

TITLE = "怎么填这份检查表 How to fill in this workbook"
STEPS = (
    (
        "1. “Checklist 检查表”：填编号、名称和评分规则，B 列填写，C 列是说明。",
        "1. Checklist: code, name and scoring. Column B is yours, column C explains.",
    ),
    (
        "2. “Sections 检查大类”：每行一个大类，从上到下就是检查的顺序。",
        "2. Sections: one row each, in the order of the visit.",
    ),
    (
        "3. “Items 检查项”：每行一项。深色表头的列要看一遍，其余的列空白就按默认。带 * 的必填。",
        "3. Items: one row each. Look at the dark columns; the others mean their default when blank. * must be filled in.",
    ),
    (
        "4. “Choices 选项”：单选、多选的选项，和分级评分的等级；分级评分不填就是优、良、中、差。",
        "4. Choices: of one or several choices, and grades. A graded item without any has excellent, good, fair, poor.",
    ),
    (
        "5. 保存为 .xlsx，在系统里选“导入检查表”。有错时会列出每一处的单元格，一处没改好就什么都不导入。",
        "5. Save as .xlsx and import it. Every fault is listed by its cell, and nothing is imported while there is one.",
    ),
)
NOTES = (
    (
        "中文、英文都认，全角、半角都认。百分比写 80% 或 80。一格里填几个，用逗号隔开。",
        "Chinese and English words are understood. Percentages: 80% or 80. Several in one cell: with commas.",
    ),
    (
        "表头不要改；列可以换位置，不用的列可以删掉。另加的工作表不会读取，可以用来记笔记。",
        "Leave the headings; columns may be moved, and those not needed deleted. Further sheets are not read.",
    ),
    (
        "编号（Key）定下后不要改：历次巡店靠它对上同一项。",
        "Never change a key: it joins the same item over all visits.",
    ),
)
CONDITIONS_TITLE = "检查条件 Conditions (Show if)"
CONDITIONS = (
    ("CVS-01-03 = fail|partial", "该项不合格或部分得分；也可写“CVS-01-03 = 不合格|部分得分”", "judged so"),
    ("fuel in gas|coal", "该项选了 gas 或 coal（选项编号）", "one of these was chosen, by key"),
    ("temp >= 5", "数值或处数不低于 5", "a number or a count of at least 5"),
    ("temp <= 8", "数值或处数不高于 8", "at most 8"),
    ("5 <= temp <= 8", "在 5 至 8 之间", "from 5 to 8"),
    ("a = fail and b >= 2", "两个都满足；也可写“且”", "both"),
    ("(a = fail and b >= 2) or c = na", "满足其一；也可写“或”", "either; brackets group"),
)
CONDITIONS_NOTE = (
    "只能问排在前面的检查项。结果：pass 合格、fail 不合格、partial 部分得分、na 不适用、cannot_check 无法检查、unanswered 未作答。",
    "Only earlier items can be asked about. Results: pass, fail, partial, na, cannot_check, unanswered.",
)
COLUMNS_TITLE = "各列说明 All columns"
