"""All that we ask of python-hwpx, in one place: an empty document, its styles, its pictures, its pages as Hangul would lay them out, its bytes.

The library is loaded with the first document, for it takes a second and 25 MB. The body we write ourselves, in `xml.py`: the library's
own calls give ids by chance, write `true` for 1 in visibility and a picture's shown size for its own, and check the whole
body at each save, which takes longer than everything else together. The tests check it instead.
"""

import io
import logging
import zipfile
from collections.abc import Iterable
from datetime import date
from itertools import chain

from . import theme
from .grid import units
from .theme import Border, Look
from .xml import HH, HP, Node, Ref, control, node, parsed, real, serialized

logger = logging.getLogger(__name__)

MIMETYPE = "mimetype"
BODY = "Contents/section0.xml"
HIDABLE = ("hideHeader", "hideFooter", "hideMasterPage", "hideBorder", "hideFill", "hidePageNum")
MOST_RECKONED = 200_000  # two seconds; a report of eleven projects takes some 50,000
PREVIEW, LONGEST_PREVIEW = "Preview/PrvText.txt", 1_000  # what a file manager and a search of files show
OUTLINES = "0"  # what outline levels refer to: the section's own numbering


class Package:
    """A document under construction."""

    def __init__(self) -> None:
        from hwpx import HwpxDocument

        self._document = HwpxDocument.new()
        self._header = self._document.oxml.headers[0]
        self._body = self._document.sections[0].element
        self._styles: dict[str, str] = {}
        self._refs: dict[Look, Ref] = {}
        self._borders: dict[Border, str] = {}
        # What Hangul takes where a font of ours is not installed; none is embedded.
        for font in self._header.element.iter("{*}font"):
            substitute = {"face": theme.SECOND, "type": "TTF", "isEmbedded": "0"}
            font.insert(0, node("substFont", substitute, space=HH))
        # Headings bear the report's own numbers; Hangul would put `1.` and `가.` before them.
        for head in self._header.element.iter("{*}paraHead"):
            head.text = None
        self._header.mark_dirty()
        self._set_up_page()

    def ref(self, look: Look) -> Ref:
        """The look in the header; the first of a name is the style that users see by that name."""
        if look not in self._refs:
            paragraph = self._paragraph(look)
            character = self._document.styles.ensure_run(
                bold=look.bold, color=look.color, font=look.face, size=look.size
            )
            if look.name not in self._styles:
                self._styles[look.name] = self._header.ensure_style(
                    look.name, para_pr_id_ref=paragraph, char_pr_id_ref=character, lang_id=1042
                )
            self._refs[look] = Ref(self._styles[look.name], paragraph, character)
        return self._refs[look]

    def border(self, border: Border) -> str:
        if border not in self._borders:
            self._borders[border] = self._document.styles.ensure_border_fill(
                border_color=border.color,
                border_width=f"{border.width} mm",
                fill_color=border.fill or None,
                active_borders=sorted(border.sides),
            )
        return self._borders[border]

    def image(self, png: bytes) -> str:
        """Its number in the document."""
        return str(self._document.media.add_image(png, "png"))

    def append(self, paragraphs: Iterable[Node]) -> None:
        self._body.extend(paragraphs)

    def pages(self) -> list[int]:
        """The page that each paragraph of the body begins on, from 1, as the library reckons that Hangul lays it out.

        The first is the empty document's own. Empty where the library cannot tell, or would take seconds.
        """
        from hwpx.layout import pages

        if self._effort() > MOST_RECKONED:
            return []
        # An experimental part of the library: better a report whose pages Hangul fills in than none.
        try:
            estimate = pages.estimate_pages(self._document)
        except Exception:
            logger.exception("python-hwpx failed to reckon pages.")
            return []
        return [lines[0].page + 1 for lines in estimate.lines]

    def _effort(self) -> int:
        """What reckoning pages costs: a character some 10 µs, a paragraph as much as 20 characters, a cell twice that."""
        texts = (run.text for run in self._body.iter(f"{{{HP}}}t"))
        counts = [(20, "p"), (20, "tc")]
        return sum(len(text or "") for text in texts) + sum(
            weight * sum(1 for _ in self._body.iter(f"{{{HP}}}{name}")) for weight, name in counts
        )

    def to_bytes(self, title: str, author: str, day: date, keywords: str = "") -> bytes:
        """The file, whose parts all bear the day."""
        self._describe(title, author, day, keywords)
        body = self._body[1:]
        del self._body[1:]
        with zipfile.ZipFile(io.BytesIO(self._document.to_bytes())) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        root = parsed(parts[BODY])  # declares the namespaces that Hangul looks for
        root.extend(body)
        made = {BODY: serialized(root), PREVIEW: _beginning(body).encode()}
        return _packed(parts | made, (day.year, day.month, day.day, 0, 0, 0))

    def _describe(self, title: str, author: str, day: date, keywords: str) -> None:
        stamp = f"{day.isoformat()}T00:00:00Z"
        parts = self._document.parts
        parts.clear_document_metadata(keep=("language",), timestamp=stamp)
        parts.set_document_metadata(
            title=real(title),
            creator=real(author),
            keyword=real(keywords) or None,
            created_date=stamp,
            modified_date=stamp,
        )
        parts.clear_preview()

    def _paragraph(self, look: Look) -> str:
        margins = {"intent": -look.hanging, "left": look.left, "right": 0}
        margins |= {"prev": look.before, "next": look.after}
        return self._header.ensure_paragraph_format(
            base_para_pr_id="0",
            alignment=look.align,
            line_spacing_percent=look.spacing,
            margins={name: units(value) for name, value in margins.items()},
            heading={"type": "OUTLINE", "idRef": OUTLINES, "level": look.level - 1} if look.level else None,
            border=self._frame(look),
            break_setting={"keep_with_next": look.keeps_next, "widow_orphan": True},
            tab_pr_id_ref=self._tab(look),
        )

    def _frame(self, look: Look) -> dict[str, str | int] | None:
        if look.frame is None:
            return None
        ends = {"offsetTop": units(look.padding), "offsetBottom": units(look.padding)}
        return {"borderFillIDRef": self.border(look.frame), **ends, "ignoreMargin": "1"}

    def _tab(self, look: Look) -> str | None:
        if not look.tab:
            return None
        stop = {"pos": units(theme.TEXT_WIDTH), "type": "RIGHT", "leader": "DASH" if look.dotted else "NONE"}
        return self._header.ensure_tab_definition(tab_stops=[stop])

    def _set_up_page(self) -> None:
        # The text begins below the margin and the room for a header.
        sides = dict.fromkeys(("top", "bottom", "header", "footer"), theme.ENDS / 2)
        sides |= {"left": theme.MARGIN, "right": theme.MARGIN}
        self._document.page.setup(paper_size="A4", margins_mm=sides)
        (first,) = self._body.iter(f"{{{HP}}}p")
        for stale in first.iter(f"{{{HP}}}linesegarray"):
            first.remove(stale)
        (visibility,) = first.iter(f"{{{HP}}}visibility")
        visibility.set("hideFirstPageNum", "1")
        number = {"pos": "BOTTOM_CENTER", "formatType": "DIGIT", "sideChar": "-"}
        hidden = {name: str(int(name == "hidePageNum")) for name in HIDABLE}
        first[0].extend([control(node("pageNum", number)), control(node("pageHiding", hidden))])


def _packed(parts: dict[str, bytes], moment: tuple[int, int, int, int, int, int]) -> bytes:
    """In order of their names, the type first and unpacked as the format asks, all of one time."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as target:
        for name in sorted(parts, key=lambda name: (name != MIMETYPE, name)):
            info = zipfile.ZipInfo(name, moment)
            info.compress_type = (
                zipfile.ZIP_STORED if name == MIMETYPE or name.endswith(".png") else zipfile.ZIP_DEFLATED
            )
            info.external_attr = 0o644 << 16
            target.writestr(info, parts[name])
    return packed.getvalue()


def _beginning(body: Iterable[Node]) -> str:
    """The first lines of the document, those of tables with them."""
    lines, length = [], 0
    for paragraph in chain.from_iterable(top.iter(f"{{{HP}}}p") for top in body):
        texts = (text for run in paragraph.findall(f"{{{HP}}}run") for text in run.findall(f"{{{HP}}}t"))
        # A blank for a tab.
        words = (
            part or "" for text in texts for part in (text.text, *(f" {tab.tail or ''}" for tab in text))
        )
        if line := "".join(words).strip():
            lines.append(line)
            length += len(line) + 2
        if length > LONGEST_PREVIEW:
            break
    return "\r\n".join(lines)[:LONGEST_PREVIEW]
