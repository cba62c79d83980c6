# %% id="ke-angka"
def ke_angka(teks):
    pilihan = ["tidak sesuai", "kurang sesuai", "sesuai", "sangat sesuai"]
    bersih = teks.lower().strip()
    return pilihan.index(bersih) + 1 if bersih in pilihan else None


# %% id="nrr"
import numpy as np


def nrr(jawaban):
    angka = np.array(jawaban, dtype=float)
    return None if np.isnan(angka).all() else np.nanmean(angka)


# %% id="bobot"
def bobot(banyak_unsur):
    return np.float64(1) / banyak_unsur


# %% id="ikm"
def ikm(daftar_nrr):
    return np.nanmean(np.array(daftar_nrr, dtype=float)) * 25


# %% id="huruf"
def huruf(nilai):
    return "DCBA"[int(np.searchsorted([65, 76.61, 88.31], bulatkan(nilai), side="right"))]


# %% id="terlemah"
def terlemah(tabel):
    nilai = np.array(list(tabel.values()), dtype=float)
    return list(tabel)[int(np.nanargmin(nilai))]


# %% id="tampilkan"
def tampilkan(kelompok):
    hasil = dict.fromkeys(kelompok)
    hasil.update({nama: np.float64(nilai) for nama, (n, nilai) in kelompok.items() if n >= 5})
    return hasil
