"""Gemma 3 as a graph for OpenVINO: weights in eight bits, arithmetic as the processor does it best.

Layer by layer: root mean square norms before and after each part, one head of keys and values for all heads of queries
(with norms of their own), rotated positions, five layers that see ``window`` positions for each that sees all, a gated
feed-forward part (Gemma Team 2025, "Gemma 3 Technical Report", section 2). B texts of T pieces follow on P pieces whose
keys and values are given: those of the fixed part of the prompt, or of what was said before.

The embeddings are looked up outside, and the softmax is a graph of its own, for the rows where a target stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from tqcheck.translate.gemma.unpack import Sizes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_GLOBAL_EVERY = 6
_LOCAL_BASE = 10_000.0
_HIDDEN = -1e9

Node = Any
"""OpenVINO types its nodes differently from version to version."""


class Model(Protocol):
    """What the network is made of."""

    @property
    def sizes(self) -> Sizes: ...

    def tensor(self, name: str, rows: NDArray[np.int64] | None = None) -> NDArray[np.float32]:
        """The numbers of a tensor by GGUF's name, output by input; or some of its rows."""


def body(model: Model) -> Any:
    """The network. In: ``embedded`` (B, T, width), ``keys`` and ``values`` (layers, 1 or B, P, head), ``rows``.

    Out: ``found``, the last layer's output at ``rows`` (which number the B × T places), and ``all_keys`` and
    ``all_values`` of P + T.
    """
    import numpy as np
    import openvino as ov
    from openvino import opset13 as op

    sizes = model.sizes
    embedded = op.parameter([-1, -1, sizes.width], np.float32, name="embedded")
    keys = op.parameter([sizes.layers, -1, -1, sizes.head], np.float32, name="keys")
    values = op.parameter([sizes.layers, -1, -1, sizes.head], np.float32, name="values")
    rows = op.parameter([-1], np.int32, name="rows")
    layers = _Layers(model, _Positions(sizes, embedded, keys))
    state = op.multiply(embedded, _number(sizes.width**0.5))
    all_keys, all_values = [], []
    for layer in range(sizes.layers):
        past = (op.gather(kind, _integer(layer), _integer(0)) for kind in (keys, values))
        state, key, value = layers.layer(layer, state, *past)
        all_keys.append(op.unsqueeze(key, _integer(0)))
        all_values.append(op.unsqueeze(value, _integer(0)))
    flat = op.reshape(state, _integers(-1, sizes.width), False)
    found = norm(op.gather(flat, rows, _integer(0)), model.tensor("output_norm.weight"), sizes.epsilon)
    outputs = [
        _called(found, "found"),
        _called(op.concat(all_keys, 0), "all_keys"),
        _called(op.concat(all_values, 0), "all_values"),
    ]
    return ov.Model(outputs, [embedded, keys, values, rows], "gemma")


def head(numbers: NDArray[np.int8], scales: NDArray[np.float32]) -> Any:
    """The softmax. In: ``found`` (N, width) and ``wanted`` (N), pieces by their rows in ``numbers``.

    Out: the ``score`` of the wanted pieces and the logarithm of the ``total`` of all, whose difference is a
    log-probability; ``mean`` and ``variance`` of the score of a piece drawn there; ``best`` and ``best_score``. The
    embeddings serve as the output's weights: ``numbers`` times ``scales``, by row.
    """
    import numpy as np
    import openvino as ov
    from openvino import opset13 as op

    found = op.parameter([-1, numbers.shape[1]], np.float32, name="found")
    wanted = op.parameter([-1], np.int32, name="wanted")
    scores = op.matmul(found, _dequantised(numbers, scales), False, True)
    best = op.topk(scores, _integer(1), axis=1, mode="max", sort="value", index_element_type="i32")
    highest = op.reduce_max(scores, _integers(1), True)
    below = op.subtract(scores, highest)
    shares = op.exp(below)
    whole = op.reduce_sum(shares, _integers(1), True)
    asked = op.gather(scores, op.unsqueeze(wanted, _integers(1)), _integer(1), batch_dims=1)
    weighed = op.multiply(shares, below)
    mean = op.divide(op.reduce_sum(weighed, _integers(1), True), whole)
    square = op.divide(op.reduce_sum(op.multiply(weighed, below), _integers(1), True), whole)
    outputs = [
        _called(op.squeeze(asked, _integers(1)), "score"),
        _called(op.squeeze(op.add(op.log(whole), highest), _integers(1)), "total"),
        _called(op.squeeze(op.add(mean, highest), _integers(1)), "mean"),
        _called(op.squeeze(op.subtract(square, op.multiply(mean, mean)), _integers(1)), "variance"),
        _called(op.squeeze(best.output(1), _integers(1)), "best"),
        _called(op.squeeze(highest, _integers(1)), "best_score"),
    ]
    return ov.Model(outputs, [found, wanted], "gemma-head")


def quantised(weights: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Eight-bit numbers and a scale for each row, whose product is about the weights."""
    import numpy as np

    scales = np.maximum(np.abs(weights).max(axis=1, keepdims=True) / 127, 1e-12).astype(np.float32)
    return np.round(weights / scales).astype(np.int8), scales


def norm(state: Node, gain: NDArray[np.float32], epsilon: float) -> Node:
    """Root mean square norm (Zhang and Sennrich 2019). A GGUF file has the 1 of Gemma's (1 + gain) added already."""
    from openvino import opset13 as op

    power = op.reduce_mean(op.multiply(state, state), _integers(-1), True)
    return op.multiply(op.divide(state, op.sqrt(op.add(power, _number(epsilon)))), op.constant(gain))


class _Positions:
    """What depends on where a piece stands: its rotation, and what it may see."""

    def __init__(self, sizes: Sizes, embedded: Node, keys: Node) -> None:
        import numpy as np
        from openvino import opset13 as op

        shape = op.shape_of(embedded)
        self.batch = op.gather(shape, _integers(0), _integer(0))
        self.past = op.gather(op.shape_of(keys), _integers(2), _integer(0))
        every = op.add(self.past, op.gather(shape, _integers(1), _integer(0)))
        start, end = (op.squeeze(place, _integers(0)) for place in (self.past, every))
        seen = op.unsqueeze(op.range(_integer(0), end, _integer(1), "i64"), _integers(0))
        here = op.unsqueeze(op.range(start, end, _integer(1), "i64"), _integers(1))
        before = op.less_equal(seen, here)
        near = op.greater(seen, op.subtract(here, _integer(sizes.window)))
        self._masks = tuple(
            op.select(allowed, _number(0), _number(_HIDDEN)) for allowed in (op.logical_and(before, near), before)
        )
        turns = []
        for base in (_LOCAL_BASE, sizes.base):
            speeds = (base ** (-np.arange(0, sizes.head, 2) / sizes.head)).astype(np.float32)
            angle = op.multiply(op.convert(here, "f32"), op.constant(np.tile(speeds, 2)[None]))
            turns.append(tuple(op.unsqueeze(side, _integers(0, 1)) for side in (op.cos(angle), op.sin(angle))))
        self._turns = tuple(turns)
        self._half = sizes.head // 2

    def mask(self, layer: int) -> Node:
        return self._masks[_is_global(layer)]

    def rotated(self, layer: int, vectors: Node) -> Node:
        """Rotary positions (Su et al. 2021) of (B, heads, T, head), the halves of a vector being the two coordinates.

        The library knows this form of it, and computes it in one go.
        """
        from openvino import opset13 as op

        cosine, sine = self._turns[_is_global(layer)]
        halves = op.variadic_split(vectors, _integer(-1), _integers(self._half, self._half))
        turned = op.concat([op.multiply(halves.output(1), _number(-1.0)), halves.output(0)], -1)
        return op.add(op.multiply(vectors, cosine), op.multiply(turned, sine))


class _Layers:
    def __init__(self, model: Model, positions: _Positions) -> None:
        self._model = model
        self._sizes = model.sizes
        self._positions = positions

    def layer(self, layer: int, state: Node, past_keys: Node, past_values: Node) -> tuple[Node, Node, Node]:
        """The state after a layer, and its keys and values of past and present."""
        from openvino import opset13 as op

        attended, key, value = self._attention(layer, self._norm(layer, "attn_norm", state), past_keys, past_values)
        state = op.add(state, self._norm(layer, "post_attention_norm", attended))
        inner = self._norm(layer, "ffn_norm", state)
        gate = op.gelu(self._linear(layer, "ffn_gate", inner), "tanh")
        made = self._linear(layer, "ffn_down", op.multiply(gate, self._linear(layer, "ffn_up", inner)))
        return op.add(state, self._norm(layer, "post_ffw_norm", made)), key, value

    def _attention(self, layer: int, state: Node, past_keys: Node, past_values: Node) -> tuple[Node, Node, Node]:
        from openvino import opset13 as op

        sizes, positions = self._sizes, self._positions
        heads = op.reshape(self._linear(layer, "attn_q", state), _integers(0, 0, sizes.heads, sizes.head), True)
        query = self._norm(layer, "attn_q_norm", op.transpose(heads, _integers(0, 2, 1, 3)))
        query = positions.rotated(layer, query)
        key = op.unsqueeze(self._norm(layer, "attn_k_norm", self._linear(layer, "attn_k", state)), _integers(1))
        key = op.squeeze(positions.rotated(layer, key), _integers(1))
        shape = op.concat([positions.batch, positions.past, _integers(sizes.head)], 0)
        key = op.concat([op.broadcast(past_keys, shape), key], 1)
        value = op.concat([op.broadcast(past_values, shape), self._linear(layer, "attn_v", state)], 1)
        likeness = op.matmul(query, op.unsqueeze(key, _integers(1)), False, True)
        scaled = op.multiply(likeness, _number(sizes.head**-0.5))
        shares = op.softmax(op.add(scaled, positions.mask(layer)), -1)
        mixed = op.transpose(op.matmul(shares, op.unsqueeze(value, _integers(1)), False, False), _integers(0, 2, 1, 3))
        joined = op.reshape(mixed, _integers(0, 0, sizes.heads * sizes.head), True)
        return self._linear(layer, "attn_output", joined), key, value

    def _norm(self, layer: int, name: str, state: Node) -> Node:
        return norm(state, self._model.tensor(f"blk.{layer}.{name}.weight"), self._sizes.epsilon)

    def _linear(self, layer: int, name: str, state: Node) -> Node:
        from openvino import opset13 as op

        weights = _dequantised(*quantised(self._model.tensor(f"blk.{layer}.{name}.weight")))
        return op.matmul(state, weights, False, True)


def _is_global(layer: int) -> bool:
    return (layer + 1) % _GLOBAL_EVERY == 0


def _dequantised(numbers: NDArray[np.int8], scales: NDArray[np.float32]) -> Node:
    from openvino import opset13 as op

    return op.multiply(op.convert(op.constant(numbers), "f32"), op.constant(scales))


def _called(node: Node, name: str) -> Node:
    output = node.output(0) if hasattr(node, "output") else node
    output.set_names({name})
    return output


def _integers(*values: int) -> Node:
    import numpy as np
    from openvino import opset13 as op

    return op.constant(np.array(values, np.int64))


def _integer(value: int) -> Node:
    import numpy as np
    from openvino import opset13 as op

    return op.constant(np.array(value, np.int64))


def _number(value: float) -> Node:
    import numpy as np
    from openvino import opset13 as op

    return op.constant(np.array(value, np.float32))
