"""Make a document of a kind the EHR takes: text and JSON become a PDF where it takes only that."""

import base64

from nodes.ehr.filing import File, Filing
from nodes.pdf.drawn.addendum import pages


def taken(filing: Filing, types: tuple[str, ...]) -> Filing:
    """Give the filing with a file of these content types; none named: any is taken."""
    file = filing.file
    if file is None or not types or file.content_type in types or "application/pdf" not in types:
        return filing
    text = base64.b64decode(file.data).decode(errors="replace")
    data = pages(filing.title, filing.status or filing.title, [("", text)])
    name = f"{file.name.rpartition('.')[0]}.pdf"
    coded = base64.b64encode(data).decode()
    paper = File(name=name, content_type="application/pdf", data=coded)
    return filing.model_copy(update={"file": paper})
