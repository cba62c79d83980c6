# %% id="nrr"
def nrr(jawaban):
    terisi = [nilai for nilai in jawaban if nilai is not None]
    return bulatkan(sum(terisi) / len(terisi)) if terisi else None


# %% id="bobot"
def bobot(banyak_unsur):
    return round(1 / banyak_unsur, 3)


# %% id="ikm"
def ikm(daftar_nrr):
    terisi = [nilai for nilai in daftar_nrr if nilai is not None]
    return sum(nilai * bobot(len(terisi)) for nilai in terisi) * 25
