# Writes scores.tsv, the scores that BleuTest compares with (sacreBLEU 2.6.0):
#   python scores.py FOLDER_OF_MULTI30K > scores.tsv
# Each row: hypothesis, reference, second reference, and of the sentence BLEU 13a, BLEU intl,
# BLEU 13a of small letters, BLEU char, BLEU 13a of both references, chrF, chrF++, chrF of both references.
# A last row that begins with CORPUS has those of all sentences together.
import gzip
import random
import sys

from sacrebleu.metrics import BLEU, CHRF


def lines(name):
    with gzip.open(sys.argv[1] + "/" + name, "rt", encoding="utf-8", newline="\n") as file:
        return [line.rstrip("\r\n") for line in file]


random.seed(7)
english = lines("test_2016_flickr.en.gz")[:60]
german = lines("test_2016_flickr.de.gz")[:20]
french = lines("test_2016_flickr.fr.gz")[:20]


def damaged(text):
    words = text.split(" ")
    for _ in range(random.randint(0, 4)):
        at = random.randrange(len(words))
        act = random.randrange(4)
        if act == 0:
            words[at] = words[at].upper()
        elif act == 1 and len(words) > 1:
            del words[at]
        elif act == 2:
            words.insert(at, random.choice(words))
        else:
            random.shuffle(words)
    return " ".join(words)


pairs = [(damaged(text), text) for text in english + german + french]
pairs += [
    ("It costs $3.50, i.e. 2,000-3,000 a year - or so.", "It costs $3.50, that is 2,000-3,000 a year."),
    ("Tom &amp; Jerry &quot;run&quot; &lt;fast&gt;", 'Tom & Jerry "run" <fast>'),
    ("„Guten Tag“, sagte er – leise…", "„Guten Tag“, sagte er leise …"),
    ("«Bonjour !» dit-il\u00a0: l’été arrive", "« Bonjour ! » dit-il : l'été arrive"),
    ("カエルが池に飛び込む。", "蛙が池へ飛び込んだ。"),
    ("개구리가 연못에 뛰어든다 ☺", "개구리가 연못으로 뛰어들었다 ☺"),
    ("€5 + 7% = ½ × 11", "€ 5 + 7 % = ½ × 10"),
    ("\U0001f438 jumps ٣٤.٥ and ٣،٤", "\U0001f438 jumped ٣٤.٥ or ٣،٤"),
    ("İstanbul'da ΣΑΣ STRASSE", "istanbul'da σας straße"),
    ("left right", "left right"),
    ("", "nothing was said"),
    ("something was said", ""),
    ("a\u2028b c\u0085d\u001ce", "a b c d e"),
    ("the the the the the the the", "the cat is on the mat"),
    ("The cat sat on the mat.", "the cat sat on the mat ."),
    ("<skipped>well.known 1.5.2 a.b", "well known 1.5.2 a. b"),
]
seconds = [damaged(reference) if reference else "x" for _, reference in pairs]
hypotheses = [pair[0] for pair in pairs]
references = [pair[1] for pair in pairs]


def metrics(sentence):
    bleu = lambda **more: BLEU(effective_order=sentence, **more)
    return [
        (bleu(), False),
        (bleu(tokenize="intl"), False),
        (bleu(lowercase=True), False),
        (bleu(tokenize="char"), False),
        (bleu(), True),
        (CHRF(), False),
        (CHRF(word_order=2), False),
        (CHRF(), True),
    ]


for hypothesis, reference, second in zip(hypotheses, references, seconds):
    scores = [
        metric.sentence_score(hypothesis, [reference, second] if both else [reference]).score
        for metric, both in metrics(True)
    ]
    print("\t".join([hypothesis, reference, second] + [repr(score) for score in scores]))
scores = [
    metric.corpus_score(hypotheses, [references, seconds] if both else [references]).score
    for metric, both in metrics(False)
]
print("\t".join(["CORPUS", "", ""] + [repr(score) for score in scores]))
