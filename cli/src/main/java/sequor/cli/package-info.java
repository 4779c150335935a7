/// The command line: one class a command, named after its verb.
///
/// Results go to standard output, everything else (progress, warnings, errors) to standard error.
/// With `--json` a result is one JSON object a line. Exit codes: 0 done, 1 failed, 2 misused.
///
/// Open first: [Main], [TrainCommand], [Output].
@NullMarked
package sequor.cli;

import org.jspecify.annotations.NullMarked;
