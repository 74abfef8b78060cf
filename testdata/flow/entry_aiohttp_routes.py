# aiohttp.web: a route table.
import pickle

from aiohttp import web

routes = web.RouteTableDef()


@routes.post("/restore")
async def restore(request):  # source request
    body = await request.read()
    return web.json_response(str(pickle.loads(body)))  # want error PKL101 from request
