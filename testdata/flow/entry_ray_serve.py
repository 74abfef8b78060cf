# Ray Serve: __call__ of a deployment gets the request.
import pickle

from ray import serve


@serve.deployment
class Model:
    async def __call__(self, request):  # source request
        return pickle.loads(await request.body())  # want error PKL101 from request
