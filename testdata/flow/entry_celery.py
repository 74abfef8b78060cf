# celery: the arguments of a task come from the broker.
import base64
import pickle

from celery import Celery, shared_task

app = Celery("jobs")


@app.task
def run(payload):  # source payload
    return str(pickle.loads(base64.b64decode(payload)))  # want error PKL101 from payload


@shared_task(bind=True)
def run_again(self, payload):  # source again
    return str(pickle.loads(base64.b64decode(payload)))  # want error PKL101 from again
