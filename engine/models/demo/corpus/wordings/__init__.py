"""How calculations, the clock and names are asked for, as data.

Templates are written as in ``topic``. ``{e}``, ``{1}`` and ``{2}`` stand for something that has a
value, ``{a}``, ``{b}``, ``{c}``, ``{n}``, ``{m}`` and ``{k}`` for numbers.
"""
