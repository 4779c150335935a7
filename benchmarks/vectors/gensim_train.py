"""gensim_train.py CORPUS OUT SEED sg|cbow: word2vec of gensim on one thread, beside Sequor's settings.

Prints the raw words it reads in a second, without the pass for the vocabulary.
"""
import sys
import time
from gensim.models import Word2Vec
from gensim.models.word2vec import LineSentence

corpus, out, seed, way = sys.argv[1:]
model = Word2Vec(
    vector_size=100, window=5, negative=5, sample=1e-4, min_count=5, workers=1, seed=int(seed),
    sg=int(way == "sg"), alpha=0.025 if way == "sg" else 0.05, max_vocab_size=None,
)
model.build_vocab(LineSentence(corpus))
start = time.time()
model.train(LineSentence(corpus), total_examples=model.corpus_count, epochs=5)
seconds = time.time() - start
print(f"{5 * model.corpus_total_words / seconds:.0f} words/s")
model.wv.save_word2vec_format(out, binary=True)
