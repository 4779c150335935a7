# Finds a Java 25 for the scripts and puts its folder into JDK.

is_java_25() { # folder, program that must be there
  [ -x "$1/bin/$2" ] && [ -f "$1/release" ] && grep -q '^JAVA_VERSION="25[".]' "$1/release"
}

find_jdk() { # with a compiler, or, as `find_jdk java`, any that runs programs
  on_path=$(readlink -f -- "$(command -v java || true)" 2>/dev/null || true)
  for JDK in "${JAVA_HOME:-}" "${on_path%/bin/java}" \
    /usr/lib/jvm/* /opt/*jdk* /opt/java/* "${HOME:-}"/.sdkman/candidates/java/* \
    "${HOME:-}"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if is_java_25 "$JDK" "${1:-javac}"; then
      return 0
    fi
  done
  echo "sequor: expected a JDK 25 in JAVA_HOME, on the PATH or in one of the usual folders (such as" >&2
  echo "  /usr/lib/jvm), found JAVA_HOME=${JAVA_HOME:-} and none there." >&2
  echo "  Install one, for example Temurin 25 from https://adoptium.net, and set JAVA_HOME to it." >&2
  exit 1
}
