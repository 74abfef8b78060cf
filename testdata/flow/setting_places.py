# A setting counts wherever its value is stored: variables, attributes, keys, keyword arguments.
from celery import Celery

SERIALIZER = "pickle"

app = Celery("tasks")
app.conf.task_serializer = SERIALIZER  # want PKL801
app.conf["result_serializer"] = "pickle"  # want PKL801
app.conf.update(
    timezone="UTC",
    event_serializer="pickle",  # want PKL801
)
app.conf.update({"accept_content": ["json", "pickle"]})  # want PKL801

CELERY_ACCEPT_CONTENT = ("json", "application/x-python-serialize")  # want PKL801
CELERY_RESULT_SERIALIZER = "json"  # ok: JSON


class Settings:
    CELERY_TASK_SERIALIZER = "pickle"  # want PKL801
    accept_content = ["json"]  # ok: JSON


def configure(queue, serializer):
    queue.conf.task_serializer = serializer  # want PKL801


configure(app, "pickle")


def from_environment(queue, serializer):
    queue.conf.task_serializer = serializer  # ok: not known


ALIASES = {"pickle": "json"}
task_serializer = ALIASES["pickle"]  # ok: JSON
