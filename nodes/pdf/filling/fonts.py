"""The fonts that a filled form uses: the form's own, the standard ones, and our wide one."""

from pypdf.generic import DictionaryObject, IndirectObject

from nodes.pdf.filling import fallback
from nodes.pdf.filling.dictionaries import inherited, known_as, resolved
from nodes.pdf.filling.faces import Face, face, standard
from nodes.pdf.filling.output import Output


class Fonts:
    """Finds a field's face, and puts each font that is used into the document once."""

    def __init__(self, output: Output, form: DictionaryObject | None) -> None:
        """Start with the form's own fonts."""
        self._output = output
        self._named = _fonts(resolved(form.get("/DR"))) if form is not None else {}
        self._faces: dict[str, Face] = {}
        self._used: dict[str, tuple[str, IndirectObject]] = {}
        self._letters: set[str] = set()

    def named(self, name: str, line: list[DictionaryObject]) -> Face:
        """Give the face for a font's name; the form's fonts come before the widget's own."""
        if name in self._named:
            if name not in self._faces:
                self._faces[name] = face(self._named[name], name)
            return self._faces[name]
        return face(_fonts(inherited(line, "/DR")).get(name), name)

    def able(self, text: str, wanted: Face) -> tuple[str, Face, bool]:
        """Choose the face that has every letter, and tell whether none has.

        Letters that no font has become U+FFFD.
        """
        plain = text.replace("\n", "")
        for one in (wanted, standard("Helvetica")):
            if one.holds(plain):
                return text, one, True
        wide = fallback.wide()
        if wide.holds(plain):
            return text, wide, fallback.UNKNOWN not in text
        known = wide.widths
        mended = "".join(c if c == "\n" or c in known else fallback.UNKNOWN for c in text)
        return mended, wide, False

    def used(self, face: Face, text: str) -> str:
        """Tell the name by which a font is called in a content stream, with its slash."""
        if face.codec == "gid":
            self._letters.update(text.replace("\n", ""))
        key = f"{face.name} {id(face.font) if face.font is not None else ''}"
        if key not in self._used:
            self._used[key] = (f"/PAFont{len(self._used)}", self._object(face))
        return self._used[key][0]

    def resources(self, names: frozenset[str] | None = None) -> str:
        """Write the entries of a /Font dictionary."""
        return " ".join(
            f"{name} {font.idnum} {font.generation} R"
            for name, font in self._used.values()
            if names is None or name in names
        )

    def references(self) -> dict[str, IndirectObject]:
        """Tell every font that is used by the name it is called."""
        return dict(self._used.values())

    def finish(self) -> None:
        """Embed what is used of the wide font."""
        for key, (_, reference) in self._used.items():
            if key.startswith("PAWide"):
                fallback.embed(self._output, self._letters, reference)

    def marks(self) -> str:
        """Tell the name of the font that box marks are taken from."""
        if "marks" not in self._used:
            font = self._output.raw("<</Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats>>")
            self._used["marks"] = ("/PAMarks", font)
        return "/PAMarks"

    def _object(self, face: Face) -> IndirectObject:
        if face.codec == "gid":
            return self._output.reserve()
        if face.font is not None:
            return known_as(face.font) or self._output.add(face.font)
        return self._output.raw(
            f"<</Type /Font /Subtype /Type1 /BaseFont /{face.name} /Encoding /WinAnsiEncoding>>"
        )


def _fonts(resources: object) -> dict[str, DictionaryObject]:
    if not isinstance(resources, DictionaryObject):
        return {}
    fonts = resolved(resources.get("/Font"))
    if not isinstance(fonts, DictionaryObject):
        return {}
    found = {name: resolved(font) for name, font in fonts.items()}
    return {str(n): font for n, font in found.items() if isinstance(font, DictionaryObject)}
