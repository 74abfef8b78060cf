# Django: a class-based view.
import pickle

from django.http import HttpResponse
from django.views import View


class Restore(View):
    def post(self, request):  # source request
        return HttpResponse(str(pickle.loads(request.body)))  # want error PKL101 from request
