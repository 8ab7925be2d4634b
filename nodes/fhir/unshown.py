"""What an HTML page does not show of what it holds: by attribute, by style, by style sheet."""

import re
from dataclasses import dataclass

UNSHOWN = {"head", "template", "noscript", "del", "s", "strike", "title", "select"}
QUOTED = re.compile(r"\"[^\"]*+\"|'[^']*+'")
HIDDEN = re.compile(r"(?:^|\s)hidden(?![\w-])", re.IGNORECASE)
_STYLE = re.compile(r"(?:^|\s)style\s*=\s*(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++))", re.I)
_NAMED = re.compile(r"(?:^|\s)(class|id)\s*=\s*(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++))", re.I)
_SHEET = re.compile(r"<style\b[^>]*+>([^<]*+)", re.IGNORECASE)
_AT_RULE = re.compile(r"@[^{}]*+\{(?:[^{}]*+\{[^{}]*+\})*+[^{}]*+\}")
_RULE = re.compile(r"([^{}]++)\{([^{}]*+)\}")
_REMARK = re.compile(r"/\*[^*]*+\*+(?:[^/*][^*]*+\*+)*+/")
_NONE = re.compile(
    r"(?:^|;)(?:display:none|visibility:(?:hidden|collapse)|opacity:0?(?:\.0\d*)?(?:%|;|$)"
    r"|font-size:(?:0(?:\.\d+)?|1(?:\.\d+)?(?=px|pt))(?:px|pt|em|rem|%|;|$)"
    r"|font:(?:\w+ )*0(?:px|pt|em)?\b|color:transparent|text-indent:-\d{3,}"
    r"|(?:left|top|right|bottom|margin-left|margin-top):-\d{3,}|clip:rect\(0|clip-path:inset\(100%"
    r"|(?:max-)?(?:height|width):0(?:px)?(?:;|$)|transform:scale\(0)"
)
_COLOR = re.compile(r"(?:^|;)color:([^;]+)")
_BACKGROUND = re.compile(r"(?:^|;)background(?:-color)?:([^;]+)")
_ATTRIBUTE_COLOR = re.compile(r"(?:^|\s)color\s*=\s*[\"']?\s*(#?\w+)", re.IGNORECASE)
_BACKED = re.compile(r"background|bgcolor", re.IGNORECASE)
_WHITE = {"white", "#fff", "#ffffff", "#fefefe", "#fdfdfd", "snow", "ivory", "#fcfcfc", "#fffffe"}
_LIGHTEST = 250


@dataclass(frozen=True)
class Sheet:
    """What a page says of its elements: classes and ids that are not shown, and its background."""

    names: frozenset[str]
    backed: bool

    def hides(self, name: str, attributes: str) -> bool:
        """Say whether an element is not shown."""
        if name in UNSHOWN or not attributes:
            return name in UNSHOWN
        if HIDDEN.search(QUOTED.sub("", attributes)) or self._named(attributes):
            return True
        found = _STYLE.search(attributes)
        if found and unshown(found[1] or found[2] or found[3] or "", self.backed):
            return True
        color = _ATTRIBUTE_COLOR.search(attributes) if name == "font" else None
        return bool(color and not self.backed and _white(color[1].lower()))

    def _named(self, attributes: str) -> bool:
        if not self.names:
            return False
        for found in _NAMED.finditer(attributes):
            mark = "." if found[1].lower() == "class" else "#"
            said = (found[2] or found[3] or found[4] or "").split()
            if any(mark + one in self.names for one in said):
                return True
        return False


def sheet(page: str) -> Sheet:
    """Read a page's own style sheets; rules for print or small screens count for nothing."""
    names: set[str] = set()
    for found in _SHEET.finditer(page):
        rules = _AT_RULE.sub("", _REMARK.sub("", found[1]))
        for rule in _RULE.finditer(rules):
            if unshown(rule[2], True):
                names |= {one.strip() for one in rule[1].split(",")}
    return Sheet(frozenset(names), bool(_BACKED.search(page)))


def unshown(style: str, backed: bool) -> bool:
    """Say whether a style hides; ``backed``: the page has a background that may be dark."""
    plain = re.sub(r"\s+|!important", "", style.lower())
    if _NONE.search(plain) and not _unlike(plain):
        return True
    color, behind = _COLOR.search(plain), _BACKGROUND.search(plain)
    if color is None:
        return False
    if behind is not None:
        return color[1] == behind[1] or (_white(color[1]) and _white(behind[1]))
    return not backed and _white(color[1])


def _unlike(plain: str) -> bool:
    """A height or width of nothing hides only where what is over is cut off."""
    found = _NONE.search(plain)
    sized = found is not None and re.search(r"(?:height|width):0", found.group())
    return bool(sized) and "overflow:hidden" not in plain


def _white(color: str) -> bool:
    if color in _WHITE:
        return True
    parts = re.fullmatch(r"rgba?\((\d{1,3}),(\d{1,3}),(\d{1,3})(?:,[\d.]+)?\)", color)
    if parts:
        return min(map(int, parts.groups())) >= _LIGHTEST
    return bool(re.fullmatch(r"rgba\([^()]*,0(?:\.0+)?\)", color))
