"""The chat model over the wire shapes of OpenAI, Pangu V1, Pangu V2 and Ollama."""
