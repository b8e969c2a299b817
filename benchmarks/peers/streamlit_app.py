"""Streamlit as its documentation builds it: a script from top to bottom, run anew at every choice."""

from __future__ import annotations

import streamlit as st

from benchmarks.peers import charts

st.title("Kazakhstan and the Organization of Turkic States")
for column, card in zip(st.columns(6), charts.cards(), strict=True):
    column.metric(f"{card.title}, {card.period}", card.value)
flow = st.radio("Flow", charts.FLOWS, horizontal=True)
for figure in (*charts.trade_charts(flow), charts.cargo_chart()):
    st.plotly_chart(figure)
