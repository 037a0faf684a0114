"""Draws the attachments of the practice sample: clearly fictional papers, each marked 样例.

    .venv/bin/python packaging/build_sample_files.py

Output goes to ``resources/sample/attachments`` and is kept in the repository; run it again only when a text
below changes. The files are the same from run to run.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import sample_evidence as evidence
from sample_office import write_docx, write_xlsx

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

ROOT: Final = Path(__file__).resolve().parent.parent
TARGET: Final = ROOT / "resources" / "sample" / "attachments"
FONT: Final = ROOT / "resources" / "fonts" / "NotoSerifSC-Regular.ttf"
MARK: Final = "样　例"
FOOT: Final = "本页为练习样例的附件，单位、人员、编号均为虚构，不作任何证明。"
UNIT: Final = evidence.UNIT
CODE: Final = evidence.CODE

PAPERS: Final[dict[str, tuple[str, ...]]] = {
    "事业单位法人证书（样例）.pdf": (
        "事业单位法人证书",
        f"名　　称：{UNIT}",
        f"统一社会信用代码：{CODE}",
        "法定代表人：周明远",
        "宗旨和业务范围：管理政务服务大厅和网上办事平台，组织部门进驻和联办，受理咨询和投诉。",
        "住　　所：江西省抚州市南汀县政务路8号",
        "举办单位：南汀县人民政府",
        "有 效 期：自2026年4月1日至2031年3月31日",
    ),
    "参加单位同意函（样例）.pdf": (
        "关于同意参加标准化试点的函",
        f"{UNIT}：",
        "我们同意作为参加单位参加“南汀县政务服务‘高效办成一件事’标准化试点”，按申报书第三部分承担任务。",
        "南汀县市场监督管理局",
        "南汀县数据发展服务中心",
        "南汀县人力资源和社会保障局",
        "2026年6月5日",
    ),
    "参加单位证明材料（样例）.pdf": (
        "参加单位法人资格和信用查询结果",
        "南汀县市场监督管理局　11361099MB0A77013L　机关　无不良记录",
        "南汀县数据发展服务中心　12361099MB0C650180　事业单位　无不良记录",
        "南汀县人力资源和社会保障局　11361099MB0A831500　机关　无不良记录",
        "查询日期：2026年6月2日",
    ),
    "成立标准化工作领导小组的通知（样例）.pdf": (
        "关于成立标准化工作领导小组的通知",
        "南政中心发〔2021〕6号",
        "各科室、分中心：",
        "为加强标准化工作，决定成立标准化工作领导小组，由中心主任任组长，副主任陈立任副组长，各科室负责人"
        "为成员。领导小组下设标准化科，负责体系建设、标准编写和实施检查。",
        UNIT,
        "2021年3月8日",
    ),
    "省级试点评估合格证书（样例）.pdf": (
        "标准化试点评估结果通知",
        f"{UNIT}：",
        "你单位承担的“南汀县企业开办服务标准化试点”经评估合格。",
        "2024年11月",
    ),
    "试点工作方案（样例）.pdf": (
        "南汀县政务服务“高效办成一件事”标准化试点工作方案",
        "南府办发〔2026〕7号",
        "一、目标。到2028年底，17个“一件事”主题按同一套标准办理。",
        "二、分工。县政务服务中心牵头，36个进驻部门和14个乡镇按附表配合。",
        "三、经费。列入本级财政年度预算，两年32.0万元，其中本级财政26.0万元，自筹6.0万元。",
        "四、时间。2027年1月至2028年12月。",
    ),
    "试点实施方案（样例）.pdf": (
        "南汀县政务服务“高效办成一件事”标准化试点实施方案",
        "一、范围：县政务服务大厅和14个乡镇便民服务中心，17个“一件事”主题。",
        "二、步骤：分析工作需求，梳理适用标准，建立标准体系，补充制定标准，标准实施应用，持续改进标准。",
        "三、保障：领导小组每季度开一次会，工作组每月碰头一次。",
    ),
    "标准查新记录（样例）.pdf": (
        "标准查新记录",
        "查新日期：2026年6月5日",
        "查新范围：现行标准172项，其中国家标准119项、行业标准11项、地方标准1项、内部标准41项。",
        "查新结果：未发现废止的标准。",
        "查新人：林　芸　　核对人：吴小舟",
    ),
}
"""File name to its lines, the title first."""

SCREENS: Final[dict[str, tuple[str, ...]]] = {
    "信用中国查询结果（样例）.png": (
        "信用中国　查询结果",
        f"查询名称：{UNIT}",
        f"统一社会信用代码：{CODE}",
        "行政处罚：0 条　　严重失信主体名单：0 条",
        "查询日期：2026年6月2日",
    ),
    "公示系统查询结果（样例）.png": (
        "国家企业信用信息公示系统　查询结果",
        f"查询名称：{UNIT}",
        "没有查到与条件相符的市场主体",
        "说明：事业单位不在公示范围",
        "查询日期：2026年6月2日",
    ),
}


def draw_paper(target: Path, pages: tuple[tuple[str, ...], ...]) -> None:
    """A4 pages as PDF, with an embedded subset of the font."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(target), pagesize=A4, invariant=1)
    canvas.setTitle(target.stem)
    for lines in pages:
        _draw_page(canvas, lines)
    canvas.save()


def _draw_page(page: Canvas, lines: tuple[str, ...]) -> None:
    """One page: the mark across it, the title, the lines, the foot."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.utils import simpleSplit

    width, height = A4
    page.setFont("Sample", 90)
    page.setFillGray(0.9)
    page.saveState()
    page.translate(width / 2, height / 2)
    page.rotate(45)
    page.drawCentredString(0, -30, MARK)
    page.restoreState()
    page.setFillGray(0)
    page.setFont("Sample", 18)
    place = height - 110.0
    for line in simpleSplit(lines[0], "Sample", 18, width - 150):
        page.drawCentredString(width / 2, place, line)
        place -= 28
    page.setFont("Sample", 13)
    place -= 24
    for paragraph in lines[1:]:
        for line in _wrapped(paragraph, 35):
            page.drawString(85, place, line)
            place -= 26
    page.setFont("Sample", 9)
    page.drawCentredString(width / 2, 60, FOOT)
    page.showPage()


def _wrapped(paragraph: str, count: int) -> list[str]:
    return [paragraph[at : at + count] for at in range(0, len(paragraph), count)]


def draw_screen(target: Path, lines: tuple[str, ...]) -> None:
    """A picture like a page of a web site, in eight greys."""
    from PIL import Image, ImageDraw, ImageFont

    picture = Image.new("L", (960, 480), 255)
    pen = ImageDraw.Draw(picture)
    pen.text((300, 180), MARK, font=ImageFont.truetype(str(FONT), 130), fill=228)
    pen.rectangle((0, 0, 960, 64), fill=200)
    pen.text((32, 14), lines[0], font=ImageFont.truetype(str(FONT), 28), fill=0)
    for row, line in enumerate(lines[1:]):
        pen.text((32, 104 + 64 * row), line, font=ImageFont.truetype(str(FONT), 24), fill=0)
    pen.text((32, 440), FOOT, font=ImageFont.truetype(str(FONT), 16), fill=90)
    picture.quantize(8).save(target, optimize=True)


def draw_photo(target: Path, words: str) -> None:
    """A drawing in place of a photograph: a hall with rows of heads, the words below."""
    from PIL import Image, ImageDraw, ImageFont

    picture = Image.new("RGB", (960, 640), (228, 233, 238))
    pen = ImageDraw.Draw(picture)
    pen.rectangle((260, 60, 700, 260), fill=(250, 250, 250), outline=(120, 130, 140), width=4)
    pen.text((330, 120), MARK, font=ImageFont.truetype(str(FONT), 80), fill=(150, 160, 170))
    for row in range(3):
        for seat in range(9):
            left, top = 60 + seat * 95 + (row % 2) * 30, 330 + row * 75
            pen.ellipse(
                (left, top, left + 44, top + 48), fill=(110 + row * 18, 118 + row * 16, 130 + row * 12)
            )
    pen.rectangle((0, 560, 960, 640), fill=(255, 255, 255))
    pen.text((24, 570), words, font=ImageFont.truetype(str(FONT), 24), fill=(0, 0, 0))
    pen.text((24, 608), FOOT, font=ImageFont.truetype(str(FONT), 16), fill=(90, 90, 90))
    picture.save(target, quality=60)


def main() -> None:
    """Draws everything."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    TARGET.mkdir(parents=True, exist_ok=True)
    pdfmetrics.registerFont(TTFont("Sample", str(FONT)))
    for name, pages in ({name: (lines,) for name, lines in PAPERS.items()} | evidence.PAPERS).items():
        draw_paper(TARGET / name, pages)
    for name, lines in (SCREENS | evidence.SCREENS).items():
        draw_screen(TARGET / name, lines)
    draw_photo(TARGET / evidence.PHOTO[0], evidence.PHOTO[1])
    for name, lines in evidence.TEXTS.items():
        write_docx(TARGET / name, lines)
    for name, rows in evidence.SHEETS.items():
        write_xlsx(TARGET / name, rows)


if __name__ == "__main__":
    main()
