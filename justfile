# One word each: lint, types, tests, and what is made from the program itself.

python := env_var_or_default("PYTHON", "python3")

# everything that CI asks for
default: lint types test

lint:
    ruff check .
    ruff format --check .

format:
    ruff check --fix .
    ruff format .

types:
    mypy

test *options:
    {{python}} -m pytest {{options}}

# inputs that nobody would write, against all that reads a file: docs/reliability.md
fuzz *options="--minutes 10":
    {{python}} -m tests.fuzz {{options}}

# what takes too long for every change: platforms, image, hooks, packages, locked versions, megabytes, the fuzz run
slow *parts:
    .ci/slow {{parts}}

# the wheel and the source distribution in clean environments, on every Python from 3.11 on that is here
packages folder="build/packages":
    .ci/packages {{folder}} --others

# the versions that are known to work together, with the hashes of their files; takes uv
lock:
    uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate \
        --custom-compile-command "just lock" pyproject.toml -o requirements/plain.txt
    uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate \
        --custom-compile-command "just lock" pyproject.toml --extra lm -o requirements/lm.txt
    uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate \
        --custom-compile-command "just lock" pyproject.toml --extra test -o requirements/test.txt

# what tqcheck says of corpora/: a difference here is a change of behaviour
reports:
    {{python}} reports/make.py

# the pages that are written by the program
docs:
    {{python}} docs/make.py

# speed and memory, each beside what one would take instead: half an hour of two processors, tables for docs/
bench:
    {{python}} benchmarks/cold.py
    {{python}} benchmarks/lengths.py
    {{python}} benchmarks/peers.py align
    {{python}} benchmarks/translate.py
    {{python}} benchmarks/peers.py estimate
    {{python}} benchmarks/desk.py
    {{python}} benchmarks/flame.py
