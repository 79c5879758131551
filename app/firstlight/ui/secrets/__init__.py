"""The secrets of a workspace: where they are kept, and the dialogs for them."""
