#!/bin/sh
# How fast Sequor, fastText and gensim learn word vectors from the same text with the same settings,
# one after the other on one thread, and how good these are.
#
#   benchmarks/vectors/speed.sh QUESTIONS SEEDS CORPUS…
#   benchmarks/vectors/speed.sh data/wordsim "1 2 3" wikipedia-800.txt.gz gutenberg-20.txt.gz
#
# QUESTIONS is a folder with EN-WS-353-ALL.txt, EN-SIMLEX-999.txt, EN-MEN-TR-3k.txt and
# questions-words.txt. Needs what agree.sh needs. Prints a line a training: who, way, seed, words/s, and
# the four results. It is worth something only on a machine that does nothing else.
set -eu
home=$(cd "$(dirname -- "$0")/../.." && pwd)
. "$home/.mvn/jdk.sh"
find_jdk
questions=$(cd "$1" && pwd)
seeds=$2
shift 2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
app=$home/cli/target/app
[ -d "$app" ] || (cd "$home" && ./mvnw -q -Dquick -Dmaven.test.skip -pl cli -am package)
# the words as Sequor cuts them: small letters, signs apart, so that all read the same ones
for file in "$@"; do
  case $file in *.gz) gzip -dc "$file" ;; *) cat "$file" ;; esac
done | tr '[:upper:]' '[:lower:]' | sed "s/[^[:alnum:][:space:]'-]/ & /g" >"$work/corpus.txt"
quality() { # VECTORS
  for asked in EN-WS-353-ALL EN-SIMLEX-999 EN-MEN-TR-3k questions-words; do
    "$app/bin/sequor" evaluate "$1" --data "$questions/$asked.txt" 2>/dev/null |
      sed -n 's/^\(spearman\|analogy_accuracy\)  *\([-0-9.]*\).*/\2/p' | head -n 1
  done | tr '\n' ' '
}
report() { echo "$1 $2 seed $3: $4 words/s; WS-353, SimLex, MEN, analogies: $(quality "$5")"; }
sequor() { # WAY SEED sg|subwords|cbow RATE
  rate=$("$JDK/bin/java" --add-modules jdk.incubator.vector -cp "$app/lib/*" \
    "$home/benchmarks/vectors/Train.java" "$work/corpus.txt" "$work/sequor.bin" "$2" "$3" "$4" 2>"$work/log") ||
    { cat "$work/log" >&2; exit 1; }
  report sequor "$1" "$2" "${rate% words/s}" "$work/sequor.bin"
}
fast() { # WAY SEED command and options
  way=$1
  seed=$2
  shift 2
  fasttext "$@" -input "$work/corpus.txt" -output "$work/fast" -dim 100 -ws 5 -neg 5 -t 1e-4 -minCount 5 \
    -epoch 5 -thread 1 -seed "$seed" >/dev/null 2>"$work/log"
  rate=$(tr '\r' '\n' <"$work/log" | sed -n 's/.*words\/sec\/thread: *\([0-9]*\).*/\1/p' | tail -n 1)
  report fasttext "$way" "$seed" "$rate" "$work/fast.bin"
}
gensim() { # WAY SEED sg|cbow
  rate=$("${PYTHON:-/usr/bin/python3}" "$home/benchmarks/vectors/gensim_train.py" "$work/corpus.txt" \
    "$work/gensim.bin" "$2" "$3" 2>/dev/null)
  report gensim "$1" "$2" "${rate% words/s}" "$work/gensim.bin"
}
for seed in $seeds; do
  sequor skip-gram "$seed" sg 0.025
  gensim skip-gram "$seed" sg
  fast skip-gram "$seed" skipgram -lr 0.025 -maxn 0
  sequor subwords "$seed" subwords 0.05
  fast subwords "$seed" skipgram -lr 0.05 -minn 3 -maxn 6
  sequor cbow "$seed" cbow 0.05
  gensim cbow "$seed" cbow
  fast cbow "$seed" cbow -lr 0.05 -maxn 0
done
