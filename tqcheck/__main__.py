"""``python -m tqcheck``: the same as the command ``tqcheck``."""

from tqcheck.cli import main

raise SystemExit(main())
