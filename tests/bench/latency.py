"""A TCP proxy that keeps back whatever a client says: a network that is far away.

``python -m tests.bench.latency PORT UPSTREAM_PORT MILLISECONDS`` serves on 127.0.0.1.
"""

import asyncio
import contextlib
import sys

CHUNK = 65_536


async def pump(
    source: asyncio.StreamReader, target: asyncio.StreamWriter, late: float = 0.0
) -> None:
    """Hand over bytes until there are no more; ``late`` in seconds."""
    with contextlib.suppress(OSError):
        while content := await source.read(CHUNK):
            await asyncio.sleep(late)
            target.write(content)
            await target.drain()
        target.write_eof()


async def serve(port: int, upstream: int, late: float) -> None:
    """Serve until the process is ended; a connection takes its time to come about, too."""

    async def joined(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(late)
        there, back = await asyncio.open_connection("127.0.0.1", upstream)
        await asyncio.gather(pump(reader, back, late), pump(there, writer))
        writer.close()
        back.close()

    server = await asyncio.start_server(joined, "127.0.0.1", port)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]) / 1000))
