# Values of which nothing is known, stored in every place that there is.
import pickle
import socket

current = None
table = {}


class Box:
    held = None


def everywhere(names, box=Box()):
    global current
    inner = None

    def nested():
        nonlocal inner
        try:
            inner = names[0].build()
        except OSError as error:
            inner = error
        for inner in names:
            pass
        with open("x") as inner:
            pass
        inner, *rest = names
        del inner

    try:
        current = names[0].build()
    except Exception as error:
        current = box.held = table["a"] = Box.held = error
        table["b"], *box.rest, Box.other = error
        names += error
        names.append(error)
        raise error from error
    for current in names:
        pass
    for box.held in names:
        pass
    with open("x") as current, open("y") as table["c"]:
        pass
    match names:
        case [Box(held=current), *rest] | {"k": current, **rest}:
            box.held = rest
    current = await_it()
    nested()
    for current in generate(names):
        pass
    del current, box.held, table["a"]


def generate(names, box=Box()):
    global current
    current = yield
    box.held = yield from names
    current += (yield)
    current = (lambda: (yield))()


async def await_it():
    global current
    async with names as current:
        async for current in names:
            current = await current
    current = [x async for x in current]


def run(sock):
    everywhere(2)
    return pickle.loads(sock.recv(10))


run(socket.socket())
