"""Warm, isolated kernels: processes that start at once and may do little."""
