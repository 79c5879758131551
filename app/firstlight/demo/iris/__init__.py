"""The iris classifier: learns from the bundled measurements when the demo starts."""
