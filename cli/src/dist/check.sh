#!/bin/sh
# Unpacks what was packed and starts it, with next to no environment: check.sh VERSION APP.zip IMAGE.zip
# Maven says in TOOLCHAIN_JAVA_HOME where the JDK 25 is.
set -eu
version=$1 app=$2 image=$3
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
there=$folder/sequor-$version

unpacked() { # zip
  rm -rf "$there"
  unzip -q "$1" -d "$folder"
  for file in LICENSE README.md completion/sequor.sh; do
    if [ ! -s "$there/$file" ]; then
      echo "check.sh: ${1##*/}: expected $file in it, found none" >&2
      exit 1
    fi
  done
}

starts() { # zip, place of Java
  said=$(env -i PATH=/usr/bin:/bin HOME="$folder/home" XDG_CACHE_HOME=/dev/null JAVA_HOME="$2" \
    "$there/bin/sequor" --version 2>"$folder/err") || said="exit code $?: $(cat "$folder/err")"
  if [ "$said" != "sequor $version" ]; then
    echo "check.sh: ${1##*/}: expected it to start and say 'sequor $version', found '$said'" >&2
    exit 1
  fi
}

unpacked "$app"
starts "$app" "$TOOLCHAIN_JAVA_HOME"
unpacked "$image"
rm "$there/bin/jdk.sh" # so that no other Java can be found
starts "$image" ""
