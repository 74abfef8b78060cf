# A run that goes on from what an earlier run has saved reads its own file, whoever names the folder.
import argparse
from pathlib import Path

import torch
from pytorch_lightning import Trainer
from pytorch_lightning.callbacks import ModelCheckpoint
from transformers import TrainingArguments


def options():
    parser = argparse.ArgumentParser()
    parser.add_argument("--save-to")  # source save
    parser.add_argument("--start-from")  # source start
    parser.add_argument("--out")  # source out
    return parser.parse_args()


def resume():
    args = options()
    folder = Path(args.save_to)
    saver = ModelCheckpoint(dirpath=folder, save_last=True)
    trainer = Trainer(callbacks=[saver])
    trainer.fit(net, ckpt_path=folder / "last.ckpt")  # want note PKL206 from save


def other_folder():
    args = options()
    trainer = Trainer(callbacks=[ModelCheckpoint(dirpath=args.save_to)])
    trainer.fit(net, ckpt_path=Path(args.start_from) / "last.ckpt")  # want warning PKL206 from start


def the_file_itself():
    args = options()
    trainer = Trainer(callbacks=[ModelCheckpoint(dirpath=args.save_to)])
    trainer.fit(net, ckpt_path=args.start_from)  # want warning PKL206 from start


def arguments():
    args = options()
    training = TrainingArguments(output_dir=args.out)
    state = torch.load(Path(args.out) / "trainer.pt", weights_only=False)  # want note PKL201 from out
    return training, state


resume(), other_folder(), the_file_itself(), arguments()
