# Of a callback, parameters that are fed by sliders and the like are numbers.
import pickle

import gradio as gr


def resume(epoch):
    return pickle.load(open(f"ckpt-{epoch}.pkl", "rb"))  # ok: a slider gives a number


gr.Interface(resume, inputs=gr.Slider(1, 100), outputs="text").launch()


def by_name(epoch):
    return pickle.load(open(f"ckpt-{epoch}.pkl", "rb"))  # ok: a slider, by its name


gr.Interface(fn=by_name, inputs="slider", outputs="text").launch()


def both(path, epoch):
    pickle.load(open(f"{path}/last.pkl", "rb"))  # want error PKL101
    return pickle.load(open(f"ckpt-{epoch}.pkl", "rb"))  # ok: the second one is a slider


with gr.Blocks() as demo:
    path = gr.Textbox()
    epoch = gr.Slider(1, 100)
    gr.Button("Go").click(both, [path, epoch], gr.Label())


def twice(name):
    return pickle.load(open(f"{name}.pkl", "rb"))  # want error PKL101


with gr.Blocks() as other:
    gr.Button("By number").click(twice, inputs=[gr.Number()], outputs=[])
    gr.Button("By name").click(twice, inputs=[gr.Textbox()], outputs=[])


class Panel:
    def open_file(self, name, epoch):
        return pickle.load(open(name, "rb"))  # want error PKL101

    def by_epoch(self, epoch):
        return pickle.load(open(f"ckpt-{epoch}.pkl", "rb"))  # ok: a number

    def show(self):
        gr.Interface(self.open_file, [gr.Textbox(), gr.Slider()], "text").launch()
        gr.Interface(self.by_epoch, [gr.Number()], "text").launch()
