"""The reader's network: convolutions over a line 32 pixels high, two bidirectional LSTM layers, a class a frame of 4 pixels."""
import torch
from torch import nn
from torch.nn import functional as F

from alphabet import CLASSES

# Convolutions in order: output channels, kernel rows, stride, padding rows, whether the input is added, max-pool of two rows after.
LAYERS = [
    (32, 3, 2, 1, False, False),
    (64, 3, 2, 1, False, False),
    (64, 3, 1, 1, True, False),
    (64, 3, 1, 1, True, True),
    (128, 3, 1, 1, False, False),
    (128, 3, 1, 1, True, False),
    (192, 4, 1, 0, False, False),
]
HIDDEN = 144


class Reader(nn.Module):
    def __init__(self):
        super().__init__()
        self.convolutions, self.norms = nn.ModuleList(), nn.ModuleList()
        channels = 1
        for out, rows, stride, padding, _, _ in LAYERS:
            self.convolutions.append(nn.Conv2d(channels, out, (rows, 3), stride, (padding, 1), bias=False))
            self.norms.append(nn.BatchNorm2d(out))
            channels = out
        self.memory = nn.LSTM(channels, HIDDEN, 2, bidirectional=True)
        self.dropout = nn.Dropout(0.1)
        self.classes = nn.Linear(2 * HIDDEN, CLASSES)

    def forward(self, x, widths):
        """x: (lines, 1, 32, width) in 0...1; widths: columns in use, multiples of 4, on the CPU. Logits (frames, lines, classes).

        What lies beyond a line's width is zero after each step, so that a line gives the same alone and in a batch.
        """
        places = torch.arange(x.shape[3], device=x.device)
        used = widths.to(x.device)
        for (_, _, stride, _, adds, pools), convolution, norm in zip(LAYERS, self.convolutions, self.norms):
            y = norm(convolution(x))
            x = F.relu(x + y if adds else y)
            used = used // stride
            x = x * (places[None, :x.shape[3]] < used[:, None])[:, None, None, :].to(x.dtype)
            if pools:
                x = F.max_pool2d(x, (2, 1))
        x = x.squeeze(2).permute(2, 0, 1)
        with torch.autocast(x.device.type, enabled=False):
            return self.classes(self.dropout(self.remembered(x.float(), widths // 4)))

    def remembered(self, x, frames):
        packed = nn.utils.rnn.pack_padded_sequence(x, frames, enforce_sorted=False)
        return nn.utils.rnn.pad_packed_sequence(self.memory(packed)[0], total_length=x.shape[0])[0]
