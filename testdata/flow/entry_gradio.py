# gradio: the function of a button and of an interface.
import pickle

import gradio as gr


def restore(upload):  # source upload
    with open(upload.name, "rb") as handle:
        return str(pickle.load(handle))  # want error PKL101 from upload


def show(upload):  # source shown
    with open(upload, "rb") as handle:
        return str(pickle.load(handle))  # want error PKL101 from shown


with gr.Blocks() as demo:
    file = gr.File()
    text = gr.Textbox()
    button = gr.Button("load")
    button.click(fn=restore, inputs=file, outputs=text)

other = gr.Interface(show, gr.File(type="filepath"), "text")
