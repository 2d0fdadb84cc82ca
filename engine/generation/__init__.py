"""From logits to tokens: the KV cache, sampling, and the loop that decodes."""
