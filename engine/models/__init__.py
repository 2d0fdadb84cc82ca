"""Weights to logits: the gpt-oss architecture in MLX, and reading its checkpoints."""
