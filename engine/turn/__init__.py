"""One turn: from the person's words through rounds of tokens and tool calls to the answer's end."""
