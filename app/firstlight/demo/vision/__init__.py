"""The image services: colours, shapes and regions are computed from the uploaded pixels."""
