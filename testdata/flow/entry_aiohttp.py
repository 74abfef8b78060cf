# aiohttp.web: a handler that is added to the router.
import pickle

from aiohttp import web


async def restore(request):  # source request
    body = await request.read()
    return web.json_response(str(pickle.loads(body)))  # want error PKL101 from request


def make_app():
    app = web.Application()
    app.router.add_post("/restore", restore)
    return app
