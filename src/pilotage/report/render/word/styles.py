"""The look of the Word file, kept in its styles so that an author can change it there."""

from __future__ import annotations

from docx.document import Document as Docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.styles.style import ParagraphStyle

from pilotage.report.model.palette import LIGHT, Colour
from pilotage.report.render.word.xml import element

FONT = "Arial"  # every machine has it, or letters of the same width; tables then break where we meant
TABLE = "ReportTable"
# name: size, colour, bold, space before, space after
_LOOKS: dict[str, tuple[float, Colour, bool, float, float]] = {
    "Normal": (10, "ink", False, 0, 6),
    "Title": (20, "accent", True, 0, 4),
    "Subtitle": (12, "muted", False, 0, 4),
    "Heading 1": (15, "accent", True, 20, 6),
    "Heading 2": (12, "accent", True, 14, 4),
    "Caption": (10, "ink", False, 10, 4),
    "List Bullet": (10, "ink", False, 0, 3),
    "Header": (8.5, "muted", False, 0, 0),
    "Footer": (8.5, "muted", False, 0, 0),
    "Table Text": (8.5, "ink", False, 1.5, 1.5),
    "Table Note": (8, "muted", False, 2, 2),
    "Contents": (10, "ink", False, 0, 2),
    "Note": (10, "ink", False, 4, 8),
    "Warning": (10, "ink", False, 4, 8),
    "Stamp": (9, "stamped", True, 0, 4),
}
_SHADED: dict[str, tuple[Colour, Colour]] = {
    "Note": ("soft", "accent"),
    "Warning": ("warned", "amber"),
    "Stamp": ("stamp", "stamp"),
}


def colour(name: Colour) -> str:
    """Return a colour of the palette as Word writes it."""
    return LIGHT[name].removeprefix("#").upper()


def set_styles(docx: Docx, language: str) -> None:
    """Give the template's styles our look, and add those it lacks."""
    for name in _LOOKS:
        _set(_style(docx, name), name)
    docx.styles["Normal"].paragraph_format.line_spacing = 1.15
    docx.styles["Caption"].paragraph_format.keep_with_next = True
    _language(docx, language)
    docx.styles.element.append(element(_table_style()))


def _style(docx: Docx, name: str) -> ParagraphStyle:
    if name in docx.styles:
        return docx.styles[name]  # type: ignore[no-any-return]
    style = docx.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = docx.styles["Normal"]
    return style  # type: ignore[no-any-return]


def _set(style: ParagraphStyle, name: str) -> None:
    size, ink, bold, before, after = _LOOKS[name]
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
    style.font.color.rgb = RGBColor.from_string(colour(ink))
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    _font(style)
    properties = style.element.get_or_add_pPr()
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)
    if name in _SHADED:
        _shade(style, *_SHADED[name])


def _font(style: ParagraphStyle) -> None:
    properties = style.element.get_or_add_rPr()
    for tag in ("w:rFonts", "w:spacing", "w:kern"):
        for template in properties.findall(qn(tag)):
            properties.remove(template)
    names = " ".join(f'w:{script}="{FONT}"' for script in ("ascii", "hAnsi", "cs", "eastAsia"))
    properties.insert(0, element(f"<w:rFonts {names}/>"))


def _shade(style: ParagraphStyle, fill: Colour, edge: Colour) -> None:
    properties = style.element.get_or_add_pPr()
    edges = f'<w:left w:val="single" w:sz="24" w:space="6" w:color="{colour(edge)}"/>'
    shading = element(f'<w:shd w:val="clear" w:color="auto" w:fill="{colour(fill)}"/>')
    spacing = properties.find(qn("w:spacing"))
    spacing.addprevious(element(f"<w:pBdr>{edges}</w:pBdr>"))
    spacing.addprevious(shading)


def _language(docx: Docx, language: str) -> None:
    for tag in docx.styles.element.iter(qn("w:lang")):
        tag.set(qn("w:val"), language)


def _table_style() -> str:
    """Return a table style of three rules: above and below its head, and below its last row."""
    rule, line = colour("rule"), colour("accent")
    return f"""<w:style w:type="table" w:customStyle="1" w:styleId="{TABLE}"><w:name w:val="Report Table"/>
<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/><w:tblPr><w:tblBorders>
<w:top w:val="single" w:sz="8" w:color="{line}"/><w:bottom w:val="single" w:sz="8" w:color="{line}"/>
<w:insideH w:val="single" w:sz="4" w:color="{rule}"/></w:tblBorders><w:tblCellMar>
<w:left w:w="80" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr>
<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders>
<w:bottom w:val="single" w:sz="8" w:color="{line}"/></w:tcBorders></w:tcPr></w:tblStylePr></w:style>"""
