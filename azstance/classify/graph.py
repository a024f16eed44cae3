"""The encoder's network, written anew so that it multiplies whole numbers; home of onnx.

The file of the encoder keeps its weights in 8 bits, one scale per column, and turns them into
floating-point numbers before it multiplies. Here the states are rounded to 8 bits as well (each
matrix by its own range, the widest by the range of each of its rows), multiplied as whole numbers,
and scaled afterwards: dynamic quantization as in Jacob et al. (2018), "Quantization and training of
neural networks for efficient integer-arithmetic-only inference". Everything else is the network of
the file: embeddings, attention, feed-forward layers (Vaswani et al. 2017; Devlin et al. 2019).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import onnx
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

if TYPE_CHECKING:
    Array = np.ndarray[Any, Any]

INPUT, OUTPUT = "tokens", "states"
_HEADS = 12
_TINY = 1e-12
_OPSET, _IR = 17, 9
_RUNTIME = "com.microsoft"
"""The domain of onnxruntime's own operators."""
_HALF = np.uint8(128)
_PARTS = ("query", "key", "value")


def whole_number_graph(path: Path) -> bytes:
    """The graph of the encoder's file: from token numbers (n) to states (n, width)."""
    return bytes(_Graph(_Weights(onnx.load(path))).model().SerializeToString())


def largest_product() -> bytes:
    """A graph that multiplies INPUT, 64 numbers up to 255, with as many of 127.

    Processors without instructions for it add such products up in 16 bits, too few for the sum.
    """
    product = helper.make_node("MatMulInteger", [INPUT, "q"], [OUTPUT])
    graph = helper.make_graph(
        [product],
        "product",
        [helper.make_tensor_value_info(INPUT, TensorProto.UINT8, [1, 64])],
        [helper.make_tensor_value_info(OUTPUT, TensorProto.INT32, [1, 64])],
        [numpy_helper.from_array(np.full((64, 64), 127, np.int8), "q")],
    )
    opsets = [helper.make_opsetid("", _OPSET)]
    return bytes(helper.make_model(graph, opset_imports=opsets, ir_version=_IR).SerializeToString())


class _Weights:
    """The arrays of the encoder's file by the names of its layers."""

    def __init__(self, model: ModelProto) -> None:
        self._arrays = {each.name: numpy_helper.to_array(each) for each in model.graph.initializer}
        self._matrices = self._named(model)

    def _named(self, model: ModelProto) -> dict[str, str]:
        """The matrices have numbers for names; what they are is told by the bias that follows."""
        after: dict[str, NodeProto] = {
            name: node for node in model.graph.node for name in node.input
        }
        found = {}
        for node in model.graph.node:
            matrix = node.input[1] if node.op_type == "MatMul" else ""
            if f"{matrix}_q" in self._arrays:
                biases = [name for name in after[node.output[0]].input if name.endswith(".bias")]
                found[biases[0].removesuffix(".bias")] = matrix
        return found

    @property
    def layers(self) -> int:
        return 1 + max(int(name.split(".")[3]) for name in self._matrices)

    def plain(self, name: str) -> Array:
        """An array that is kept as it is."""
        return self._arrays[f"inner.{name}"]

    def scaled(self, name: str) -> tuple[Array, Array]:
        """An array in 8 bits with the scale of each row."""
        return self._arrays[f"inner.{name}_q"], self._arrays[f"inner.{name}_scale"]

    def dense(self, *names: str) -> tuple[Array, Array, Array]:
        """Weights, scales of the columns and biases of layers side by side."""
        found = [self._matrices[f"inner.{name}"] for name in names]
        return (
            np.concatenate([self._arrays[f"{each}_q"] for each in found], axis=1),
            np.concatenate([self._arrays[f"{each}_scale"].reshape(-1) for each in found]),
            np.concatenate([self.plain(f"{name}.bias") for name in names]),
        )


class _Graph:
    """Writes the graph node by node."""

    def __init__(self, weights: _Weights) -> None:
        self._weights = weights
        self._nodes: list[NodeProto] = []
        self._constants: dict[str, Array] = {}

    def model(self) -> ModelProto:
        """The whole network."""
        states = self._embedded()
        for number in range(self._weights.layers):
            states = self._layer(f"encoder.layer.{number}", states)
        self._node("Identity", [states], OUTPUT)
        width = len(self._weights.plain("embeddings.LayerNorm.bias"))
        graph = helper.make_graph(
            self._nodes,
            "encoder",
            [helper.make_tensor_value_info(INPUT, TensorProto.INT64, ["n"])],
            [helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, ["n", width])],
            [numpy_helper.from_array(held, name) for name, held in self._constants.items()],
        )
        opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_RUNTIME, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=_IR)

    def _node(self, kind: str, inputs: list[str], output: str, **attributes: Any) -> str:
        self._nodes.append(helper.make_node(kind, inputs, [output], **attributes))
        return output

    def _constant(self, name: str, value: Any) -> str:
        self._constants[name] = np.asarray(value)
        return name

    def _embedded(self) -> str:
        """Words and places, of which only those in use are taken out of their 8 bits."""
        words, scales = self._weights.scaled("embeddings.word_embeddings.weight")
        rows, of_rows = self._weights.scaled("embeddings.position_embeddings.weight")
        kind = self._weights.plain("embeddings.token_type_embeddings.weight")[0]
        self._node("Gather", [self._constant("words", words), INPUT], "word")
        self._node("Cast", ["word"], "word.float", to=1)
        self._node("Gather", [self._constant("words.scale", scales), INPUT], "word.scale")
        self._node("Mul", ["word.float", "word.scale"], "embedded.word")
        self._node("Shape", [INPUT], "length")
        places = self._constant("places", rows.astype(np.float32) * of_rows + kind)
        self._node("Slice", [places, self._constant("first", [0]), "length"], "embedded.place")
        return self._norm("embeddings.LayerNorm", "embedded.word", "embedded.place")

    def _layer(self, name: str, states: str) -> str:
        """A layer of attention and its feed-forward network."""
        attention = f"{name}.attention"
        parts = [f"{attention}.self.{part}" for part in _PARTS]
        self._dense(f"{attention}.in", states, self._weights.dense(*parts))
        self._node(
            "Unsqueeze", [f"{attention}.in", self._constant("axis", [0])], f"{attention}.one"
        )
        self._split(f"{attention}.one", parts)
        self._node(
            "MultiHeadAttention", parts, f"{attention}.all", domain=_RUNTIME, num_heads=_HEADS
        )
        self._node("Squeeze", [f"{attention}.all", "axis"], f"{attention}.mixed")
        out = f"{attention}.output.dense"
        self._dense(out, f"{attention}.mixed", self._weights.dense(out))
        states = self._norm(f"{attention}.output.LayerNorm", out, states)
        wide, narrow = f"{name}.intermediate.dense", f"{name}.output.dense"
        self._dense(wide, states, self._weights.dense(wide))
        self._node("Gelu", [wide], f"{wide}.gelu", domain=_RUNTIME)
        self._dense_by_row(narrow, f"{wide}.gelu", self._weights.dense(narrow))
        return self._norm(f"{name}.output.LayerNorm", narrow, states)

    def _split(self, joined: str, parts: list[str]) -> None:
        width = len(self._weights.plain(f"{parts[0]}.bias"))
        sizes = self._constant("thirds", [width] * len(parts))
        self._nodes.append(helper.make_node("Split", [joined, sizes], parts, axis=-1))

    def _norm(self, name: str, left: str, right: str) -> str:
        """The sum of two states, normalized."""
        scale, shift = (
            self._constant(f"{name}.{part}", self._weights.plain(f"{name}.{part}"))
            for part in ("weight", "bias")
        )
        total = self._node("Add", [left, right], f"{name}.sum")
        return self._node("LayerNormalization", [total, scale, shift], name, epsilon=_TINY)

    def _dense(self, name: str, states: str, held: tuple[Array, Array, Array]) -> str:
        """A dense layer; the states are rounded by the range of all of them."""
        matrix, scale, bias = held
        inputs = [
            states,
            self._constant(f"{name}.q", matrix),
            self._constant(f"{name}.scale", scale),
            self._constant(f"{name}.zero", np.zeros(len(bias), np.int8)),
            self._constant(f"{name}.bias", bias),
        ]
        return self._node("DynamicQuantizeMatMul", inputs, name, domain=_RUNTIME)

    def _dense_by_row(self, name: str, states: str, held: tuple[Array, Array, Array]) -> str:
        """A dense layer; the states are rounded token by token, for a few have a wide range."""
        matrix, scale, bias = held
        zero = self._constant("half", _HALF)
        self._node("Abs", [states], f"{name}.abs")
        self._node("ReduceMax", [f"{name}.abs"], f"{name}.most", axes=[-1], keepdims=1)
        step = self._constant("step", np.float32(1 / 127))
        self._node("Mul", [f"{name}.most", step], f"{name}.rows")
        self._node("Squeeze", [f"{name}.rows", self._constant("last", [-1])], f"{name}.each")
        self._node("Shape", [f"{name}.each"], f"{name}.count")
        self._node("Expand", [zero, f"{name}.count"], f"{name}.halves")
        rounded = [states, f"{name}.each", f"{name}.halves"]
        self._node("QuantizeLinear", rounded, f"{name}.rounded", axis=0)
        inputs = [
            f"{name}.rounded",
            self._constant(f"{name}.q", matrix),
            zero,
            self._constant(f"{name}.none", np.int8(0)),
        ]
        self._node("MatMulInteger", inputs, f"{name}.whole")
        self._node("Cast", [f"{name}.whole"], f"{name}.float", to=1)
        self._node("Mul", [f"{name}.float", f"{name}.rows"], f"{name}.of.rows")
        scales = self._constant(f"{name}.scale", scale)
        self._node("Mul", [f"{name}.of.rows", scales], f"{name}.scaled")
        return self._node("Add", [f"{name}.scaled", self._constant(f"{name}.bias", bias)], name)
