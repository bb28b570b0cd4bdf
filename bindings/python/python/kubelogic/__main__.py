"""The command ``kubelogic``, also as ``python -m kubelogic``."""

from __future__ import annotations

import signal
import sys

from . import _native


def main() -> None:
    """Runs the command and exits with its code: 0 yes, 1 no, 2 undecided or could not evaluate."""
    # Python only takes note of Ctrl-C and waits for its own code to go on; a command ends at once.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.exit(_native.run(["kubelogic", *sys.argv[1:]]))


if __name__ == "__main__":
    main()
