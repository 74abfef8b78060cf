import asyncio

async def f(x):
    async with a as b, c() as (d, e):
        async for i in g(x):
            yield await i
    y = [await z async for z in x if await z]
    await asyncio.gather(*[f(i) for i in y])
    return

async def g(): return [x async for x in f(1)]
