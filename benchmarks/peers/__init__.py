"""The same summary and trade charts as their own documentation teaches to build them, from one warehouse."""
