# {{ cookiecutter.name }}
import pickle
{% if cookiecutter.web %}
import requests
{% endif %}

def f(x):
    return pickle.loads({{ x }})
