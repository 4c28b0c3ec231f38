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
    {{python}} benchmarks/peers.py estimate
    {{python}} benchmarks/desk.py
    {{python}} benchmarks/flame.py
