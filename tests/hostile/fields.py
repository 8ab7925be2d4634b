"""Forms that are too large, endless, broken or act by themselves, and locked documents."""

import io

from pypdf import PdfReader, PdfWriter

from tests.hostile.plain import FREE, bombed, one_page, stream

FIELD = b"<</Type/Annot/Subtype/Widget/FT/Tx/T(%s)/Rect[72 600 272 620]/F 4 %s>>"
FORM = b"/AcroForm<</DA(/Helv 0 Tf 0 g)/Fields[%s]%s>>"


def fifty_thousand_fields() -> bytes:
    numbers = range(FREE, FREE + 50_000)
    refs = b" ".join(b"%d 0 R" % n for n in numbers)
    more = {n: FIELD % (b"f%d" % n, b"") for n in numbers}
    return one_page(more=more, page=b"/Annots[%s]" % refs, catalog=FORM % (refs, b""))


def field_loop() -> bytes:
    return _form(b"<</FT/Tx/T(a)/Kids[10 0 R 10 0 R]/Parent 10 0 R>>")


def deep_fields() -> bytes:
    more = {n: b"<</T(a)/Kids[%d 0 R]>>" % (n + 1) for n in range(FREE, FREE + 10_000)}
    last = FREE + 10_000
    return one_page(
        more=more | {last: FIELD % (b"a", b"/Parent %d 0 R" % (last - 1))},
        page=b"/Annots[%d 0 R]" % last,
        catalog=FORM % (b"10 0 R", b""),
    )


def widget_without_rect() -> bytes:
    return _form(b"<</Type/Annot/Subtype/Widget/FT/Tx/T(name)>>")


def crooked_rect() -> bytes:
    return _form(b"<</Subtype/Widget/FT/Tx/T(name)/Rect[null(x)<</a 1>>]>>")


def boundless_rect() -> bytes:
    rect = b"[-%s 0 %s 1]" % (b"9" * 300, b"9" * 300)
    return _form(b"<</Subtype/Widget/FT/Tx/Ff 16781312/MaxLen 2000000000/T(name)/Rect %s>>" % rect)


def endless_choices() -> bytes:
    choices = b"[" + b"(a)" * 2_000_000 + b"]"
    return _form(FIELD.replace(b"/FT/Tx", b"/FT/Ch") % (b"name", b"/Opt " + choices))


def own_appearance() -> bytes:
    look = stream(
        b"/X Do " * 20,
        b"/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 11 0 R>>>>",
    )
    return _form(FIELD % (b"name", b"/AP<</N 11 0 R>>"), {11: look})


def xfa_of_entities() -> bytes:
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha">'
    for one, two in zip(b"abcdefghij", b"bcdefghijk", strict=True):
        laughs += b'<!ENTITY %c "%s">' % (two, b"&%c;" % one * 10)
    more = {11: stream(laughs + b"]><x>&k;</x>"), 12: bombed(bytes(1 << 20), 512)}
    return _form(FIELD % (b"name", b""), more, b"/XFA[(template)11 0 R(datasets)12 0 R]")


def scripts() -> bytes:
    script = b"<</S/JavaScript/JS(app.alert\\('x'\\); while\\(1\\){})>>"
    more = {11: script}
    return _form(
        FIELD % (b"name", b"/AA<</F 11 0 R/C 11 0 R/K 11 0 R>>/A 11 0 R"),
        more,
        catalog=b"/OpenAction 11 0 R/AA<</WC 11 0 R>>/Names<</JavaScript<</Names[(a)11 0 R]>>>>",
    )


def launches() -> bytes:
    more = {11: b"<</S/Launch/F(/bin/sh)/Win<</F(cmd.exe)/P(/c calc)>>>>"}
    return _form(FIELD % (b"name", b"/A 11 0 R"), more, catalog=b"/OpenAction 11 0 R")


def embedded_program() -> bytes:
    program = stream(b"MZ" + bytes(5_000), b"/Type/EmbeddedFile")
    held = b"<</Type/Filespec/F(invoice.exe)/EF<</F 12 0 R>>>>"
    names = b"/Names<</EmbeddedFiles<</Names[(a)11 0 R]>>>>"
    return _form(FIELD % (b"name", b""), {11: held, 12: program}, catalog=names)


def remote_content() -> bytes:
    more = {11: b"<</S/SubmitForm/F(http://127.0.0.1:9/x)/Flags 4>>"}
    content = b"<</Length 9/F(/etc/passwd)/FFilter/FlateDecode>>\nstream\n123456789\nendstream"
    return _form(
        FIELD % (b"name", b"/A 11 0 R"),
        more | {12: content},
        catalog=b"/OpenAction 11 0 R",
        page=b"/Metadata 12 0 R",
    )


def user_password() -> bytes:
    return _locked("RC4-128", "secret")


def owner_rc4_40() -> bytes:
    return _locked("RC4-40")


def owner_rc4_128() -> bytes:
    return _locked("RC4-128")


def owner_aes_256() -> bytes:
    return _locked("AES-256")


def _locked(algorithm: str, user: str = "") -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(_form(FIELD % (b"name", b"")))))
    writer.encrypt(user, "owner", algorithm=algorithm)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def _form(
    field: bytes,
    more: dict[int, bytes] | None = None,
    form: bytes = b"",
    *,
    catalog: bytes = b"",
    page: bytes = b"",
) -> bytes:
    return one_page(
        more={FREE: field} | (more or {}),
        page=b"/Annots[10 0 R]" + page,
        catalog=FORM % (b"10 0 R", form) + catalog,
    )
