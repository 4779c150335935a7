#!/bin/sh
# Do Sequor, fastText and gensim say the same of the same files of word vectors?
#
#   benchmarks/vectors/agree.sh CORPUS      a text, gzipped or not, of some million words
#
# Needs `fasttext` and a Python with gensim ($PYTHON, or /usr/bin/python3; on Debian the packages
# fasttext and python3-gensim). Each of them is a process of its own.
set -eu
home=$(cd "$(dirname -- "$0")/../.." && pwd)
. "$home/.mvn/jdk.sh"
find_jdk
corpus=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
app=$home/cli/target/app
[ -d "$app" ] || (cd "$home" && ./mvnw -q -Dquick -Dmaven.test.skip -pl cli -am package)
java() { "$JDK/bin/java" --add-modules jdk.incubator.vector -cp "$app/lib/*" "$@" 2>"$work/err"; }
printed() { java "$home/benchmarks/vectors/Print.java" "$@" || { cat "$work/err" >&2; exit 1; }; }

case $corpus in *.gz) gzip -dc "$corpus" ;; *) cat "$corpus" ;; esac | tr '[:upper:]' '[:lower:]' |
  head -c 20000000 | iconv -c -f utf-8 -t utf-8 >"$work/corpus.txt"
fasttext skipgram -input "$work/corpus.txt" -output "$work/fasttext" -dim 20 -epoch 1 -thread 1 \
  -minn 3 -maxn 6 -bucket 20000 >/dev/null 2>&1
train() { # NAME KEY=VALUE…
  name=$1
  shift
  set -- $(printf -- '--set %s ' "$@")
  "$app/bin/sequor" train embed --data "$work/corpus.txt" --out "$work/$name" --set model.dimension=20 \
    --set training.epochs=1 "$@" >/dev/null 2>"$work/err" || { cat "$work/err" >&2; exit 1; }
}
train subwords model.longest=6 model.buckets=20000
train plain model.longest=0
mv "$work/subwords/model/vectors.bin" "$work/sequor.bin"
mv "$work/plain/model/vectors.bin" "$work/plain.bin"
printed "$work/plain.bin" "$work/plain.vec"
printed "$work/plain.bin" "$work/plain.txt"

# words that both know, and words that neither has ever seen
{
  tail -n +3 "$work/fasttext.vec" | cut -d ' ' -f 1 | grep -v '</s>' | head -n 2000 | awk 'NR % 5 == 0'
  tail -n +3 "$work/fasttext.vec" | cut -d ' ' -f 1 | grep -v '</s>' | head -n 400 | sed 's/$/xyq/'
  printf '%s\n' 한국어 한글이다 naïveté Überzeugung 東京都 q a
} | sort -u >"$work/words.txt"
for made in fasttext sequor; do
  printed "$work/$made.bin" "$work/words.txt" >"$work/$made.sequor"
  fasttext print-word-vectors "$work/$made.bin" <"$work/words.txt" >"$work/$made.fasttext"
done
printed "$work/plain.bin" "$work/words.txt" >"$work/plain.sequor"
"${PYTHON:-/usr/bin/python3}" "$home/benchmarks/vectors/agree.py" "$work"
