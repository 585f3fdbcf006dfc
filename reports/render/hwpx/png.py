"""Charts as PNG, for Hangul draws no SVG of older documents: set by typst with the fonts of the PDF, the same bytes for the same chart."""

from dataclasses import dataclass

from .. import blocks, fonts, svg

PPI = 200
SOURCE = b'#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.chart), format: "svg", width: 640pt)'


@dataclass(frozen=True)
class Image:
    """`pixels` as (width, height)."""

    png: bytes
    pixels: tuple[int, int]


def bars(chart: blocks.Bars) -> Image:
    """Raises fonts.FontMissing where set-up is not complete."""
    with fonts.compiler_lock:
        made = fonts.compiler().compile(
            SOURCE, format="png", ppi=PPI, sys_inputs={"chart": fonts.drawable(str(svg.bars(chart)))}
        )
    return Image(made, (int.from_bytes(made[16:20], "big"), int.from_bytes(made[20:24], "big")))
