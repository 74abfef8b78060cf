# Django: a view function that urlpatterns names.
import base64
import pickle

from django.http import HttpResponse
from django.urls import path


def restore(request):  # source request
    state = pickle.loads(base64.b64decode(request.POST["state"]))  # want error PKL101 from request
    return HttpResponse(str(state))


urlpatterns = [path("restore/", restore)]
