"""A paper as one HTML file: its own style, everything escaped, nothing that runs or is fetched."""

import re
from html import escape as escaped

from nodes.writing.paper import Paper, Passage, unbroken

DAY = re.compile(r"(?<![\w-])\d{4}-\d{2}-\d{2}(?:\.\d{1,2})?(?![\w-])")
STYLE = (
    "@page{size:letter;margin:22mm 22mm 20mm}"
    "*{box-sizing:border-box}"
    "body{font:11pt/1.45 Georgia,'DejaVu Serif','Times New Roman',serif;color:#111;"
    "max-width:7in;margin:2em auto;padding:0 1.2em;overflow-wrap:break-word}"
    "header{border-bottom:1pt solid #1d3557;padding-bottom:.5em;margin-bottom:1.2em}"
    "header p{margin:0;color:#4a5560;font-size:9.5pt}"
    "header p:first-child{font-size:14pt;color:#1d3557;font-weight:bold}"
    "address{font-style:normal;margin:1.1em 0}"
    "table{border-collapse:collapse;margin:1em 0;width:100%}"
    "th{text-align:left;vertical-align:top;padding:.1em 1.2em .1em 0;white-space:nowrap;"
    "font-weight:bold;width:1%}td{padding:.1em 0}"
    "h2{font-size:11.5pt;color:#1d3557;margin:1.2em 0 .35em;break-after:avoid}"
    "p{margin:.4em 0;orphans:3;widows:3}"
    "li{margin:.25em 0;orphans:3;widows:3}ul,ol{margin:.3em 0;padding-left:1.5em}"
    ".sign{margin-top:1.6em;break-inside:avoid}.sign p{margin:.1em 0;min-height:1.2em}"
    ".rows{table-layout:auto}.rows th,.rows td{border-bottom:1px solid #b8c0c8;padding:.2em .6em"
    " .2em 0;width:auto;text-align:left;vertical-align:top}thead{display:table-header-group}"
    ".whole{white-space:nowrap}.enclosures{break-inside:avoid}"
    "@media print{body{margin:0;padding:0;max-width:none;font-size:10pt;line-height:1.35}}"
)


def html(paper: Paper) -> str:
    """Write a paper as HTML: no script, no link, nothing remote; safe under any base address."""
    parts = [
        "<!DOCTYPE html>",
        '<html lang="en-US"><head><meta charset="utf-8">',
        '<meta http-equiv="Content-Security-Policy"'
        " content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        '<meta name="viewport" content="width=device-width">',
        f"<title>{escaped(paper.title)}</title><style>{STYLE}</style></head><body>",
        _lines("header", paper.head),
        f"<p>{escape(paper.dated)}</p>" if paper.dated else "",
        _address(paper.to),
        _about(paper.about),
        f"<p>{escape(paper.greeting)}</p>" if paper.greeting else "",
        *(_passage(one) for one in paper.passages),
        _lines("div", paper.closing, "sign"),
        _enclosures(paper.enclosures),
        "</body></html>",
    ]
    return "\n".join(part for part in parts if part) + "\n"


def escape(text: str) -> str:
    """Escape a text; enclosure numbers and days stay on one line."""
    return DAY.sub(r'<span class="whole">\g<0></span>', escaped(unbroken(text)))


def _lines(tag: str, lines: tuple[str, ...], name: str = "") -> str:
    if not lines:
        return ""
    named = f' class="{name}"' if name else ""
    return f"<{tag}{named}>{''.join(f'<p>{escape(line)}</p>' for line in lines)}</{tag}>"


def _address(to: tuple[str, ...]) -> str:
    return f"<address>{'<br>'.join(escape(line) for line in to)}</address>" if to else ""


def _about(rows: tuple[tuple[str, str], ...]) -> str:
    told = "".join(
        f'<tr><th scope="row">{escape(name)}</th><td>{escape(value)}</td></tr>'
        for name, value in rows
    )
    return f"<table>{told}</table>" if told else ""


def _passage(passage: Passage) -> str:
    title = f"<h2>{escape(passage.title)}</h2>" if passage.title else ""
    if passage.style == "prose":
        return f"{title}<p>{escape(' '.join(passage.texts))}</p>"
    if passage.style == "table":
        return f"{title}{_table(passage.rows)}"
    texts = list(passage.texts)
    lead = f"<p>{escape(texts.pop(0))}</p>" if passage.style == "numbered" else ""
    tag = "ol" if passage.style == "numbered" else "ul"
    items = "".join(f"<li>{escape(text)}</li>" for text in texts)
    return f"{title}{lead}<{tag}>{items}</{tag}>" if items else f"{title}{lead}"


def _table(rows: tuple[tuple[str, ...], ...]) -> str:
    head, *body = rows
    heads = "".join(f'<th scope="col">{escape(one)}</th>' for one in head)
    told = "".join(f"<tr>{''.join(f'<td>{escape(one)}</td>' for one in row)}</tr>" for row in body)
    return f'<table class="rows"><thead><tr>{heads}</tr></thead><tbody>{told}</tbody></table>'


def _enclosures(enclosures: tuple[str, ...]) -> str:
    if not enclosures:
        return ""
    items = "".join(f"<li>{escape(one)}</li>" for one in enclosures)
    return f'<section class="enclosures"><h2>Enclosures</h2><ol>{items}</ol></section>'
