"""Compares what Sequor, fastText and gensim make of the same files of word vectors.

agree.py FOLDER, which agree.sh fills. Prints the largest difference of each comparison, and fails if
one is too large.
"""
import sys
import numpy as np
from gensim.models import KeyedVectors
from gensim.models.fasttext import load_facebook_vectors

folder = sys.argv[1]
failed = False


def printed(name):
    rows = {}
    for line in open(f"{folder}/{name}", encoding="utf-8"):
        word, *numbers = line.rstrip("\n").split(" ")
        rows[word] = np.array([float(n) for n in numbers if n], dtype=np.float32)
    return rows


def compare(what, ours, theirs, most):
    global failed
    assert set(ours) == set(theirs), what
    worst = max(float(np.abs(ours[w] - theirs[w]).max()) for w in ours)
    failed |= not worst <= most
    print(f"{what}: {len(ours)} words, largest difference {worst:.1e}, {'ok' if worst <= most else 'WRONG'}")


words = [line.rstrip("\n") for line in open(f"{folder}/words.txt", encoding="utf-8")]
for made in ["fasttext", "sequor"]:
    model = load_facebook_vectors(f"{folder}/{made}.bin")
    known = sum(word in model.key_to_index for word in words)
    print(f"{made}.bin: {known} of the words known, {len(words) - known} not")
    ours = printed(f"{made}.sequor")
    compare(f"{made}.bin, Sequor and gensim", ours, {w: model[w] for w in words}, 1e-6)
    # fastText prints five digits, which is 5e-5 of a number at most
    theirs = printed(f"{made}.fasttext")
    scale = {w: np.maximum(np.abs(v), 1e-3) for w, v in ours.items()}
    compare(
        f"{made}.bin, Sequor and fastText, of each number",
        {w: v / scale[w] for w, v in ours.items()},
        {w: v / scale[w] for w, v in theirs.items()},
        1e-4,
    )

plain = printed("plain.sequor")
for name, how in [
    ("plain.bin", dict(binary=True)),
    ("plain.vec", dict(binary=False)),
    ("plain.txt", dict(binary=False, no_header=True)),
]:
    read = KeyedVectors.load_word2vec_format(f"{folder}/{name}", **how)
    there = {w: v for w, v in plain.items() if len(v)}
    compare(f"{name}, Sequor and gensim", there, {w: read[w] for w in there}, 0)
sys.exit(failed)
