"""Fill a form with a filler of others: ``python.py NAME PLAN IN OUT ROUNDS``.

PLAN is JSON: ``texts`` by full field name, ``boxes`` with the exact state of each. Prints the
median CPU milliseconds of a round, from file to file, and the process's peak memory in MB.
"""

import json
import resource
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time


def pypdf(plan, source, target):
    from pypdf import PdfWriter

    writer = PdfWriter(clone_from=source)
    writer.update_page_form_field_values(
        None, {**plan["texts"], **plan["boxes"]}, auto_regenerate=False
    )
    writer.write(target)


def pikepdf(plan, source, target):
    import pikepdf
    from pikepdf.form import DefaultAppearanceStreamGenerator, Form

    with pikepdf.open(source) as document:
        form = Form(document, DefaultAppearanceStreamGenerator)
        for name, value in plan["texts"].items():
            form[name].value = value
        for name, state in plan["boxes"].items():
            box = form[name]
            if hasattr(box, "options") and not hasattr(box, "checked"):
                box.value = pikepdf.Name(state)
            else:
                try:
                    box.checked = True
                except (AttributeError, KeyError):
                    box._field.set_value(pikepdf.Name(state))
        document.save(target)


def pypdfform(plan, source, target):
    from PyPDFForm import PdfWrapper

    values = {**plan["texts"], **dict.fromkeys(plan["boxes"], True)}
    Path(target).write_bytes(PdfWrapper(source).fill(values).read())


def pdftk(plan, source, target):
    pairs = [f"<< /T {text(name)} /V {text(value)} >>" for name, value in plan["texts"].items()]
    pairs += [f"<< /T {text(name)} /V {state} >>" for name, state in plan["boxes"].items()]
    fdf = "%FDF-1.2\n1 0 obj\n<< /FDF << /Fields [" + "\n".join(pairs) + "] >> >>\nendobj\n"
    with TemporaryDirectory() as folder:
        data = Path(folder) / "data.fdf"
        data.write_bytes((fdf + "trailer\n<< /Root 1 0 R >>\n%%EOF\n").encode("latin-1"))
        command = ["pdftk", source, "fill_form", str(data), "output", target]
        subprocess.run(command, check=True, capture_output=True)


def text(words):
    return "<" + ("\ufeff" + words).encode("utf-16-be").hex() + ">"


def cpu():
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return process_time() + children.ru_utime + children.ru_stime


def main():
    name, plan, source, target, rounds = sys.argv[1:]
    told = json.loads(Path(plan).read_text())
    filler = {"pypdf": pypdf, "pikepdf": pikepdf, "PyPDFForm": pypdfform, "pdftk-java": pdftk}[name]
    took = []
    for _ in range(int(rounds)):
        began = cpu()
        filler(told, source, target)
        took.append((cpu() - began) * 1000)
    who = resource.RUSAGE_CHILDREN if name == "pdftk-java" else resource.RUSAGE_SELF
    memory = resource.getrusage(who).ru_maxrss / 1024
    print(json.dumps({"ms": median(took), "mb": memory}))


if __name__ == "__main__":
    main()
