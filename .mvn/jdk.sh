# Finds a JDK 25 for the scripts of this checkout and puts its folder into JDK.

is_jdk_25() {
  [ -x "$1/bin/javac" ] && [ -f "$1/release" ] && grep -q '^JAVA_VERSION="25[".]' "$1/release"
}

find_jdk() {
  for JDK in "${JAVA_HOME:-}" \
    /usr/lib/jvm/* /opt/*jdk* /opt/java/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if is_jdk_25 "$JDK"; then
      return 0
    fi
  done
  echo "sequor: expected a JDK 25 in JAVA_HOME or one of the usual folders (such as /usr/lib/jvm)," >&2
  echo "  found JAVA_HOME=${JAVA_HOME:-} and none there." >&2
  echo "  Install one, for example Temurin 25 from https://adoptium.net, and set JAVA_HOME to it." >&2
  exit 1
}
