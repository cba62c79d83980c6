# %% id="ke-angka"
def ke_angka(teks):
    for kata, angka in ANGKA.items():
        if teks.strip().lower() == kata:
            return angka


# %% id="nrr"
import pandas as pd

from mutu import regulations
from mutu.measure import skm


def nrr(jawaban):
    if jawaban.count(None) == len(jawaban):
        return None
    return skm.score(pd.DataFrame({"U1": jawaban})).unsur[0].nrr


# %% id="ikm"
def ikm(daftar_nrr):
    jumlah = 0
    banyak = 0
    nomor = 0
    while nomor < len(daftar_nrr):
        if daftar_nrr[nomor] is not None:
            jumlah += daftar_nrr[nomor]
            banyak += 1
        nomor += 1
    return jumlah / banyak * 25


# %% id="huruf"
def huruf(nilai):
    return regulations.skm().grade(nilai).mutu


# %% id="terlemah"
def terlemah(tabel):
    terendah = min(nilai for nilai in tabel.values() if nilai is not None)
    for nama in tabel:
        if tabel[nama] == terendah:
            return nama


# %% id="tampilkan"
def tampilkan(kelompok):
    for nama in list(kelompok):
        banyak = kelompok[nama][0]
        kelompok[nama] = kelompok[nama][1]
        if banyak < 5:
            kelompok[nama] = None
    return kelompok
