# %% id="ke-angka"
import pandas as pd


def ke_angka(teks):
    rapi = pd.Series([teks]).str.strip().str.lower()
    angka = rapi.map(ANGKA).iloc[0]
    return None if pd.isna(angka) else int(angka)


# %% id="nrr"
def nrr(jawaban):
    rata = pd.Series(jawaban, dtype="Float64").mean()
    return None if pd.isna(rata) else rata


# %% id="bobot"
def bobot(banyak_unsur):
    return pd.Series([1.0] * banyak_unsur).div(banyak_unsur).iloc[0]


# %% id="ikm"
def ikm(daftar_nrr):
    terisi = pd.Series(daftar_nrr, dtype=float).dropna()
    return (terisi * (1 / terisi.size)).sum() * 25


# %% id="huruf"
def huruf(nilai):
    batas = pd.Series({"A": 88.31, "B": 76.61, "C": 65, "D": 25})
    return batas[batas <= bulatkan(nilai)].index[0]


# %% id="terlemah"
def terlemah(tabel):
    return pd.Series(tabel, dtype=float).dropna().idxmin()


# %% id="tampilkan"
def tampilkan(kelompok):
    tabel = pd.DataFrame(kelompok, index=["banyak", "nilai"]).T
    hasil = tabel["nilai"].astype(object).where(tabel["banyak"] >= 5, None)
    return hasil.to_dict()
