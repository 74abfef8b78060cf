# asyncio.start_server: the reader of a connection.
import asyncio
import pickle


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter):
    size = int.from_bytes(await reader.readexactly(4), "big")
    data = await reader.readexactly(size)  # source data
    writer.write(str(pickle.loads(data)).encode())  # want error PKL101 from data
    await writer.drain()


async def main():
    server = await asyncio.start_server(serve, "0.0.0.0", 9000)
    async with server:
        await server.serve_forever()
