"""The document describes the routes that there are, and the report as the program writes it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.serve.asking import description
from tests.serve.checkers import quick
from tqcheck import __version__
from tqcheck.serve import body
from tqcheck.serve.application import Service
from tqcheck.serve.limits import Limits

SCHEMA = Path(__file__).parent.parent / "schemas" / "report.json"


def test_the_document_is_openapi() -> None:
    validator = pytest.importorskip("openapi_spec_validator")
    validator.validate(description())
    assert description()["openapi"].startswith("3.1.")
    assert description()["info"]["version"] == __version__


def test_the_validator_would_see_a_fault() -> None:
    validator = pytest.importorskip("openapi_spec_validator")
    broken = json.loads(json.dumps(description()))
    del broken["paths"]["/healthz"]["get"]["responses"]["200"]["description"]
    with pytest.raises(Exception, match="required property"):
        validator.validate(broken)


def test_the_document_has_the_routes_that_there_are() -> None:
    routes = {
        (route.path, method.lower()) for route in Service(quick, Limits()).routes for method in route.methods or ()
    }
    described = {(path, method) for path, methods in description()["paths"].items() for method in methods}
    assert described == {(path, method) for path, method in routes if method != "head"}


def test_the_report_in_the_document_is_the_one_that_the_program_writes() -> None:
    known = json.loads(SCHEMA.read_text("utf-8"))["$defs"]
    del known["desk"]
    schemas = description()["components"]["schemas"]
    for name, schema in known.items():
        assert schemas[_name(name)] == _referred(schema), name


def test_the_request_in_the_document_is_the_one_that_is_read() -> None:
    schema = description()["components"]["schemas"]["TextsToCheck"]
    assert set(schema["properties"]) == set(body.FIELDS)
    limits = {properties.get("maxLength") for name, properties in schema["properties"].items() if "name" in name}
    assert limits == {body.LONGEST_NAME}
    example = description()["paths"]["/v1/check"]["post"]["requestBody"]["content"]["application/json"]["examples"]
    for one in example.values():
        assert body.task(json.dumps(one["value"]).encode()).source


def _name(name: str) -> str:
    return name[0].upper() + name[1:]


def _referred(schema: Any) -> Any:
    if isinstance(schema, dict):
        return {
            key: f"#/components/schemas/{_name(value.rsplit('/', 1)[1])}" if key == "$ref" else _referred(value)
            for key, value in schema.items()
        }
    return [_referred(value) for value in schema] if isinstance(schema, list) else schema
