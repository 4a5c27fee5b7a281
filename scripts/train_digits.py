"""Trains the net that reads filled-in digits, tempers its probabilities, and writes `models/digits.npz`.

    python -m scripts.train_digits HANDWRITING_FOLDER models/digits.npz [--minutes 20] [--start EARLIER.npz]
                                   [--mix EARLIER.npz 0.3]

HANDWRITING_FOLDER holds single digits in IDX format (`t10k-images-idx3-ubyte.gz`, `t10k-labels-idx1-ubyte.gz`).
Needs torch, which reading does not: the trained weights run in numpy.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.utils.data import DataLoader, IterableDataset

from pipeline.ocr.digits import DIGITS, load_net, read_digits
from scripts.digit_strips import Handwriting, load_handwriting, make_strip

_CHANNELS = (1, 16, 32, 48, 64, 64, 128, 128)
_KERNELS = ((3, 3), (3, 3), (3, 3), (3, 3), (3, 3), (3, 3), (1, 5))
_POOLS = ((2, 2), (2, 1), (2, 1), (1, 1), (2, 1), (1, 1), (1, 1), (1, 1))
_BLANK = len(DIGITS)
_BATCH = 64
_TEMPERATURES = tuple(round(0.5 + 0.1 * i, 1) for i in range(20))
_CHECKED = 3000
"""Strips of held-out handwriting on which the net is tempered, and as many others on which it is judged."""

Strip = tuple[NDArray[np.float32], str]


class Strips(IterableDataset[Strip]):
    """Made-up strips without end."""

    def __init__(self, handwriting: Handwriting, seed: int) -> None:
        super().__init__()
        self.handwriting, self.seed = handwriting, seed

    def __iter__(self) -> Iterator[Strip]:
        worker = torch.utils.data.get_worker_info()
        rng = np.random.default_rng((self.seed, worker.id if worker else 0))
        while True:
            yield make_strip(self.handwriting, rng)


def batched(strips: list[Strip]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Pictures, all digits in a row, and how many belong to each picture."""
    pictures = torch.from_numpy(np.stack([ink for ink, _ in strips])[:, None])
    digits = torch.tensor([int(d) for _, text in strips for d in text], dtype=torch.long)
    return pictures, digits, torch.tensor([len(text) for _, text in strips], dtype=torch.long)


def make_net(*, normed: bool) -> nn.Sequential:
    """The net: convolutions, with batch norm or with its norms folded into them, and a class for each column."""
    layers: list[nn.Module] = []
    for i, kernel in enumerate(_KERNELS):
        high = 0 if i == 5 else kernel[0] // 2
        padding = (high, kernel[1] // 2)
        layers.append(nn.Conv2d(_CHANNELS[i], _CHANNELS[i + 1], kernel, padding=padding, bias=not normed))
        layers += [nn.BatchNorm2d(_CHANNELS[i + 1]), nn.ReLU()] if normed else [nn.ReLU()]
        if _POOLS[i] != (1, 1):
            layers.append(nn.MaxPool2d(_POOLS[i]))
    layers += [nn.Dropout(0.1), nn.Conv2d(_CHANNELS[-1], _BLANK + 1, (1, 1))]
    return nn.Sequential(*layers)


def continued(path: Path) -> nn.Sequential:
    """The net with the weights of an earlier run."""
    net, stored = make_net(normed=False), load_net(path)
    layers = [module for module in net if isinstance(module, nn.Conv2d)]
    for layer, kernel, bias in zip(layers, stored.kernels, stored.biases, strict=True):
        layer.weight.data = torch.from_numpy(kernel)
        layer.bias.data = torch.from_numpy(bias)
    return net


@torch.no_grad()
def mixed(net: nn.Sequential, earlier: nn.Sequential, share: float) -> None:
    """Mix the weights of an earlier net into those of one that went on from it.

    The mean keeps what the earlier one could do best and has most of what was learnt since (Wortsman et al. 2022).
    """
    for weights, before in zip(net.parameters(), earlier.parameters(), strict=True):
        weights.lerp_(before, share)


def train(net: nn.Sequential, strips: Strips, minutes: float, rate: float) -> None:
    """Train for so many minutes, the rate rising and then falling with the time used."""
    loader = DataLoader(strips, batch_size=_BATCH, collate_fn=batched, num_workers=1)
    optimiser = torch.optim.AdamW(net.parameters(), lr=rate, weight_decay=1e-3)
    loss_of = nn.CTCLoss(blank=_BLANK, zero_infinity=True)
    start, seen, running = time.monotonic(), 0, 0.0
    net.train()
    for pictures, digits, lengths in loader:
        used = (time.monotonic() - start) / (60 * minutes)
        if used >= 1:
            break
        for group in optimiser.param_groups:
            group["lr"] = rate * min(used / 0.03, 1.0, max((1 - used) / 0.6, 0.01))
        with torch.autocast("cpu", dtype=torch.bfloat16):
            seen_columns = net(pictures.to(memory_format=torch.channels_last))
        scores = seen_columns.float()[:, :, 0, :].log_softmax(1).permute(2, 0, 1)
        columns = torch.full((len(pictures),), scores.shape[0], dtype=torch.long)
        loss = loss_of(scores, digits, columns, lengths)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 2.0)
        optimiser.step()
        seen += len(pictures)
        running = 0.98 * running + 0.02 * loss.item()
        if seen // _BATCH % 100 == 0:
            print(f"{used:4.0%}  strips {seen}  loss {running:.4f}", flush=True)


def export(net: nn.Sequential, path: Path, temperature: float) -> None:
    """Write the weights, batch norm folded into them, in half precision."""
    arrays: dict[str, NDArray[np.float32]] = {}
    modules = [m for m in net if isinstance(m, nn.Conv2d | nn.BatchNorm2d)]
    index = 0
    for module, norm in zip(modules, [*modules[1:], None], strict=True):
        if not isinstance(module, nn.Conv2d):
            continue
        kernel = module.weight.detach()
        bias = module.bias.detach() if module.bias is not None else torch.zeros(len(kernel))
        if isinstance(norm, nn.BatchNorm2d):
            gain = norm.weight.detach() / torch.sqrt(norm.running_var + norm.eps)
            kernel, bias = kernel * gain[:, None, None, None], norm.bias.detach() - norm.running_mean * gain
        arrays[f"kernel{index}"], arrays[f"bias{index}"] = kernel.numpy(), bias.numpy()
        index += 1
    half = {name: array.astype(np.float16) for name, array in arrays.items()}
    facts = {"pools": np.array(_POOLS), "temperature": np.float32(temperature)}
    np.savez_compressed(path, **half, **facts)  # type: ignore[arg-type]  # its stub takes any keyword for allow_pickle


@torch.no_grad()
def temper(net: nn.Sequential, strips: list[Strip]) -> float:
    """The temperature at which the probability of the true digits is largest on strips the net has not seen."""
    pictures, digits, lengths = batched(strips)
    logits = torch.cat([net(part) for part in pictures.split(_BATCH)])[:, :, 0, :].permute(2, 0, 1)
    columns = torch.full((len(strips),), logits.shape[0], dtype=torch.long)
    loss_of = nn.CTCLoss(blank=_BLANK, reduction="none")
    # A strip that nobody could read must not soften all others: its surprise counts as that of a reading at 1 %.
    surprise = {
        t: loss_of((logits / t).log_softmax(2), digits, columns, lengths).clamp(max=4.6).mean().item()
        for t in _TEMPERATURES
    }
    return min(surprise, key=lambda t: surprise[t])


def judge(path: Path, strips: list[Strip]) -> None:
    """Print how many strips are read right, and of those read with a probability, how many."""
    net = load_net(path)
    chances, rights = [], []
    for ink, text in strips:
        reading = read_digits(net, [ink], lambda _: True)
        chances.append(reading.probability)
        rights.append(reading.text == text)
    chance, right = np.array(chances), np.array(rights)
    print(f"strips read right: {right.mean():.1%} of {len(right)}")
    for low, high in ((0, 0.5), (0.5, 0.8), (0.8, 0.9), (0.9, 0.95), (0.95, 0.99), (0.99, 1.01)):
        chosen = (chance >= low) & (chance < high)
        if chosen.any():
            print(f"  probability {low:.2f} to {high:.2f}: {right[chosen].mean():6.1%} of {chosen.sum()}")


def main() -> None:
    """Read the arguments, train, temper, judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("handwriting", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--minutes", type=float, default=20.0)
    parser.add_argument("--start", type=Path, help="go on from the weights of an earlier run")
    parser.add_argument(
        "--mix", nargs=2, metavar=("NET", "SHARE"), help="mix a share of the weights of an earlier net into the result"
    )
    arguments = parser.parse_args()
    if arguments.mix and not arguments.start:
        parser.error("--mix needs --start: only nets of one descent can be mixed")
    torch.manual_seed(7)
    torch.set_num_threads(1)  # the strips are drawn on the other core
    net = continued(arguments.start) if arguments.start else make_net(normed=True)
    net = net.to(memory_format=torch.channels_last)
    strips = Strips(load_handwriting(arguments.handwriting, held_out=False), seed=23 if arguments.start else 7)
    train(net, strips, arguments.minutes, rate=6e-4 if arguments.start else 2e-3)
    if arguments.mix:
        mixed(net, continued(Path(arguments.mix[0])), float(arguments.mix[1]))
    net.eval()
    rng = np.random.default_rng(11)
    unseen = load_handwriting(arguments.handwriting, held_out=True)
    checks = [make_strip(unseen, rng) for _ in range(2 * _CHECKED)]
    export(net, arguments.out, temper(net, checks[:_CHECKED]))
    judge(arguments.out, checks[_CHECKED:])


if __name__ == "__main__":
    main()
