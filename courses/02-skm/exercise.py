# %% kind="fact"
# Exercise of the module «SKM: dari kuesioner ke IKM», with its solution and hidden tests. CC BY 4.0.
# How cells are marked: mutu.course.author.parse.

# %% [markdown]
# # Latihan: SKM, dari kuesioner ke IKM
#
# **Satu jam pelajaran (45 menit).** Tujuh tugas diperiksa secara otomatis (15 poin). Satu refleksi dinilai oleh pengajar (4 poin).
#
# Tugasnya kira-kira 30 menit, refleksinya 15 menit. Sebagian besar sudah tertulis; Anda melengkapinya.
#
# Cara mengerjakan:
#
# 1. Cari baris `raise NotImplementedError()`. Ganti baris itu dengan jawaban Anda. Jarak di kirinya tetap sama.
# 2. Jalankan sel Anda dengan **Shift + Enter**. Di ponsel, ketuk tombol **▶** di baris alat.
# 3. Jalankan sel pemeriksa di bawahnya. Pesannya menyebutkan apa yang masih kurang. Isi sel itu tidak perlu dibaca.
# 4. Tombol **Validate** di atas notebook memeriksa semua tugas. Kode tampil lebih dulu: gulir ke bawah sampai pesannya.
#
# Anda boleh mencoba berkali-kali. Setelah dikumpulkan, fungsi Anda juga diuji dengan data lain.
#
# Boleh berhenti di tengah. Simpan dengan **Ctrl + S**. Saat melanjutkan, jalankan lagi semua sel dari atas.
#
# Semua data di sini sintetis.
#
# <details><summary><b>Muncul pesan merah berbahasa Inggris? Buka ini.</b></summary>
#
# | Pesan | Artinya | Yang dilakukan |
# |---|---|---|
# | `NameError` | sel di atasnya belum dijalankan, atau nama salah tulis | jalankan semua sel dari atas; periksa ejaan |
# | `SyntaxError` | ada tanda yang kurang atau keliru | periksa tanda `:`, kurung, dan tanda kutip; desimal memakai titik |
# | `IndentationError` | jarak di kiri baris tidak tepat | samakan dengan baris di atasnya; satu tingkat empat spasi |
# | `KeyError` | kata yang dicari tidak ada dalam tabel | periksa ejaannya; nama seperti `teks` ditulis tanpa tanda kutip |
# | `TypeError` | `None` ikut dihitung, atau kurungnya keliru | lewati `None` lebih dulu; tabel memakai `[ ]` |
# | `ZeroDivisionError` | ada pembagian dengan nol | periksa dulu apakah ada yang menjawab |
#
# </details>

# %% kind="given" id="alat"
# Alat untuk latihan ini. Jalankan lebih dulu; jangan diubah.
from mutu.course.outcome import Checker
from mutu.locale.numbers import half_up

periksa = Checker(_("id"))

ANGKA = {
    "tidak sesuai": 1,
    "kurang sesuai": 2,
    "sesuai": 3,
    "sangat sesuai": 4,
}


def bulatkan(nilai):
    # dua desimal; angka 5 dibulatkan ke atas
    return float(half_up(nilai, 2))


# %% [markdown]
# ## Contoh yang sudah jadi
#
# Fungsi ini menghitung berapa orang yang puas, yaitu yang memberi nilai 3 atau 4.
#
# Bacalah dulu. Tebak hasilnya, lalu jalankan.

# %%
def banyak_puas(jawaban):
    banyak = 0
    for nilai in jawaban:
        if nilai is None:
            continue
        if nilai >= 3:
            banyak = banyak + 1
    return banyak


banyak_puas([4, 2, None, 3])

# %% [markdown]
# Hasilnya 2, yaitu nilai 4 dan 3.
#
# | Tertulis | Artinya |
# |---|---|
# | `def banyak_puas(jawaban):` | membuat fungsi, yaitu rumus buatan sendiri; `jawaban` adalah bahannya |
# | `[4, 2, None, 3]` | daftar jawaban empat orang; `None` berarti kosong |
# | `for nilai in jawaban:` | ulangi untuk setiap nilai |
# | `if nilai is None:` | bila jawabannya kosong |
# | `continue` | lewati, lanjutkan ke nilai berikutnya |
# | `return banyak` | serahkan hasilnya; tanpa baris ini hasilnya `None` |
#
# Baris yang menjorok empat spasi menjadi bagian dari baris di atasnya.
#
# Angka desimal ditulis dengan titik: `0.5`, bukan `0,5`.

# %% [markdown]
# ## Tugas 1. Dari teks ke angka (2 poin)
#
# Lengkapi fungsi `ke_angka`. Fungsi ini menerima satu jawaban berupa teks dan mengembalikan angka 1 sampai 4.
#
# Awalnya sudah ada: spasi di ujung dibuang, huruf dikecilkan, dan teks kosong menjadi `None`.
#
# Tinggal satu baris: kembalikan angka untuk `teks` dari tabel `ANGKA`. Misalnya, `ANGKA["sesuai"]` bernilai `3`.
#
# Contoh: `ke_angka(" Sangat sesuai ")` menghasilkan `4`.
#
# <details><summary><b>Petunjuk</b></summary>
#
# Kata dalam kurung siku berbeda-beda, jadi tulis nama `teks` di sana, tanpa tanda kutip. Mulailah dengan `return`.
#
# </details>

# %% kind="answer" id="ke-angka"
def ke_angka(teks):
    teks = teks.strip().lower()  # buang spasi di ujung, kecilkan huruf
    if teks == "":
        return None
    ### BEGIN SOLUTION
    return ANGKA[teks]
    ### END SOLUTION


# %% kind="test" id="tes-ke-angka" points=2 read="## Lihat data"
# Pemeriksa tugas 1
periksa(ke_angka, "sesuai", expect=3)
periksa(
    ke_angka,
    " Sangat sesuai ",
    expect=4,
    mistakes=[
        (3, _("Fungsi ini selalu memberi 3. Carilah isi teks dalam tabel.")),
        (None, _("Buang spasi dengan strip(), kecilkan huruf dengan lower().")),
    ],
)
periksa(
    ke_angka,
    "",
    expect=None,
    mistakes=[(0, _("Kosong bukan nol. Yang kosong menjadi None."))],
)
### BEGIN HIDDEN TESTS
# kasus: huruf besar, dan spasi di awal atau akhir
_lain = {"TIDAK SESUAI": 1, "kurang sesuai  ": 2, "Sesuai": 3, "   ": None}
for _teks, _nilai in _lain.items():
    periksa(
        ke_angka,
        _teks,
        expect=_nilai,
        otherwise=_("Huruf besar dan spasi di awal atau akhir tidak boleh mengubah hasil."),
    )
### END HIDDEN TESTS

# %% [markdown]
# ## Tugas 2. NRR satu unsur (2 poin)
#
# Lengkapi fungsi `nrr`. Fungsi ini menerima daftar jawaban satu unsur, 1 sampai 4. Jawaban kosong adalah `None`.
#
# Awalnya sudah ada: `terisi` mengumpulkan jawaban yang tidak kosong. Anda menulis lanjutannya:
#
# - bila tidak ada yang menjawab, hasilnya `None`;
# - selain itu, hasilnya jumlah nilai dibagi banyaknya yang menjawab, tanpa dibulatkan.
#
# Contoh: `nrr([3, 2, None, 4])` menghasilkan `3.0`, dan `nrr([None, None])` menghasilkan `None`.
#
# <details><summary><b>Petunjuk</b></summary>
#
# Dari pelajaran: `sum(terisi)` menjumlahkan, `len(terisi)` menghitung banyaknya. Untuk memeriksa kosong, tulis `if len(terisi) == 0:`.
#
# </details>

# %% kind="answer" id="nrr"
def nrr(jawaban):
    terisi = []  # jawaban yang terisi
    for nilai in jawaban:
        if nilai is not None:
            terisi.append(nilai)  # tambahkan ke daftar
    ### BEGIN SOLUTION
    if len(terisi) == 0:
        return None
    return sum(terisi) / len(terisi)
    ### END SOLUTION


# %% kind="test" id="tes-nrr" points=2 read="### 1. Rata-rata satu unsur"
# Pemeriksa tugas 2
periksa(
    nrr,
    [4, 3, 4],
    expect=11 / 3,
    mistakes=[
        (11, _("Itu jumlahnya. Bagilah dengan banyaknya orang yang menjawab.")),
        (3, _("Itu banyaknya penjawab. Bagilah jumlah nilai dengan itu.")),
        (3.67, _("Jangan dibulatkan dulu; pembulatan dilakukan di akhir.")),
        (3.7, _("Jangan dibulatkan dulu; pembulatan dilakukan di akhir.")),
        (4, _("Jangan dibulatkan dulu; pembulatan dilakukan di akhir.")),
        (275 / 3, _("Itu sudah dikalikan 25. NRR tetap pada skala 1–4.")),
    ],
)
periksa(
    nrr,
    [3, 2, None, 4],
    expect=3,
    mistakes=[(2.25, _("Anda membagi dengan 4. Hanya tiga orang menjawab."))],
)
periksa(
    nrr,
    [None, None],
    expect=None,
    mistakes=[(0, _("Tidak ada jawaban bukan berarti nilai 0."))],
)
### BEGIN HIDDEN TESTS
# kasus: hanya satu orang menjawab
periksa(nrr, [1], expect=1, otherwise=_("Satu jawaban pun punya rata-rata, yaitu jawaban itu sendiri."))
# kasus: beberapa jawaban kosong di antara yang terisi
periksa(
    nrr,
    [None, 2, 4, 1, None, 3, 1, 2],
    expect=13 / 6,
    mistakes=[
        (13 / 8, _("Jawaban kosong ikut dihitung sebagai penjawab. Bagilah dengan yang menjawab saja.")),
        (2.17, _("Jangan dibulatkan dulu; pembulatan dilakukan di akhir.")),
    ],
)
# kasus: tidak ada yang menjawab
periksa(nrr, [None], expect=None, otherwise=_("Tidak ada jawaban bukan berarti nilai 0."))
### END HIDDEN TESTS

# %% [markdown]
# ## Tugas 3. Bobot satu unsur (1 poin)
#
# Lengkapi fungsi `bobot`. Fungsi ini menerima banyaknya unsur yang ditanyakan dan mengembalikan bobot satu unsur, tanpa dibulatkan.
#
# Satu baris cukup. Pembagian ditulis dengan `/`.
#
# Contoh: `bobot(8)` menghasilkan `0.125`.

# %% kind="answer" id="bobot"
def bobot(banyak_unsur):
    ### BEGIN SOLUTION
    return 1 / banyak_unsur
    ### END SOLUTION


# %% kind="test" id="tes-bobot" points=1 read="### 2. Dari unsur ke indeks"
# Pemeriksa tugas 3
periksa(
    bobot,
    8,
    expect=0.125,
    mistakes=[
        ((0, 125), _("Tulis 0.125 dengan titik; koma membuat dua angka.")),
        ((0, 11), _("Itu bobot sembilan unsur, dibulatkan. Di sini delapan.")),
        (8, _("Itu banyaknya unsur. Bobotnya 1 dibagi banyaknya unsur.")),
        (0.13, _("Jangan dibulatkan dulu; pembulatan dilakukan di akhir.")),
        (0.12, _("Jangan dibulatkan dulu; pembulatan dilakukan di akhir.")),
        (0.11, _("Itu bobot sembilan unsur, dibulatkan. Di sini delapan.")),
        (0.111, _("Itu bobot sembilan unsur, dibulatkan. Di sini delapan.")),
        (1 / 9, _("Itu bobot sembilan unsur. Di sini delapan.")),
    ],
)
periksa(
    bobot,
    5,
    expect=0.2,
    mistakes=[(0.125, _("Bobot mengikuti banyak_unsur, bukan selalu 1/8."))],
)
### BEGIN HIDDEN TESTS
# kasus: survei lengkap menurut peraturan
periksa(
    bobot,
    9,
    expect=1 / 9,
    mistakes=[
        (0.11, _("Sembilan kali 0,11 hanya 0,99: satu persen indeks hilang. Pakai 1/9.")),
        (0.111, _("Bobot yang dibulatkan mengurangi indeks. Pakai 1/9.")),
        (0.1111, _("Bobot yang dibulatkan mengurangi indeks. Pakai 1/9.")),
    ],
)
# kasus: banyaknya unsur yang lain lagi
periksa(bobot, 14, expect=1 / 14)
### END HIDDEN TESTS

# %% [markdown]
# ## Tugas 4. IKM (3 poin)
#
# Lengkapi fungsi `ikm`. Fungsi ini menerima daftar NRR, satu untuk setiap unsur. Unsur yang tidak ditanyakan adalah `None`.
#
# Unsur itu tidak ikut dihitung, juga dalam bobot. Hasilnya indeks 25–100, tanpa dibulatkan.
#
# Kali ini hanya langkahnya yang tertulis.
#
# Contoh: `ikm([3.4, 2.6, None, 2.25])` menghasilkan `68.75`.
#
# <details><summary><b>Petunjuk</b></summary>
#
# Langkah 1 sama dengan awal tugas 2. Menjumlahkan NRR × bobot sama dengan menjumlahkan NRR lalu membaginya dengan banyaknya.
#
# </details>

# %% kind="answer" id="ikm"
def ikm(daftar_nrr):
    # 1. kumpulkan NRR yang bukan None
    # 2. jumlahkan NRR × bobot; bobot = 1 dibagi banyaknya NRR terisi
    # 3. kalikan 25, lalu kembalikan hasilnya
    ### BEGIN SOLUTION
    terisi = [nilai for nilai in daftar_nrr if nilai is not None]
    jumlah = 0
    for nilai in terisi:
        jumlah = jumlah + nilai * (1 / len(terisi))
    return jumlah * 25
    ### END SOLUTION


# %% kind="test" id="tes-ikm" points=3 read="### 2. Dari unsur ke indeks"
# Pemeriksa tugas 4
periksa(
    ikm,
    [3.4, 3.2, 3.1, 3.0],
    expect=79.375,
    mistakes=[
        (3.175, _("Itu skala 1–4. Indeks memakai 25–100: kalikan 25.")),
        (317.5, _("Anda belum mengalikan dengan bobot. Bobotnya 1/4.")),
        (63.5, _("Anda mengalikan dengan 20, seperti skala 1–5. Kalikan 25.")),
        (34.925, _("Itu bobot 0,11. Di sini empat unsur: 1/4.")),
        (12.7 / 9 * 25, _("Itu bobot 1/9. Di sini empat unsur: 1/4.")),
        (12.7 / 3 * 25, _("Anda membagi dengan 3. Di sini empat unsur.")),
        (79.38, _("Jangan dibulatkan dulu; pembulatan dilakukan di akhir.")),
    ],
)
periksa(
    ikm,
    [3.4, 2.6, None, 2.25],
    expect=68.75,
    mistakes=[
        (51.5625, _("Anda membagi dengan 4. Hanya tiga unsur ditanyakan.")),
        (68.0625, _("Anda membulatkan bobot menjadi 0,33. Bobotnya 1/3.")),
        (2.75, _("Itu skala 1–4. Indeks memakai 25–100: kalikan 25.")),
    ],
)
### BEGIN HIDDEN TESTS
# kasus: survei lengkap menurut peraturan
periksa(
    ikm,
    [3.2, 3.0, 2.8, 4.0, 3.3, 3.4, 3.5, 2.4, 2.9],
    expect=28.5 / 9 * 25,
    mistakes=[
        (78.375, _("Anda memakai bobot 0,11. Pakai 1/9; satu persen indeks hilang.")),
        (28.5 * 0.111 * 25, _("Bobot yang dibulatkan mengurangi indeks. Pakai 1/9.")),
        (79.17, _("Jangan dibulatkan dulu; pembulatan dilakukan di akhir.")),
    ],
)
# kasus: hanya satu unsur ditanyakan
periksa(ikm, [None, 1.0, None], expect=25, otherwise=_("Satu unsur saja: bobotnya 1."))
# kasus: semua unsur mendapat nilai tertinggi
periksa(ikm, [4, 4, 4, 4, 4], expect=100, otherwise=_("Nilai tertinggi selalu 100."))
### END HIDDEN TESTS

# %% [markdown]
# ## Tugas 5. Mutu pelayanan (2 poin)
#
# Lengkapi fungsi `huruf`. Fungsi ini menerima IKM yang belum dibulatkan dan mengembalikan `"A"`, `"B"`, `"C"`, atau `"D"`.
#
# Bulatkan dulu dengan `bulatkan`. Batas bawahnya: A 88,31 · B 76,61 · C 65,00. Di bawah itu D.
#
# Contoh: `huruf(79.1666)` menghasilkan `"B"`.
#
# <details><summary><b>Petunjuk</b></summary>
#
# Mulailah dengan `nilai = bulatkan(nilai)`. Lalu tulis `if nilai >= 88.31:` dan di bawahnya, menjorok, `return "A"`. Teruskan untuk B dan C.
#
# </details>

# %% kind="answer" id="huruf"
def huruf(nilai):
    # 1. bulatkan nilai
    # 2. periksa batasnya dari atas: A, B, C, lalu D
    ### BEGIN SOLUTION
    nilai = bulatkan(nilai)
    if nilai >= 88.31:
        return "A"
    if nilai >= 76.61:
        return "B"
    if nilai >= 65:
        return "C"
    return "D"
    ### END SOLUTION


# %% kind="test" id="tes-huruf" points=2 read="### 3. Dari indeks ke mutu pelayanan"
# Pemeriksa tugas 5
periksa(
    huruf,
    79.1666,
    expect="B",
    mistakes=[
        ("b", _("Tulis dengan huruf besar: B.")),
        ("A", _("Periksa batas A: 88.31.")),
        ("C", _("Mulailah dari batas tertinggi: A, lalu B, lalu C.")),
    ],
)
periksa(huruf, 60, expect="D")
periksa(
    huruf,
    88.31,
    expect="A",
    mistakes=[("B", _("88,31 sudah termasuk A. Pakai >= dan bulatkan()."))],
)
periksa(
    huruf,
    88.305,
    expect="A",
    mistakes=[("B", _("Pakai bulatkan() dulu: 88,305 menjadi 88,31, yaitu A."))],
)
### BEGIN HIDDEN TESTS
# kasus: nilai yang sangat dekat dengan sebuah batas
periksa(
    huruf,
    76.6049,
    expect="C",
    mistakes=[("B", _("76,6049 dibulatkan menjadi 76,60, masih C."))],
)
# kasus: nilai di sekitar setiap batas, dan nilai di ujung skala
_lain = {76.605: "B", 64.995: "C", 64.9949: "D", 88.3: "B", 100: "A", 25: "D"}
for _nilai, _huruf in _lain.items():
    periksa(
        huruf,
        _nilai,
        expect=_huruf,
        otherwise=_("Bulatkan dulu, baru lihat batasnya."),
    )
### END HIDDEN TESTS

# %% [markdown]
# ## Tugas 6. Unsur terlemah (2 poin)
#
# Lengkapi fungsi `terlemah`. Fungsi ini menerima tabel nama unsur dan NRR, lalu mengembalikan nama unsur dengan NRR terendah.
#
# Unsur dengan `None` tidak ditanyakan, jadi dilewati. Bila dua unsur sama rendah, pilih yang lebih dulu dalam tabel.
#
# Perulangannya sudah ada. `tabel.items()` memberi nama dan nilai berpasangan. `pilihan` adalah unsur terlemah sejauh ini.
#
# Anda menulis isinya: kapan `pilihan` diganti dengan `nama`?
#
# Contoh: `terlemah({"waktu": 2.6, "pengaduan": 2.25, "biaya": None})` menghasilkan `"pengaduan"`.
#
# <details><summary><b>Petunjuk</b></summary>
#
# Ganti bila `pilihan` masih `None`, atau bila `nilai` lebih kecil daripada `tabel[pilihan]`. Kata «atau» ditulis `or`.
#
# </details>

# %% kind="answer" id="terlemah"
def terlemah(tabel):
    pilihan = None  # unsur terlemah sejauh ini
    for nama, nilai in tabel.items():
        if nilai is None:
            continue
        ### BEGIN SOLUTION
        if pilihan is None or nilai < tabel[pilihan]:
            pilihan = nama
        ### END SOLUTION
    return pilihan


# %% kind="test" id="tes-terlemah" points=2 read="### 5. Mana yang paling lemah?"
# Pemeriksa tugas 6
periksa(
    terlemah,
    {"waktu": 2.6, "pengaduan": 2.25, "sarana": 2.9},
    expect="pengaduan",
    mistakes=[
        (2.25, _("Itu NRR-nya. Yang diminta adalah nama unsurnya.")),
        ("sarana", _("Itu tertinggi atau terakhir. Yang diminta terendah.")),
        ("waktu", _("Itu yang pertama. Ganti bila ada yang lebih rendah.")),
    ],
)
periksa(
    terlemah,
    {"waktu": 2.6, "pengaduan": 2.25, "biaya": None},
    expect="pengaduan",
    mistakes=[("biaya", _("Biaya tidak ditanyakan. None bukan nilai terendah."))],
)
periksa(
    terlemah,
    {"biaya": None, "waktu": 3.0, "prosedur": 3.0},
    expect="waktu",
    mistakes=[("prosedur", _("Pilih yang lebih dulu. Pakai <, bukan <=."))],
)
### BEGIN HIDDEN TESTS
# kasus: unsur dalam urutan yang lain
periksa(
    terlemah,
    {"sarana": 2.9, "pengaduan": 3.1, "perilaku": 3.4},
    expect="sarana",
    otherwise=_("Cari menurut nilai, bukan menurut urutan atau nama."),
)
# kasus: dua unsur sama rendah
periksa(
    terlemah,
    {"biaya": None, "waktu": 3.1, "prosedur": 2.7, "sarana": 2.7},
    expect="prosedur",
    otherwise=_("Bila dua unsur sama rendah, pilih yang lebih dulu dalam tabel."),
)
### END HIDDEN TESTS

# %% [markdown]
# ## Tugas 7. Kelompok kecil (3 poin)
#
# IKM kelompok kecil tidak ditampilkan, karena orangnya mudah dikenali. Batas dalam program `mutu`: sedikitnya lima responden.
#
# Lengkapi fungsi `tampilkan`. Fungsi ini menerima tabel nama kelompok dan pasangan (jumlah responden, IKM).
#
# Hasilnya tabel nama kelompok dan IKM. Untuk kelompok dengan kurang dari lima responden, isi IKM dengan `None`.
#
# Perulangannya sudah ada. Anda mengisi `hasil[nama]`. `banyak` adalah jumlah respondennya, `nilai` adalah IKM-nya.
#
# Contoh: `tampilkan({"L1": (40, 78.2), "L2": (3, 91.0)})` menghasilkan `{"L1": 78.2, "L2": None}`.
#
# <details><summary><b>Petunjuk</b></summary>
#
# Tulis `if banyak < 5:` dan di bawahnya, menjorok, `hasil[nama] = None`. Lalu `else:` untuk kelompok lainnya.
#
# </details>

# %% kind="answer" id="tampilkan"
def tampilkan(kelompok):
    hasil = {}  # tabel yang masih kosong
    for nama, (banyak, nilai) in kelompok.items():
        ### BEGIN SOLUTION
        if banyak < 5:
            hasil[nama] = None
        else:
            hasil[nama] = nilai
        ### END SOLUTION
    return hasil


# %% kind="test" id="tes-tampilkan" points=3 read="## Contoh yang sudah jadi"
# Pemeriksa tugas 7
periksa(
    tampilkan,
    {"L1": (40, 78.2), "L2": (3, 91.0)},
    expect={"L1": 78.2, "L2": None},
    mistakes=[
        ({"L1": 78.2, "L2": 91.0}, _("L2 hanya tiga orang: isi None.")),
        ({"L1": 78.2, "L2": 0}, _("Nol itu angka. Isi None.")),
        ({"L1": 78.2, "L2": "None"}, _("Tulis None tanpa tanda kutip.")),
        ({"L1": 40, "L2": None}, _("Itu jumlah responden, bukan IKM.")),
        ({"L1": 78.2}, _("Nama kelompok kecil tetap ada, dengan None.")),
        ({"L2": None}, _("L1 juga harus ada, dengan IKM-nya.")),
        ({}, _("Masih kosong. Isi hasil[nama].")),
    ],
)
periksa(
    tampilkan,
    {"L3": (5, 80.5)},
    expect={"L3": 80.5},
    mistakes=[({"L3": None}, _("Lima orang sudah cukup. Pakai <, bukan <=."))],
)
### BEGIN HIDDEN TESTS
# kasus: kelompok kecil di antara kelompok yang cukup besar
periksa(
    tampilkan,
    {"disabilitas": (1, 52.0), "lainnya": (5, 80.5), "lansia": (4, 77.0)},
    expect={"disabilitas": None, "lainnya": 80.5, "lansia": None},
    otherwise=_("IKM kelompok dengan kurang dari lima orang harus None."),
)
# kasus: tidak ada kelompok sama sekali
periksa(tampilkan, {}, expect={}, otherwise=_("Bila tidak ada kelompok, hasilnya tabel kosong."))
### END HIDDEN TESTS

# %% [markdown]
# ## Refleksi: kantor Anda sendiri (4 poin)
#
# Tulis 60 sampai 150 kata tentang survei terakhir di kantor Anda. Belum ada survei? Pakailah hasil kantor Bu Ratna dari pelajaran.
#
# 1. Unsur mana yang paling lemah, dan berapa nilainya?
# 2. Apa penyebabnya menurut Anda? Dari mana Anda tahu?
# 3. Satu tindakan apa yang dapat dilakukan dalam tiga bulan? Siapa penanggung jawabnya, dan bagaimana warga diberi tahu?
#
# Jangan menyebut nama warga. Pengajar menilai dengan rubrik ini:
#
# | Poin | Syarat | Contoh |
# |---|---|---|
# | 0 | kosong, atau bukan tentang survei | |
# | 1 | umum, tanpa angka | «Pelayanan kami sudah baik, tetapi perlu ditingkatkan.» |
# | 2 | ada unsur terlemah dan angkanya | «Waktu paling lemah, NRR 2,7.» |
# | 3 | ditambah sebab dan buktinya | «NRR waktu 2,7. Menurut buku antrean, antrean menumpuk pada hari Senin.» |
# | 4 | ditambah tindakan, penanggung jawab, dan ukuran | «Mulai Januari, Kepala Seksi Pelayanan membuka loket kedua setiap Senin. Kami umumkan di ruang tunggu. NRR waktu kami hitung lagi pada Maret.» |
#
# Setiap poin mencakup syarat di atasnya. Nilai adalah poin tertinggi yang semua syaratnya terpenuhi.

# %% [markdown] kind="reflection" id="refleksi" points=4 read="## Bawa ke kantor"
# Jawaban acuan untuk pengajar: unsur dengan NRR, sebab yang berbukti, lalu tindakan dengan waktu, penanggung jawab, dan ukuran.
#
# Menilai dalam satu menit: cari angka, lalu bukti, lalu nama jabatan dan bulan. Tindakan tanpa bukti sebab: 2 poin.

# %% [markdown]
# ## Selesai?
#
# Simpan dengan **Ctrl + S**. Unduh lewat menu **File**, lalu **Mengunduh** (*Download*). Kirim berkasnya kepada pengajar.
#
# Beri nama `IDANDA_skm.ipynb`. Ganti `IDANDA` dengan ID Anda.
#
# Apakah Anda mengambil tugas ini lewat **Assignment List**? **Submit** di sana mengirim salinan di folder `skm`, yang muncul setelah **Fetch**. Kalau Anda mengerjakan di folder `latihan`, kirim berkasnya.
