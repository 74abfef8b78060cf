# Ray Serve: __call__ of a deployment gets the request.
import pickle

from ray import serve


@serve.deployment
class Model:
    async def __call__(self, request):  # source request
        return pickle.loads(await request.body())  # want note PKL101 from=library  # missing error PKL101 from request: methods of a decorated class are not taken as entry points
