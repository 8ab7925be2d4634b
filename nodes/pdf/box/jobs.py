"""What may run in the box: a closed list of jobs, each with its bounds.

A job is a module-level function ``(data, options, files) -> (told, files)``: ``told`` goes back as
JSON. It imports what it needs when it runs.
"""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024
PRELOADED = (
    "pypdf",
    "pdfplumber",
    "pypdfium2",
    "numpy",
    "fontTools.subset",
    "PIL.GifImagePlugin",
    "PIL.ImageDraw",
    "PIL.PngImagePlugin",
    "PIL.TiffImagePlugin",
    "nodes.pdf.filling.fill",
    "nodes.pdf.hidden_text",
    "nodes.pdf.packet.picturing",
)


@dataclass(frozen=True)
class Job:
    """Bounds: bytes of the document, address space in bytes, processor seconds per process.

    ``pdf``: the document must say that it is a PDF. A program that a job runs has the same bounds.
    """

    pdf: bool = True
    largest: int = 20 * MEGABYTE
    memory: int = 1024 * MEGABYTE
    cpu: int = 10


JOBS: dict[str, Job] = {
    "nodes.pdf.box.trivial:count": Job(pdf=False),
    "nodes.pdf.box.trivial:spend": Job(pdf=False, cpu=2),
    "nodes.pdf.extraction:extract": Job(),
    "nodes.pdf.inspecting.job:draw": Job(cpu=12),
    "nodes.pdf.inspecting.job:inspect": Job(cpu=12),
    "nodes.pdf.packet.joining:join": Job(),
    "nodes.pdf.packet.taking:take": Job(pdf=False),
    "nodes.pdf.picture:draw": Job(),
    "nodes.reading.ocr.job:count": Job(pdf=False, largest=32 * MEGABYTE),
    "nodes.reading.ocr.job:page": Job(pdf=False, largest=32 * MEGABYTE, cpu=20),
    "nodes.reading.ocr.rapid:page": Job(
        pdf=False, largest=32 * MEGABYTE, memory=4096 * MEGABYTE, cpu=60
    ),
    "nodes.pdf.outside:look": Job(),
    "nodes.pdf.outside:press": Job(),
    "nodes.pdf.printed.layer:read": Job(),
    "nodes.pdf.printed.entered:read": Job(),
    "nodes.pdf.printed.ruled:read": Job(),
    "nodes.pdf.printed.word:read": Job(pdf=False),
    "nodes.reading.known.ink:shares": Job(pdf=False, largest=32 * MEGABYTE),
}
