"""How a request is signed: shown step by step, and compared with what somebody else signed."""
