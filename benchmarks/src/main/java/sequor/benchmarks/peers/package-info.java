/// Sequor and its peers side by side, in one run.
///
/// A parent process starts one child for each who takes part and for each number of threads, and
/// lets them run in turn: two libtorchs cannot live in one process, and what else happens on the
/// machine should meet all alike.
///
/// ```
/// Bench → Contest → ChildProcess  ⇄  Child → Contestant
///       → JobContest              ←  SequorJob, TorchJob
///       → Report → ResultTable
/// Duels → Duel → CheckoutWork, of this checkout and of another
/// ```
///
/// Open first: [Rows], [Contest], [Contestant]; [Duel] for a change of Sequor itself.
@NullMarked
package sequor.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
