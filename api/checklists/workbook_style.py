"""How the sheets look: fonts, colours, borders, what is printed."""

from dataclasses import dataclass

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

_FONT = {"font_name": "Microsoft YaHei", "font_size": 10, "valign": "top"}
LINE_HEIGHT = 14
_LINE = {"border": 1, "border_color": "#D5DAE0"}
MAIN, FURTHER, OF_KIND, WHERE = "#1F4E5F", "#4A7383", "#6A6384", "#7A6A4F"
"""Colours of headings: what everybody fills in, further rules, what some kinds have, where and when."""


@dataclass(frozen=True)
class Style:
    """The formats of one workbook."""

    book: Workbook

    def made(self, **changes: object) -> Format:
        """A format of this workbook."""
        return self.book.add_format({**_FONT, **changes})

    def heading(self, colour: str) -> Format:
        """A heading on this colour."""
        return self.made(
            bold=True, font_color="#FFFFFF", bg_color=colour, text_wrap=True, valign="vcenter", **_LINE
        )

    def hint(self) -> Format:
        """What explains a column."""
        return self.made(font_size=9, font_color="#5B6670", bg_color="#F4F6F8", text_wrap=True, **_LINE)

    def title(self) -> Format:
        """The title of a sheet."""
        return self.made(bold=True, font_size=14, font_color=MAIN, valign="vcenter")

    def label(self) -> Format:
        """A label in front of a value."""
        return self.made(bold=True, bg_color="#EAF0F2", text_wrap=True, valign="vcenter", **_LINE)

    def value(self, *, text: bool, centred: bool = False, middle: bool = False) -> Format:
        """A cell that is filled in. As text, a typed 3-5 stays 3-5 and a typed = stays a sign."""
        form: dict[str, object] = {"num_format": "@"} if text else {}
        form |= {"valign": "vcenter"} if middle else {}
        return self.made(text_wrap=True, align="center" if centred else "left", **form, **_LINE)

    def plain(self, *, bold: bool = False) -> Format:
        """Running words."""
        return self.made(text_wrap=True, bold=bold)


def lines(text: str, width: int) -> int:
    """About how many lines a text takes in a column of this width; Chinese signs are two wide."""
    return sum(
        max(1, -(-sum(1 if sign < "\u2e80" else 2 for sign in paragraph) // max(width - 1, 1)))
        for paragraph in text.split("\n")
    )


def printed(sheet: Worksheet, *, landscape: bool, repeat: tuple[int, int] | None = None) -> None:
    """A4, one page wide, with the name of the sheet and the number of the page at its foot."""
    if landscape:
        sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&L&8&A&R&8&P / &N")
    if repeat is not None:
        sheet.repeat_rows(*repeat)
