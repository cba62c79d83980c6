# %% kind="fact"
# Exercise of the module «SKM: dari kuesioner ke IKM», with its solution and hidden tests. CC BY 4.0.
# How cells are marked: mutu.course.author.parse.

# %% [markdown]
# # Latihan: SKM, dari kuesioner ke IKM
#
# **Satu jam pelajaran (45 menit).** Tujuh tugas diperiksa secara otomatis (15 poin). Satu refleksi dinilai oleh pengajar (4 poin).
#
# Cara mengerjakan:
#
# 1. Cari sel yang berisi `raise NotImplementedError()`. Ganti baris itu dengan jawaban Anda.
# 2. Jalankan sel Anda dengan **Shift + Enter**.
# 3. Jalankan sel pemeriksa di bawahnya. Pesannya menyebutkan apa yang masih kurang.
#
# Anda boleh mencoba berkali-kali. Setelah dikumpulkan, fungsi Anda juga diuji dengan data lain.
#
# Semua data di sini sintetis.

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
# ## Tugas 1. Dari teks ke angka (2 poin)
#
# Lengkapi fungsi `ke_angka`. Fungsi ini menerima satu jawaban berupa teks dan mengembalikan angka 1 sampai 4.
#
# Pakailah tabel `ANGKA`. Huruf besar dan spasi di awal atau akhir tidak boleh berpengaruh. Teks kosong menjadi `None`.
#
# Contoh: `ke_angka(" Sangat sesuai ")` menghasilkan `4`.

# %% kind="answer" id="ke-angka"
def ke_angka(teks):
    ### BEGIN SOLUTION
    teks = teks.strip().lower()
    if teks == "":
        return None
    return ANGKA[teks]
    ### END SOLUTION


# %% kind="test" id="tes-ke-angka" points=2
# Pemeriksa tugas 1
periksa(ke_angka, "sesuai", expect=3)
periksa(
    ke_angka,
    " Sangat sesuai ",
    expect=4,
    mistakes=[(None, _("Buang spasi dengan strip() dan ubah menjadi huruf kecil dengan lower()."))],
)
periksa(
    ke_angka,
    "",
    expect=None,
    mistakes=[(0, _("Kosong bukan nol. Skala ini mulai dari 1; yang kosong menjadi None."))],
)
### BEGIN HIDDEN TESTS
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
# Hasilnya jumlah nilai jawaban dibagi banyaknya yang menjawab, tanpa dibulatkan. Bila tidak ada yang menjawab, hasilnya `None`.
#
# Contoh: `nrr([3, 2, None, 4])` menghasilkan `3.0`.

# %% kind="answer" id="nrr"
def nrr(jawaban):
    ### BEGIN SOLUTION
    terisi = [nilai for nilai in jawaban if nilai is not None]
    if len(terisi) == 0:
        return None
    return sum(terisi) / len(terisi)
    ### END SOLUTION


# %% kind="test" id="tes-nrr" points=2
# Pemeriksa tugas 2
periksa(
    nrr,
    [4, 3, 4, 3],
    expect=3.5,
    mistakes=[
        (14, _("Itu jumlahnya. Bagilah dengan banyaknya orang yang menjawab.")),
        (87.5, _("Itu sudah dikalikan 25. NRR tetap pada skala 1–4.")),
    ],
)
periksa(
    nrr,
    [3, 2, None, 4],
    expect=3,
    mistakes=[(2.25, _("Anda membagi dengan 4. Hanya tiga orang yang menjawab."))],
)
### BEGIN HIDDEN TESTS
periksa(nrr, [1], expect=1, otherwise=_("Satu jawaban pun punya rata-rata, yaitu jawaban itu sendiri."))
periksa(
    nrr,
    [None, 4, 4, 3, None],
    expect=11 / 3,
    mistakes=[
        (2.2, _("Jawaban kosong ikut dihitung sebagai penjawab. Bagilah dengan yang menjawab saja.")),
        (3.67, _("Jangan dibulatkan dulu; pembulatan dilakukan di akhir.")),
    ],
)
periksa(
    nrr,
    [None, None],
    expect=None,
    mistakes=[(0, _("Tidak ada jawaban bukan berarti nilai 0."))],
)
### END HIDDEN TESTS

# %% [markdown]
# ## Tugas 3. Bobot satu unsur (1 poin)
#
# Lengkapi fungsi `bobot`. Fungsi ini menerima banyaknya unsur yang ditanyakan dan mengembalikan bobot satu unsur, tanpa dibulatkan.
#
# Contoh: `bobot(8)` menghasilkan `0.125`.

# %% kind="answer" id="bobot"
def bobot(banyak_unsur):
    ### BEGIN SOLUTION
    return 1 / banyak_unsur
    ### END SOLUTION


# %% kind="test" id="tes-bobot" points=1
# Pemeriksa tugas 3
periksa(
    bobot,
    8,
    expect=0.125,
    mistakes=[
        (0.11, _("0,11 adalah bobot sembilan unsur yang dibulatkan. Di sini delapan unsur.")),
        (1 / 9, _("Itu bobot untuk sembilan unsur. Di sini delapan unsur.")),
    ],
)
### BEGIN HIDDEN TESTS
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
periksa(bobot, 5, expect=0.2)
### END HIDDEN TESTS

# %% [markdown]
# ## Tugas 4. IKM (3 poin)
#
# Lengkapi fungsi `ikm`. Fungsi ini menerima daftar NRR, satu untuk setiap unsur. Unsur yang tidak ditanyakan adalah `None`.
#
# Unsur itu tidak ikut dihitung, juga dalam bobot. Hasilnya indeks 25–100, tanpa dibulatkan.
#
# Contoh: `ikm([3.4, 2.6, None, 2.25])` menghasilkan `68.75`.

# %% kind="answer" id="ikm"
def ikm(daftar_nrr):
    ### BEGIN SOLUTION
    terisi = [nilai for nilai in daftar_nrr if nilai is not None]
    jumlah = 0
    for nilai in terisi:
        jumlah = jumlah + nilai * (1 / len(terisi))
    return jumlah * 25
    ### END SOLUTION


# %% kind="test" id="tes-ikm" points=3
# Pemeriksa tugas 4
periksa(
    ikm,
    [3.5, 3.5, 3.5],
    expect=87.5,
    mistakes=[
        (3.5, _("Itu rata-rata pada skala 1–4. Indeks memakai skala 25–100: kalikan 25.")),
        (28.875, _("Anda memakai bobot 0,11 untuk tiga unsur. Bobotnya 1/3.")),
    ],
)
periksa(
    ikm,
    [3.4, 2.6, None, 2.25],
    expect=68.75,
    mistakes=[
        (51.5625, _("Anda membagi dengan 4. Unsur yang tidak ditanyakan tidak ikut dihitung.")),
        (2.75, _("Itu rata-rata pada skala 1–4. Indeks memakai skala 25–100: kalikan 25.")),
    ],
)
### BEGIN HIDDEN TESTS
periksa(
    ikm,
    [3.2, 3.0, 2.8, 4.0, 3.3, 3.4, 3.5, 2.4, 2.9],
    expect=28.5 / 9 * 25,
    mistakes=[
        (78.375, _("Anda memakai bobot 0,11. Pakai 1/9; satu persen indeks hilang.")),
        (79.17, _("Jangan dibulatkan dulu; pembulatan dilakukan di akhir.")),
    ],
)
periksa(ikm, [None, 1.0, None], expect=25, otherwise=_("Satu unsur saja: bobotnya 1."))
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

# %% kind="answer" id="huruf"
def huruf(nilai):
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


# %% kind="test" id="tes-huruf" points=2
# Pemeriksa tugas 5
periksa(
    huruf,
    79.1666,
    expect="B",
    mistakes=[("b", _("Tulis dengan huruf besar: B."))],
)
periksa(huruf, 60, expect="D")
periksa(
    huruf,
    88.31,
    expect="A",
    mistakes=[("B", _("88,31 sudah termasuk A. Pakai >=, bukan >."))],
)
### BEGIN HIDDEN TESTS
periksa(
    huruf,
    88.305,
    expect="A",
    mistakes=[("B", _("Bulatkan dulu: 88,305 menjadi 88,31, dan itu A."))],
)
periksa(
    huruf,
    76.6049,
    expect="C",
    mistakes=[("B", _("76,6049 dibulatkan menjadi 76,60, masih C."))],
)
_lain = {76.605: "B", 64.995: "C", 64.9949: "D", 100: "A", 25: "D"}
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
# Unsur dengan `None` tidak ditanyakan, jadi lewati. Bila dua unsur sama rendah, pilih yang lebih dulu dalam tabel.
#
# Contoh: `terlemah({"waktu": 2.6, "pengaduan": 2.25, "biaya": None})` menghasilkan `"pengaduan"`.

# %% kind="answer" id="terlemah"
def terlemah(tabel):
    ### BEGIN SOLUTION
    pilihan = None
    for nama, nilai in tabel.items():
        if nilai is None:
            continue
        if pilihan is None or nilai < tabel[pilihan]:
            pilihan = nama
    return pilihan
    ### END SOLUTION


# %% kind="test" id="tes-terlemah" points=2
# Pemeriksa tugas 6
periksa(
    terlemah,
    {"waktu": 2.6, "pengaduan": 2.25, "sarana": 2.9},
    expect="pengaduan",
    mistakes=[
        (2.25, _("Itu NRR-nya. Yang diminta adalah nama unsurnya.")),
        ("sarana", _("Itu unsur dengan nilai tertinggi. Yang diminta adalah yang terendah.")),
    ],
)
periksa(
    terlemah,
    {"waktu": 2.6, "pengaduan": 2.25, "biaya": None},
    expect="pengaduan",
    mistakes=[("biaya", _("Biaya tidak ditanyakan. None bukan nilai terendah."))],
)
### BEGIN HIDDEN TESTS
periksa(
    terlemah,
    {"sarana": 2.9, "pengaduan": 3.1, "perilaku": 3.4},
    expect="sarana",
    otherwise=_("Cari menurut nilai, bukan menurut urutan atau nama."),
)
periksa(
    terlemah,
    {"biaya": None, "waktu": 3.0, "prosedur": 3.0},
    expect="waktu",
    otherwise=_("Bila dua unsur sama rendah, pilih yang lebih dulu dalam tabel."),
)
### END HIDDEN TESTS

# %% [markdown]
# ## Tugas 7. Kelompok kecil (3 poin)
#
# IKM kelompok dengan kurang dari lima responden tidak boleh ditampilkan: orangnya mudah dikenali.
#
# Lengkapi fungsi `tampilkan`. Fungsi ini menerima tabel nama kelompok dan pasangan (jumlah responden, IKM).
#
# Hasilnya tabel nama kelompok dan IKM. Untuk kelompok kecil, isi IKM dengan `None`.
#
# Contoh: `tampilkan({"Loket 1": (40, 78.2), "Loket 2": (3, 91.0)})` menghasilkan `{"Loket 1": 78.2, "Loket 2": None}`.

# %% kind="answer" id="tampilkan"
def tampilkan(kelompok):
    ### BEGIN SOLUTION
    hasil = {}
    for nama, (banyak, nilai) in kelompok.items():
        if banyak >= 5:
            hasil[nama] = nilai
        else:
            hasil[nama] = None
    return hasil
    ### END SOLUTION


# %% kind="test" id="tes-tampilkan" points=3
# Pemeriksa tugas 7
periksa(
    tampilkan,
    {"Loket 1": (40, 78.2), "Loket 2": (3, 91.0)},
    expect={"Loket 1": 78.2, "Loket 2": None},
    mistakes=[
        (
            {"Loket 1": 78.2, "Loket 2": 91.0},
            _("Loket 2 hanya tiga orang. IKM-nya harus None."),
        ),
        (
            {"Loket 1": 78.2},
            _("Nama kelompok kecil tetap ada; hanya angkanya yang menjadi None."),
        ),
    ],
)
### BEGIN HIDDEN TESTS
periksa(
    tampilkan,
    {"disabilitas": (1, 52.0), "lainnya": (5, 80.5), "lansia": (4, 77.0)},
    expect={"disabilitas": None, "lainnya": 80.5, "lansia": None},
    mistakes=[
        (
            {"disabilitas": None, "lainnya": None, "lansia": None},
            _("Lima orang sudah cukup. Hanya kelompok dengan kurang dari lima orang yang disembunyikan."),
        )
    ],
    otherwise=_("IKM kelompok dengan kurang dari lima orang harus None."),
)
periksa(tampilkan, {}, expect={}, otherwise=_("Bila tidak ada kelompok, hasilnya tabel kosong."))
### END HIDDEN TESTS

# %% [markdown]
# ## Refleksi: kantor Anda sendiri (4 poin)
#
# Tulis 100 sampai 200 kata tentang survei terakhir di kantor Anda:
#
# 1. Unsur mana yang paling lemah, dan berapa nilainya?
# 2. Apa penyebabnya menurut Anda? Dari mana Anda tahu?
# 3. Satu tindakan apa yang dapat dilakukan dalam tiga bulan, dan siapa penanggung jawabnya?
#
# Pengajar menilai dengan rubrik ini:
#
# | Tingkat | Artinya | Contoh |
# |---|---|---|
# | 1 poin | umum, tanpa angka | «Pelayanan kami sudah baik, tetapi perlu ditingkatkan.» |
# | 2 poin | ada unsur dan angka | «Waktu paling lemah, NRR 2,7.» |
# | 3 poin | ada sebab dengan bukti | «NRR waktu 2,7. Menurut buku antrean, antrean menumpuk pada hari Senin.» |
# | 4 poin | ada tindakan, penanggung jawab, dan ukuran | «Mulai Januari, Kepala Seksi Pelayanan membuka loket kedua setiap Senin. NRR waktu kami hitung lagi pada Maret.» |

# %% [markdown] kind="reflection" id="refleksi" points=4
# Jawaban acuan untuk pengajar: unsur dengan NRR, sebab yang berbukti, lalu tindakan dengan waktu, penanggung jawab, dan ukuran.

# %% [markdown]
# ## Selesai?
#
# Simpan dengan **Ctrl + S**. Unduh lewat menu **File**, **Download**, lalu kirim berkasnya kepada pengajar.
#
# Beri nama `IDANDA_skm.ipynb`. Ganti `IDANDA` dengan ID Anda.
#
# Apakah Anda mengambil tugas ini lewat **Assignment List**? Kalau begitu, tekan **Submit** di sana.
