"""The hub: the only package that knows SQL.

It promises three things: readers see one whole build or the next, never a half; every figure carries
its source and the place in it; nothing here knows where figures come from or how they are drawn.
"""
