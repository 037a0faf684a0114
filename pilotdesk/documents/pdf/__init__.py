"""The PDF carrier: layout of an outline on pages, drawing, and reading back what was drawn.

Nothing heavy is imported with the package; its functions load reportlab and PDFium when they are called.

========== ==========================================================================================
module     topic
========== ==========================================================================================
styles     sizes, leadings, margins, rule weights
breaking   where a line of Chinese may end
lines      text set in lines: squeezed marks, justified gaps, tick boxes
pages      pages and what is placed on them, in points from the top left
sheets     tables and grids: heights, merged cells, rules
flow       blocks following one another over pages; what keeps together
front      cover, notes, contents
narrative  headings, body text, pledges
widths     columns of list tables
tabular    grids and list tables
seals      blocks with room for signature and seal
drawings   the structure figure on a page
gallery    attached pictures
photos     their objects in the file
furniture  header, footer, QR, watermark
embedding  embedded font subsets
layout     from an outline to finished pages
canvas     drawing the pages with reportlab
writing    an outline into a file
reading    reading a written file back, pictures of its pages
pdfium     the library that opens files for it
marking    whose words the text objects of a page are
========== ==========================================================================================
"""

from pilotdesk.documents.pdf.reading import (
    PageImage,
    PdfText,
    answer_at,
    answer_boxes,
    find_missing,
    page_count,
    read_pdf_text,
    render_page,
)
from pilotdesk.documents.pdf.writing import PdfResult, write_pdf

__all__ = [
    "PageImage",
    "PdfResult",
    "PdfText",
    "answer_at",
    "answer_boxes",
    "find_missing",
    "page_count",
    "read_pdf_text",
    "render_page",
    "write_pdf",
]
