"""Speed on one core, one run, one text: Sourceline's whole analysis against the same encoder in PyTorch and ONNX Runtime.

python eval/speed/compare.py [--text FILE] [--words N] [--rounds N] [--core N]     (from the repository root)

Needs training/requirements.txt and eval/speed/requirements.txt, a release build (target/release/sourceline or
sourceline-eval) and data/weights/english.safetensors. Sourceline does everything (tokens, network, heads, decoders, output);
the others run the network alone over the same windows, in batches of equal length without wasted padding, with weights made
float again from the same file. Each run is a process of its own, pinned to one core; the programs take turns. Times are CPU
seconds of the process (the wall clock is printed beside): on a shared machine they are the steadier measure.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
sys.path.insert(0, os.path.join(ROOT, "training"))
TARGET = os.environ.get("CARGO_TARGET_DIR", os.path.join(ROOT, "target"))
WEIGHTS = os.path.join(ROOT, "data/weights/english.safetensors")
DATA = os.environ.get("SOURCELINE_DATA", os.path.join(ROOT, "../shared/data"))
BATCH = 8


def sample(words):
    """News text of about `words` words."""
    import glob
    out, count = [], 0
    for path in sorted(glob.glob(os.path.join(DATA, "polnear/data/dev/text/*.txt"))):
        text = open(path, encoding="utf-8").read()
        out.append(text)
        count += len(text.split())
        if count >= words:
            break
    return "\n\n".join(out)


def batches(text):
    """(ids, shapes, mask) of batches of windows, longest first, and the number of words."""
    import numpy as np
    import infer
    import predict
    from pieces import CLS, SEP
    doc = predict.document(text)
    rows = []
    for a, b, *_ in infer.windows(doc)[0]:
        bare = infer.Bare(doc, a, b)
        shapes = np.repeat(np.asarray(bare.shape), np.asarray(bare.plen))
        rows.append(([CLS, *map(int, bare.flat), SEP], [0, *map(int, shapes), 0]))
    rows.sort(key=lambda r: -len(r[0]))
    out = []
    for at in range(0, len(rows), BATCH):
        group = rows[at:at + BATCH]
        width = len(group[0][0])
        ids, shapes = (np.zeros((len(group), width), np.int64) for _ in range(2))
        mask = np.zeros((len(group), width), bool)
        for i, (p, s) in enumerate(group):
            ids[i, :len(p)], shapes[i, :len(p)], mask[i, :len(p)] = p, s, True
        out.append((ids, shapes, mask))
    return out, doc.n


def onnx_model(encoder, path):
    """The network as an ONNX graph."""
    import numpy as np
    import onnx
    from onnx import TensorProto as T, helper as h, numpy_helper
    nodes, inits = [], []

    def const(name, value):
        inits.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(op, inputs, output, **attributes):
        nodes.append(h.make_node(op, inputs, [output], **attributes))
        return output

    def linear(x, module, name):
        w = const(name + ".w", module.weight.detach().numpy().T)
        y = node("MatMul", [x, w], name + ".mm")
        return node("Add", [y, const(name + ".b", module.bias.detach().numpy())], name + ".out")

    def norm(x, module, name):
        w, b = const(name + ".w", module.weight.detach().numpy()), const(name + ".b", module.bias.detach().numpy())
        return node("LayerNormalization", [x, w, b], name + ".out", axis=-1, epsilon=1e-12)

    word = node("Gather", [const("word", encoder.word.weight.detach().numpy()), "ids"], "e.word")
    shape = node("Gather", [const("shape", encoder.shape.weight.detach().numpy()), "shapes"], "e.shape")
    length = node("Shape", ["ids"], "len", start=1, end=2)
    position = node("Slice", [const("position", encoder.position.weight.detach().numpy()), const("zero", np.array([0])), length,
                              const("axis", np.array([0]))], "e.position")
    x = node("Add", [node("Add", [word, shape], "e.1"), position], "e.2")
    x = norm(x, encoder.ln, "ln")
    split = const("split", np.array([0, 0, 36, 32], np.int64))
    merge = const("merge", np.array([0, 0, 384], np.int64))
    third = const("third", np.array([12, 12, 12], np.int64))
    root = const("root", np.array(1 / 32 ** 0.5, np.float32))
    for i, layer in enumerate(encoder.layers):
        p = f"l{i}."
        qkv = node("Reshape", [linear(x, layer.qkv, p + "qkv"), split], p + "r")
        qkv = node("Transpose", [qkv], p + "t", perm=[0, 2, 1, 3])
        nodes.append(h.make_node("Split", [qkv, third], [p + "q", p + "k", p + "v"], axis=1))
        scores = node("MatMul", [p + "q", node("Transpose", [p + "k"], p + "kt", perm=[0, 1, 3, 2])], p + "s")
        scores = node("Add", [node("Mul", [scores, root], p + "ss"), "bias"], p + "sb")
        mixed = node("MatMul", [node("Softmax", [scores], p + "p", axis=-1), p + "v"], p + "m")
        mixed = node("Reshape", [node("Transpose", [mixed], p + "mt", perm=[0, 2, 1, 3]), merge], p + "mr")
        x = norm(node("Add", [x, linear(mixed, layer.out, p + "o")], p + "a1"), layer.ln1, p + "ln1")
        up = node("Gelu", [linear(x, layer.up, p + "up")], p + "g")
        x = norm(node("Add", [x, linear(up, layer.down, p + "down")], p + "a2"), layer.ln2, p + "ln2")
    graph = h.make_graph(nodes, "encoder",
                         [h.make_tensor_value_info("ids", T.INT64, ["b", "n"]), h.make_tensor_value_info("shapes", T.INT64, ["b", "n"]),
                          h.make_tensor_value_info("bias", T.FLOAT, ["b", 1, 1, "n"])],
                         [h.make_tensor_value_info(x, T.FLOAT, ["b", "n", 384])], inits)
    model = h.make_model(graph, opset_imports=[h.make_opsetid("", 20)])
    model.ir_version = 10
    onnx.save(model, path)


def worker(kind, path):
    """One measured process: prints words, pieces, CPU seconds and wall seconds of the network alone."""
    import numpy as np
    text = open(path, encoding="utf-8").read()
    groups, words = batches(text)
    if kind.startswith("pytorch"):
        import torch
        import export
        torch.set_num_threads(1)
        encoder = export.load(WEIGHTS)[0].encoder

        def run(ids, shapes, mask):
            with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16, enabled=kind.endswith("bf16")):
                return encoder(torch.from_numpy(ids), torch.from_numpy(shapes), torch.from_numpy(mask)).float().numpy()
    else:
        import onnxruntime as ort
        options = ort.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        session = ort.InferenceSession(path + "." + kind, options, ["CPUExecutionProvider"])

        def run(ids, shapes, mask):
            bias = np.where(mask, 0, -1e9).astype(np.float32)[:, None, None, :]
            return session.run(None, {"ids": ids, "shapes": shapes, "bias": bias})[0]
    check = run(*groups[-1])
    cpu, wall = time.process_time(), time.perf_counter()
    for group in groups:
        run(*group)
    out = {"words": words, "pieces": int(sum(m.sum() for _, _, m in groups)), "cpu": time.process_time() - cpu,
           "wall": time.perf_counter() - wall, "check": [float(v) for v in check[0, 0, :4]]}
    print(json.dumps(out))


def ours(path, core):
    """Sourceline's whole process."""
    cli = os.path.join(TARGET, "release/sourceline")
    command = [cli, "analyze", "--conllu", path] if os.path.exists(cli) else \
        [os.environ.get("SOURCELINE_EVAL", os.path.join(TARGET, "release/sourceline-eval")), "labels", path, "avx512", "1"]
    before, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(["taskset", "-c", str(core), *command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {"cpu": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, "wall": time.perf_counter() - wall}


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--text")
    a.add_argument("--words", type=int, default=6000)
    a.add_argument("--rounds", type=int, default=3)
    a.add_argument("--core", type=int, default=1)
    a.add_argument("--worker", nargs=2)
    args = a.parse_args()
    if args.worker:
        return worker(*args.worker)
    folder = tempfile.mkdtemp()
    path = os.path.join(folder, "text.txt")
    open(path, "w", encoding="utf-8").write(open(args.text, encoding="utf-8").read() if args.text else sample(args.words))
    import export
    from onnxruntime.quantization import QuantType, quantize_dynamic
    onnx_model(export.load(WEIGHTS)[0].encoder, path + ".onnxruntime-fp32")
    quantize_dynamic(path + ".onnxruntime-fp32", path + ".onnxruntime-int8", per_channel=True, weight_type=QuantType.QInt8,
                     op_types_to_quantize=["MatMul"])
    kinds = ["pytorch-fp32", "pytorch-bf16", "onnxruntime-fp32", "onnxruntime-int8"]
    runs = {k: [] for k in ["sourceline", *kinds]}
    for _ in range(args.rounds):
        runs["sourceline"].append(ours(path, args.core))
        for kind in kinds:
            env = dict(os.environ, OMP_NUM_THREADS="1")
            out = subprocess.run(["taskset", "-c", str(args.core), sys.executable, __file__, "--worker", kind, path], env=env,
                                 capture_output=True, check=True, text=True).stdout
            runs[kind].append(json.loads(out.splitlines()[-1]))
    words, pieces = runs[kinds[0]][0]["words"], runs[kinds[0]][0]["pieces"]
    print(f"{words} words, {pieces} word pieces, {args.rounds} rounds, load average {os.getloadavg()[0]:.1f}")
    print("| program | what it does | words/s (CPU) | pieces/s (CPU) | words/s (wall) |\n|---|---|---|---|---|")
    for kind, found in runs.items():
        cpu, wall = statistics.median(r["cpu"] for r in found), statistics.median(r["wall"] for r in found)
        what = "everything, with start-up and output" if kind == "sourceline" else "network alone, after loading"
        print(f"| {kind} | {what} | {words / cpu:,.0f} | {pieces / cpu:,.0f} | {words / wall:,.0f} |")
    checks = [r[0]["check"] for k, r in runs.items() if k != "sourceline"]
    print("first numbers of one vector:", [[round(v, 3) for v in c] for c in checks])


main()
