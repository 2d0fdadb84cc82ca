"""A small random model that was never trained on Harmony: its own tokenizer, its own template."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers

from tests.engine.models.checkpoints import write_checkpoint

SIZE = 512
"""Tokens that the model has logits for, more than its tokenizer has."""

STOP = 1

CHATML = (
    "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)


def write_tokenizer(folder: Path, template: str = CHATML) -> Path:
    """Write the tokenizer and the chat template of a model that speaks ChatML."""
    reader = Tokenizer(models.BPE())
    reader.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    reader.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=400,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        special_tokens=["<|im_start|>", "<|im_end|>"],
        show_progress=False,
    )
    reader.train_from_iterator(["the cat sat on the mat, the dog on the log"] * 3, trainer)
    reader.add_tokens([AddedToken("<think>", special=False)])
    reader.save(str(folder / "tokenizer.json"))
    (folder / "chat_template.jinja").write_text(template)
    (folder / "generation_config.json").write_text(f'{{"eos_token_id": [{STOP}]}}')
    return folder


def write_foreign_model(folder: Path, template: str = CHATML, **changes: Any) -> Path:
    """Write a random checkpoint with such a tokenizer and return its folder."""
    write_checkpoint(folder, "mlx-bf16", vocab_size=SIZE, num_hidden_layers=2, **changes)
    return write_tokenizer(folder, template)
