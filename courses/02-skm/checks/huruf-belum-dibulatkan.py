# %% id="huruf"
def huruf(nilai):
    if nilai >= 88.31:
        return "A"
    if nilai >= 76.61:
        return "B"
    if nilai >= 65:
        return "C"
    return "D"


# %% id="tampilkan"
def tampilkan(kelompok):
    return {nama: nilai for nama, (banyak, nilai) in kelompok.items()}
