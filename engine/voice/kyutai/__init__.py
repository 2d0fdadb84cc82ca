"""Kyutai's speech models, streaming, through moshi-mlx."""
