# streamlit: an uploaded file.
import pickle

import streamlit as st

upload = st.file_uploader("state")  # source upload
if upload is not None:
    st.write(pickle.load(upload))  # want error PKL101 from upload
