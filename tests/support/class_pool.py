"""What trainees write into the cells of the exercise of 02-skm: several honest ways a cell, right and wrong.

(style, weight, code): "loop" writes everything out, "short" likes one expression, "library" brings a package,
"wrong" makes a mistake that real reports make. Synthetic; no trainee wrote any of it.
"""
# ruff: noqa: E501

from __future__ import annotations

_KE = "def ke_angka(teks):\n    teks = teks.strip().lower()  # buang spasi di ujung, kecilkan huruf\n    if teks == '':\n        return None\n"
_NRR = "def nrr(jawaban):\n    terisi = []  # jawaban yang terisi\n    for nilai in jawaban:\n        if nilai is not None:\n            terisi.append(nilai)  # tambahkan ke daftar\n"
_LEMAH = "def terlemah(tabel):\n    pilihan = None  # unsur terlemah sejauh ini\n    for nama, nilai in tabel.items():\n        if nilai is None:\n            continue\n"
_TAMPIL = "def tampilkan(kelompok):\n    hasil = {}  # tabel yang masih kosong\n    for nama, (banyak, nilai) in kelompok.items():\n"

POOL: dict[str, list[tuple[str, int, str]]] = {
    "ke-angka": [
        ("loop", 6, _KE + "    return ANGKA[teks]\n"),
        ("short", 3, _KE + "    return ANGKA.get(teks)\n"),
        ("loop", 2, _KE + "    angka = ANGKA[teks]\n    return angka\n"),
        ("loop", 2, _KE + "    for kata, angka in ANGKA.items():\n        if kata == teks:\n            return angka\n"),
        ("loop", 1, _KE + "    if teks == 'tidak sesuai':\n        return 1\n    elif teks == 'kurang sesuai':\n        return 2\n    elif teks == 'sesuai':\n        return 3\n    else:\n        return 4\n"),
        ("wrong", 2, _KE + "    return ANGKA['teks']\n"),
        ("wrong", 2, _KE + "    return 3\n"),
        ("wrong", 1, _KE + "    return str(ANGKA[teks])\n"),
    ],
    "nrr": [
        ("loop", 5, _NRR + "    if len(terisi) == 0:\n        return None\n    return sum(terisi) / len(terisi)\n"),
        ("short", 3, _NRR + "    return sum(terisi) / len(terisi) if terisi else None\n"),
        ("loop", 2, _NRR + "    if not terisi:\n        return None\n    rata = sum(terisi) / len(terisi)\n    return rata\n"),
        ("loop", 2, _NRR + "    banyak = len(terisi)\n    if banyak > 0:\n        return sum(terisi) / banyak\n    else:\n        return None\n"),
        ("loop", 1, _NRR + "    jumlah = 0\n    for isi in terisi:\n        jumlah += isi\n    if jumlah == 0:\n        return None\n    return jumlah / len(terisi)\n"),
        ("library", 2, "import statistics\n\n" + _NRR + "    if terisi == []:\n        return None\n    return statistics.mean(terisi)\n"),
        ("wrong", 3, _NRR + "    if len(terisi) == 0:\n        return None\n    return sum(terisi) / len(jawaban)\n"),
        ("wrong", 3, _NRR + "    if len(terisi) == 0:\n        return 0\n    return sum(terisi) / len(terisi)\n"),
        ("wrong", 2, _NRR + "    return sum(terisi) / len(terisi)\n"),
        ("wrong", 2, _NRR + "    if len(terisi) == 0:\n        return None\n    return round(sum(terisi) / len(terisi), 2)\n"),
    ],
    "bobot": [
        ("loop", 6, "def bobot(banyak_unsur):\n    return 1 / banyak_unsur\n"),
        ("loop", 2, "def bobot(banyak_unsur):\n    hasil = 1 / banyak_unsur\n    return hasil\n"),
        ("wrong", 3, "def bobot(banyak_unsur):\n    return 0.11\n"),
        ("wrong", 2, "def bobot(banyak_unsur):\n    return round(1 / banyak_unsur, 2)\n"),
        ("wrong", 1, "def bobot(banyak_unsur):\n    return banyak_unsur / 1\n"),
    ],
    "ikm": [
        ("loop", 3, "def ikm(daftar_nrr):\n    terisi = []\n    for nilai in daftar_nrr:\n        if nilai is not None:\n            terisi.append(nilai)\n    jumlah = 0\n    for nilai in terisi:\n        jumlah = jumlah + nilai * bobot(len(terisi))\n    return jumlah * 25\n"),
        ("short", 3, "def ikm(daftar_nrr):\n    terisi = [n for n in daftar_nrr if n is not None]\n    return sum(terisi) / len(terisi) * 25\n"),
        ("loop", 2, "def ikm(daftar_nrr):\n    jumlah = 0\n    banyak = 0\n    for nilai in daftar_nrr:\n        if nilai is None:\n            continue\n        jumlah += nilai\n        banyak += 1\n    return jumlah / banyak * 25\n"),
        ("loop", 2, "def ikm(daftar_nrr):\n    ada = []\n    for x in daftar_nrr:\n        if x != None:\n            ada.append(x)\n    rata = sum(ada) / len(ada)\n    indeks = rata * 25\n    return indeks\n"),
        ("short", 2, "def ikm(daftar_nrr):\n    return nrr(daftar_nrr) * 25\n"),
        ("library", 2, "import numpy as np\n\ndef ikm(daftar_nrr):\n    angka = np.array(daftar_nrr, dtype=float)\n    return float(np.nanmean(angka) * 25)\n"),
        ("short", 1, "def ikm(daftar_nrr):\n    terisi = list(filter(lambda x: x is not None, daftar_nrr))\n    w = 1 / len(terisi)\n    return sum(w * x for x in terisi) * 25\n"),
        ("wrong", 4, "def ikm(daftar_nrr):\n    jumlah = 0\n    for nilai in daftar_nrr:\n        if nilai is not None:\n            jumlah = jumlah + nilai * 0.11\n    return jumlah * 25\n"),
        ("wrong", 3, "def ikm(daftar_nrr):\n    terisi = [n for n in daftar_nrr if n is not None]\n    return sum(terisi) / len(terisi)\n"),
        ("wrong", 2, "def ikm(daftar_nrr):\n    jumlah = 0\n    for n in daftar_nrr:\n        if n is not None:\n            jumlah += n\n    return jumlah / len(daftar_nrr) * 25\n"),
        ("wrong", 1, "def ikm(daftar_nrr):\n    terisi = [n for n in daftar_nrr if n is not None]\n    rata = sum(terisi) / len(terisi)\n    return bulatkan(rata * 25)\n"),
    ],
    "huruf": [
        ("loop", 4, "def huruf(nilai):\n    nilai = bulatkan(nilai)\n    if nilai >= 88.31:\n        return 'A'\n    if nilai >= 76.61:\n        return 'B'\n    if nilai >= 65:\n        return 'C'\n    return 'D'\n"),
        ("loop", 3, "def huruf(nilai):\n    nilai = bulatkan(nilai)\n    if nilai >= 88.31:\n        return 'A'\n    elif nilai >= 76.61:\n        return 'B'\n    elif nilai >= 65.00:\n        return 'C'\n    else:\n        return 'D'\n"),
        ("loop", 2, "def huruf(nilai):\n    bulat = bulatkan(nilai)\n    if bulat >= 88.31:\n        mutu = 'A'\n    elif bulat >= 76.61:\n        mutu = 'B'\n    elif bulat >= 65:\n        mutu = 'C'\n    else:\n        mutu = 'D'\n    return mutu\n"),
        ("short", 2, "def huruf(nilai):\n    n = bulatkan(nilai)\n    return 'A' if n >= 88.31 else 'B' if n >= 76.61 else 'C' if n >= 65 else 'D'\n"),
        ("short", 1, "def huruf(nilai):\n    nilai = bulatkan(nilai)\n    for batas, mutu in [(88.31, 'A'), (76.61, 'B'), (65, 'C')]:\n        if nilai >= batas:\n            return mutu\n    return 'D'\n"),
        ("loop", 1, "def huruf(nilai):\n    nilai = bulatkan(nilai)\n    if nilai < 65:\n        return 'D'\n    if nilai < 76.61:\n        return 'C'\n    if nilai < 88.31:\n        return 'B'\n    return 'A'\n"),
        ("wrong", 4, "def huruf(nilai):\n    if nilai >= 88.31:\n        return 'A'\n    elif nilai >= 76.61:\n        return 'B'\n    elif nilai >= 65:\n        return 'C'\n    else:\n        return 'D'\n"),
        ("wrong", 2, "def huruf(nilai):\n    nilai = bulatkan(nilai)\n    if nilai > 88.31:\n        return 'A'\n    if nilai > 76.61:\n        return 'B'\n    if nilai > 65:\n        return 'C'\n    return 'D'\n"),
        ("wrong", 1, "def huruf(nilai):\n    if bulatkan(nilai) >= 88:\n        return 'A'\n    if bulatkan(nilai) >= 76:\n        return 'B'\n    return 'C'\n"),
    ],
    "terlemah": [
        ("loop", 4, _LEMAH + "        if pilihan is None or nilai < tabel[pilihan]:\n            pilihan = nama\n    return pilihan\n"),
        ("loop", 2, _LEMAH + "        if pilihan is None:\n            pilihan = nama\n        elif nilai < tabel[pilihan]:\n            pilihan = nama\n    return pilihan\n"),
        ("loop", 2, "def terlemah(tabel):\n    pilihan = None\n    terendah = 5\n    for nama, nilai in tabel.items():\n        if nilai is None:\n            continue\n        if nilai < terendah:\n            terendah = nilai\n            pilihan = nama\n    return pilihan\n"),
        ("short", 2, "def terlemah(tabel):\n    ada = {nama: nilai for nama, nilai in tabel.items() if nilai is not None}\n    return min(ada, key=ada.get)\n"),
        ("library", 1, "import pandas as pd\n\ndef terlemah(tabel):\n    return pd.Series(tabel, dtype=float).dropna().idxmin()\n"),
        ("wrong", 3, _LEMAH + "        if pilihan is None or nilai <= tabel[pilihan]:\n            pilihan = nama\n    return pilihan\n"),
        ("wrong", 2, _LEMAH + "        if pilihan is None or nilai < pilihan:\n            pilihan = nilai\n    return pilihan\n"),
        ("wrong", 1, _LEMAH + "        pilihan = nama\n    return pilihan\n"),
    ],
    "tampilkan": [
        ("loop", 5, _TAMPIL + "        if banyak < 5:\n            hasil[nama] = None\n        else:\n            hasil[nama] = nilai\n    return hasil\n"),
        ("loop", 2, _TAMPIL + "        if banyak >= 5:\n            hasil[nama] = nilai\n        else:\n            hasil[nama] = None\n    return hasil\n"),
        ("short", 2, _TAMPIL + "        hasil[nama] = None if banyak < 5 else nilai\n    return hasil\n"),
        ("loop", 1, _TAMPIL + "        hasil[nama] = None\n        if banyak >= 5:\n            hasil[nama] = nilai\n    return hasil\n"),
        ("short", 1, "def tampilkan(kelompok):\n    return {nama: (isi[1] if isi[0] >= 5 else None) for nama, isi in kelompok.items()}\n"),
        ("wrong", 3, _TAMPIL + "        if banyak <= 5:\n            hasil[nama] = None\n        else:\n            hasil[nama] = nilai\n    return hasil\n"),
        ("wrong", 2, _TAMPIL + "        if banyak < 5:\n            hasil[nama] = 0\n        else:\n            hasil[nama] = nilai\n    return hasil\n"),
        ("wrong", 2, _TAMPIL + "        if banyak >= 5:\n            hasil[nama] = nilai\n    return hasil\n"),
    ],
}  # fmt: skip

GIVEN = {
    "ke-angka": {"teks"},
    "nrr": {"jawaban", "terisi", "nilai"},
    "bobot": {"banyak_unsur"},
    "ikm": {"daftar_nrr"},
    "huruf": {"nilai"},
    "terlemah": {"tabel", "pilihan", "nama", "nilai"},
    "tampilkan": {"kelompok", "hasil", "nama", "banyak", "nilai"},
}
"""Names of the handed-out cells, which nobody who works alone changes."""

# most used first; how often a name is taken falls with its place
NAMES = (
    "hasil", "jumlah", "nilai", "total", "x", "n", "i", "rata", "banyak", "angka", "data", "isi", "terisi", "a", "nama",
    "skor", "daftar", "k", "ada", "v", "indeks", "valid", "unsur", "kata", "item", "terkecil", "butir", "sementara",
    "tampung", "kunci", "label", "jml", "res", "tmp", "kumpulan", "lama", "jwb", "bny", "s", "t",
)  # fmt: skip

COMMENTS = (
    "hitung dulu", "yang kosong dilewati", "sesuai petunjuk", "dari pelajaran", "sudah dicoba, jalan", "langkah 1",
    "langkah 2", "kembalikan hasil", "semoga benar", "lihat tabel", "bagi dengan yang menjawab", "batas dari atas",
)  # fmt: skip

ELEMENTS = ("Waktu pelayanan", "Penanganan pengaduan", "Sarana dan prasarana", "Prosedur", "Persyaratan", "Biaya")
NUMBERS = ("2,3", "2,48", "2,5", "2,61", "2,7", "2,75", "2,8", "2,9")
WEAK = (
    "{unsur} adalah unsur yang paling lemah di kantor kami, nilainya {nilai}.",
    "Dalam survei terakhir nilai terendah ada pada {unsur}, yaitu {nilai}.",
    "Hasil survei tahun lalu menunjukkan {unsur} hanya mendapat {nilai}, paling rendah dari semua unsur.",
    "Unsur terlemah kami {unsur} dengan NRR {nilai}, sedangkan unsur lain di atas tiga.",
    "Kami mendapat nilai {nilai} untuk {unsur}. Itu yang paling rendah.",
)
CAUSES = (
    "Menurut buku antrean, warga menunggu lebih dari satu jam setiap hari Senin karena hanya satu loket yang dibuka.",
    "Penyebabnya petugas sering berganti dan belum dilatih, saya tahu dari catatan kehadiran bulan lalu.",
    "Dari kotak saran kami membaca dua belas keluhan tentang berkas yang diminta dua kali.",
    "Komputer di loket sudah tua sehingga aplikasi pusat sering berhenti, teknisi mencatat sembilan gangguan.",
    "Pengumuman syarat hanya ditempel di dinding, jadi orang yang datang dari kecamatan jauh harus pulang lagi.",
    "Saya bertanya kepada petugas keamanan, katanya kursi tunggu kurang dan orang lanjut usia berdiri di luar.",
    "Ada aduan yang tidak pernah dijawab sebab tidak ada orang yang ditugasi, buku aduan kosong sejak Juli.",
)
ACTIONS = (
    "Mulai Januari Kepala Seksi Pelayanan membuka loket kedua setiap Senin, lalu kami umumkan di ruang tunggu.",
    "Kami akan menunjuk satu petugas aduan, namanya ditulis di papan, dan jawabannya ditempel setiap minggu.",
    "Sekretaris desa akan membuat daftar syarat satu halaman dan membagikannya lewat grup warga sebelum Maret.",
    "Dalam tiga bulan bendahara mengusulkan sepuluh kursi dan atap di halaman, warga diberi tahu lewat spanduk.",
    "Kasubag Umum meminta pelatihan dua hari untuk petugas baru, hasilnya kami ukur lagi pada survei April.",
    "Operator mencatat lama tunggu setiap hari dan Camat membahasnya pada rapat Senin pertama.",
)
CLOSING = (
    "Setelah itu NRR dihitung lagi pada bulan Maret.", "Warga diberi tahu melalui papan pengumuman.",
    "Semoga nilainya naik.", "Kami belum tahu apakah cukup, jadi perlu dicoba dulu.",
    "Penanggung jawabnya saya sendiri bersama ketua tim.", "",
)  # fmt: skip
