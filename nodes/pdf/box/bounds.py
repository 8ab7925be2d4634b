"""What a child may use, set before it touches a document: memory, processor, files, programs.

``setrlimit(2)``; where a system has no such bound (macOS has none on memory), the others hold.
"""

import contextlib
import os
from typing import Any

from nodes.pdf.box.jobs import Job

SPARE = 2
WRITTEN = 64 * 1024 * 1024
OPEN_FILES = 64
NICE = 5
PYPDF: dict[str, Any] = {
    "maximum_declared_stream_length": 30_000_000,
    "array_based_stream_maximum_output_length": 30_000_000,
    "jbig2_maximum_output_length": 30_000_000,
    "lzw_maximum_output_length": 30_000_000,
    "run_length_maximum_output_length": 30_000_000,
    "zlib_maximum_output_length": 30_000_000,
    "stream_parsing_work_maximum_count": 1_000_000,
    "form_fields_maximum_entries": 5_000,
    "page_tree_maximum_entries": 2_000,
    "outline_maximum_entries": 10_000,
    "named_destinations_maximum_entries": 10_000,
    "jbig2dec_binary": None,
}


def confine(job: Job) -> None:
    """Bound this process for good, and stand behind the server when the processor is scarce."""
    import resource

    for kind, soft, hard in (
        (resource.RLIMIT_AS, job.memory, job.memory),
        (resource.RLIMIT_CPU, job.cpu, job.cpu + SPARE),
        (resource.RLIMIT_FSIZE, WRITTEN, WRITTEN),
        (resource.RLIMIT_NOFILE, OPEN_FILES, OPEN_FILES),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (soft, hard))
    os.nice(NICE)


def tighten() -> None:
    """Have pypdf refuse far earlier than it would by itself."""
    from pypdf import _configuration as pypdf

    pypdf.overwrite_configuration(**PYPDF)
