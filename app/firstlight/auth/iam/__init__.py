"""Huawei IAM (VENDORS §1): how a token is asked for, and how the answer is read. Pure."""
