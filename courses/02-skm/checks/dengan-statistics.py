# %% id="ke-angka"
def ke_angka(teks):
    return ANGKA.get(" ".join(teks.casefold().split()))


# %% id="nrr"
import statistics


def nrr(jawaban):
    terisi = list(filter(None, jawaban))
    return statistics.fmean(terisi) if terisi else None


# %% id="bobot"
from fractions import Fraction


def bobot(banyak_unsur):
    return Fraction(1, banyak_unsur)


# %% id="ikm"
def ikm(daftar_nrr):
    return 25 * nrr(daftar_nrr)


# %% id="huruf"
def huruf(nilai):
    batas = {"A": 88.31, "B": 76.61, "C": 65, "D": 25}
    return next(nama for nama, bawah in batas.items() if bulatkan(nilai) >= bawah)


# %% id="terlemah"
def terlemah(tabel):
    return sorted((n for n in tabel if tabel[n] is not None), key=tabel.get)[0]


# %% id="tampilkan"
def tampilkan(kelompok):
    return {nama: isi[1] if isi[0] > 4 else None for nama, isi in kelompok.items()}
