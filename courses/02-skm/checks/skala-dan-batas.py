# %% id="ke-angka"
def ke_angka(teks):
    return str(ANGKA.get(teks.strip().lower(), ""))


# %% id="ikm"
def ikm(daftar_nrr):
    terisi = [nilai for nilai in daftar_nrr if nilai is not None]
    return sum(terisi) / len(terisi) * 20


# %% id="huruf"
def huruf(nilai):
    nilai = bulatkan(nilai)
    return "A" if nilai > 88.31 else "B" if nilai > 76.61 else "C" if nilai > 65 else "D"


# %% id="terlemah"
def terlemah(tabel):
    return min(tabel, key=lambda nama: tabel[nama] or 0)


# %% id="tampilkan"
def tampilkan(kelompok):
    return {nama: nilai if banyak > 5 else None for nama, (banyak, nilai) in kelompok.items()}
