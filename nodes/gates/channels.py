"""The ways out: a clearinghouse or payer over HTTP, or a folder that another program empties."""

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from nodes.audit import sha256
from nodes.errors import NotConfigured, Refused, UnreadableDocument, UpstreamFailed
from nodes.http import Answer, Post
from nodes.packet import Transaction
from nodes.settings import Channel, FileChannel, HttpChannel
from nodes.x12.reading.envelope import Document, read
from nodes.x12.segments import Segment


@dataclass(frozen=True)
class Receipt:
    """What the other side gave for what was sent."""

    kind: Literal["278_response", "accepted", "filed"]
    received_at: datetime
    edi: str | None = None
    body_sha256: str | None = None
    file: str | None = None


def deliver(
    channel: Channel, transaction: Transaction, pdf: bytes, send: Post, now: datetime
) -> Receipt:
    """Send or file a request, whatever the channel is."""
    if isinstance(channel, FileChannel):
        return drop(channel, transaction, pdf)
    return transmit(channel, transaction.edi, transaction.trace_number, send, now)


def transmit(channel: HttpChannel, edi: str, identity: str, send: Post, now: datetime) -> Receipt:
    """POST an EDI; its identity as Idempotency-Key makes a repetition the same request.

    Fails as ``nodes.http.post`` does, and with UpstreamFailed for any status but 2xx and for a
    TA1 or 999 that rejects.
    """
    answer = send(
        channel.url,
        body=edi.encode(),
        headers={
            "Content-Type": "application/edi-x12",
            "Accept": "application/edi-x12",
            "Idempotency-Key": identity,
        },
        timeout=channel.timeout,
        token=channel.token.get_secret_value() if channel.token else None,
    )
    if not 200 <= answer.status < 300:
        raise UpstreamFailed(f"the channel answered with status {answer.status}")
    return _read(answer, now)


def _read(answer: Answer, now: datetime) -> Receipt:
    text = answer.body.decode("utf-8", "replace").strip()
    receipt = Receipt("accepted", now, body_sha256=sha256(answer.body))
    if not text.startswith("ISA"):
        return receipt
    try:
        document = read(text)
    except UnreadableDocument:
        raise UpstreamFailed("the channel answered with X12 that cannot be read") from None
    if any(_rejects(line) for line in _verdicts(document)):
        raise UpstreamFailed("the receiver rejected the interchange (TA1 or 999)")
    is_278 = any(item.kind == "278" for item in document.sets)
    return replace(receipt, kind="278_response" if is_278 else "accepted", edi=text)


def _verdicts(document: Document) -> Iterator[Segment]:
    """Find what acknowledges an interchange (TA1), a set (AK5, IK5) or a group (AK9)."""
    for interchange in document.interchanges:
        yield from interchange.acknowledgments
        for item in interchange.sets:
            yield from (line for line in item.segments if line.id in ("AK5", "IK5", "AK9"))


def _rejects(line: Segment) -> bool:
    """Whether it says R, M, W, X or P (partly) where only A and E let a request through."""
    return line.get(4 if line.id == "TA1" else 1) not in ("A", "E")


def drop(channel: FileChannel, transaction: Transaction, pdf: bytes) -> Receipt:
    """File the form, then the EDI, each whole or not at all, under the trace number.

    The same content again is the same receipt; other content under that name is Refused.
    A program that empties the folder and a retry that comes later file the request twice:
    that program must know the trace numbers it took.
    """
    name = f"{transaction.trace_number}.278.edi"
    file(channel, f"{transaction.trace_number}.pdf", pdf)
    return file(channel, name, transaction.edi.encode())


def file(channel: FileChannel, name: str, content: bytes) -> Receipt:
    """Put one file into the folder, whole or not at all; other content of that name is Refused."""
    folder = Path(channel.folder)
    if not folder.is_dir():
        raise NotConfigured("settings: channels: the folder of this channel does not exist")
    try:
        filed = _place(folder / name, content)
    except OSError:
        raise UpstreamFailed("the folder of this channel cannot be written") from None
    return Receipt("filed", filed, body_sha256=sha256(content), file=name)


def _place(path: Path, content: bytes) -> datetime:
    """Put a file where it appears at once and whole; say since when it is there."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".filing-")  # O_EXCL
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            os.fchmod(handle, 0o640)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            if path.read_bytes() != content:
                raise Refused("another request was already filed under this trace number") from None
    finally:
        draft.unlink()
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)
