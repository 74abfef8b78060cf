# Django: a view function that urlpatterns names.
import base64
import pickle

from django.http import HttpResponse
from django.urls import path


def restore(request):
    state = pickle.loads(base64.b64decode(request.POST["state"]))  # want error PKL101 from=remote-request
    return HttpResponse(str(state))


urlpatterns = [path("restore/", restore)]
