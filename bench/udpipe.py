"""Compares the language room with UDPipe 1, trained on the same files, in one run on one core each.

    pip install ufal.udpipe
    cargo build --release -p eval
    python bench/udpipe.py ../shared target/release/eval target/udpipe [ROUNDS]

Trains UDPipe if the folder holds no model of it yet: with its default options, which takes hours, or with so many rounds of
each part, which is quick and costs it accuracy but no speed. Then both read the raw text of en_ewt-dev, from text to tree,
without the time to load their models.
"""

import pathlib
import subprocess
import sys
import time

from ufal.udpipe import InputFormat, Model, Pipeline, ProcessingError, Sentence, Sentences, Trainer


def sentences(*paths):
    found = Sentences()
    for path in paths:
        reader, error = InputFormat.newConlluInputFormat(), ProcessingError()
        reader.setText(path.read_text("utf-8"))
        sentence = Sentence()
        while reader.nextSentence(sentence, error):
            found.append(sentence)
            sentence = Sentence()
        if error.occurred():
            sys.exit(f"{path}: {error.message}")
    return found


def train(treebank, out, rounds):
    error = ProcessingError()
    started = time.time()
    model = Trainer.train(
        "morphodita_parsito",
        sentences(treebank / "en_ewt-train.conllu", treebank / "en_gum-free-train.conllu"),
        sentences(),
        f"epochs={rounds}" if rounds else Trainer.DEFAULT,
        f"iterations={rounds}" if rounds else Trainer.DEFAULT,
        f"iterations={rounds}" if rounds else Trainer.DEFAULT,
        error,
    )
    if error.occurred():
        sys.exit(f"udpipe: {error.message}")
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(model.encode("utf-8", "surrogateescape") if isinstance(model, str) else model)
    print(f"UDPipe trained in {time.time() - started:.0f} s, {out.stat().st_size} bytes")


def raw(path):
    """The text of a treebank, paragraphs apart, as `eval parse` makes it."""
    text = ""
    for line in path.read_text("utf-8").splitlines():
        if line.startswith(("# newpar", "# newdoc")):
            text = text.rstrip() + "\n\n"
        elif line.startswith("# text = "):
            text += line.removeprefix("# text = ") + " "
    return text.strip() + "\n"


def main():
    shared, scorer, folder = map(pathlib.Path, sys.argv[1:4])
    at = folder / "en.udpipe"
    if not at.exists():
        train(shared / "treebank", at, int(sys.argv[4]) if len(sys.argv) > 4 else None)
    gold = shared / "treebank/en_ewt-dev.conllu"
    text = raw(gold)
    # The pipeline does not keep its model alive: this name does.
    model = Model.load(str(at))
    pipeline = Pipeline(model, "tokenize", Pipeline.DEFAULT, Pipeline.DEFAULT, "conllu")
    pipeline.process("A first sentence.\n", ProcessingError())
    started = time.process_time()
    told = pipeline.process(text, ProcessingError())
    seconds = time.process_time() - started
    (folder / "told.conllu").write_text(told, "utf-8")
    words = sum(line[:1].isdigit() and line.split("\t")[0].isdigit() for line in told.splitlines())
    print(f"UDPipe: {words / seconds:.0f} tokens/s on one core", flush=True)
    subprocess.run([scorer, "parse", "--beside", folder / "told.conllu", gold], check=True)


main()
