#!/bin/sh
# How long Sequor's bag of words and pairs and fastText's classifier learn the same film reviews, one
# after the other, and how well.
#
#   benchmarks/bag.sh IMDB [THREADS]      the folder of train.csv.gz, valid.csv.gz and test.csv.gz
#
# fastText takes its ten passes with pairs of words and 20 numbers a word; Sequor takes four of its own,
# with Adagrad, which need fewer. Both read the same words from text files, and both times hold all that
# they do: reading, learning, and for Sequor its floor, its report and its model. Needs `fasttext` and
# python3. It is worth something only on a machine that does nothing else.
set -eu
home=$(cd "$(dirname -- "$0")/.." && pwd)
. "$home/.mvn/jdk.sh"
find_jdk
export JAVA_HOME="$JDK"
imdb=$(cd "$1" && pwd)
threads=${2:-1}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
app=$home/cli/target/app
[ -d "$app" ] || (cd "$home" && ./mvnw -q -Dquick -Dmaven.test.skip -pl cli -am package)
python3 - "$imdb" "$work" <<'PYTHON'
import csv, gzip, re, sys

csv.field_size_limit(10**9)
for part in ("train", "valid", "test"):
    with gzip.open(f"{sys.argv[1]}/{part}.csv.gz", "rt", newline="", encoding="utf-8") as rows, open(
        f"{sys.argv[2]}/{part}.txt", "w", encoding="utf-8"
    ) as lines, open(f"{sys.argv[2]}/{part}.tsv", "w", encoding="utf-8") as table:
        table.write("review\tsentiment\n")
        for row in csv.DictReader(rows):
            text = re.sub(r"<[^>]*>", " ", row["review"]).lower()
            words = " ".join(re.findall(r"\w+(?:['’.]\w+)*|[^\w\s\"]", text))
            lines.write(f"__label__{row['sentiment']} {words}\n")
            table.write(f"{words}\t{row['sentiment']}\n")
PYTHON
seconds() { # COMMAND…
  begin=$(date +%s.%N)
  "$@" >"$work/out" 2>"$work/err" || { cat "$work/out" "$work/err" >&2; exit 1; }
  end=$(date +%s.%N)
  echo "$begin $end" | awk '{printf "%.1f s", $2 - $1}'
}
time=$(seconds fasttext supervised -input "$work/train.txt" -output "$work/fast" -dim 20 -wordNgrams 2 \
  -epoch 10 -lr 0.5 -thread "$threads")
rate=$(tr '\r' '\n' <"$work/err" | sed -n 's/.*words\/sec\/thread: *\([0-9]*\).*/\1/p' | tail -n 1)
right=$(fasttext test "$work/fast.bin" "$work/test.txt" | sed -n 's/^P@1[[:space:]]*//p')
echo "fasttext  $time in all, $rate words/s a thread, accuracy $right"
time=$(SEQUOR_JAVA_OPTS="-Xmx4g -Dsequor.threads=$threads" seconds "$app/bin/sequor" train imdb-bag \
  --data "$work/train.tsv" --set data.valid_file="$work/valid.tsv" --set data.test_file="$work/test.tsv" \
  --set tokens.tokenizer=whitespace --set tokens.transforms='[]' \
  --set training.optimizer=adagrad --set training.learning_rate=0.06 --set training.epochs=4 --out "$work/run")
echo "sequor    $time in all, $(sed -n 's/^accuracy  *\([0-9.]*\).*/accuracy \1/p' "$work/out" | head -n 1)"
