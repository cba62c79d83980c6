# %% id="ke-angka"
def ke_angka(teks):
    return ANGKA.get(teks.strip().lower(), 0)


# %% id="nrr"
def nrr(jawaban):
    return sum(nilai or 0 for nilai in jawaban) / len(jawaban)


# %% id="ikm"
def ikm(daftar_nrr):
    return sum(nilai or 0 for nilai in daftar_nrr) / len(daftar_nrr) * 25
