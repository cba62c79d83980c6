# %% kind="fact"
# Lesson «SKM: dari kuesioner ke IKM». CC BY 4.0. Prose in Indonesian; the English is in en.po.
# How cells are marked: mutu.course.author.parse. Numbers in {{ }} are filled from the code at build time.

# %% [markdown]
# # SKM: dari kuesioner ke IKM
#
# **Satu jam pelajaran (45 menit).** Setelah pelajaran ini Anda dapat:
#
# - menghitung IKM dari jawaban responden, dengan tangan dan dengan komputer;
# - menentukan unsur yang paling lemah;
# - menemukan tiga kesalahan yang sering muncul dalam laporan SKM.
#
# SKM adalah Survei Kepuasan Masyarakat. IKM adalah Indeks Kepuasan Masyarakat, yaitu hasil SKM dalam satu angka.
#
# Anda tidak perlu bisa memrogram. Semua perintah sudah tertulis dalam **sel**, yaitu kotak berwarna abu-abu.
#
# Klik sebuah sel, lalu tekan **Shift + Enter**. Hasilnya muncul di bawah sel. Jalankan sel dari atas ke bawah.
#
# Sel pertama memuat alat yang dipakai. Di laptop lama perlu waktu; tunggu sampai tanda `[*]` berubah menjadi angka.

# %% kind="setup"
# Persiapan: bahasa tabel dan alat yang dipakai
import os

import pandas as pd
from matplotlib import pyplot as plt

from mutu import regulations, responses
from mutu.look import colour, figure_style
from mutu.measure import skm
from mutu.report import figures
from mutu.widgets import quiz

os.environ["MUTU_LANG"] = _("id")
plt.rcParams.update(figure_style())

# %% [markdown]
# ## Ingat lagi
#
# Dua pertanyaan tentang kantor Anda sendiri. Tulis jawaban, lalu tekan Enter.

# %% kind="quiz"
quiz.ask_own(
    _("Berapa unsur yang ditanyakan dalam survei terakhir di kantor Anda?"),
    _("Peraturan menetapkan sembilan unsur. Catat angka Anda; nanti Anda lihat pengaruhnya pada bobot."),
    replies=[
        (_("9 sembilan"), _("Sembilan, sama dengan yang ditetapkan peraturan.")),
        (_("14 empat belas"), _("Empat belas unsur berasal dari aturan lama. Sekarang sembilan.")),
    ],
)

# %% kind="quiz"
quiz.ask_own(
    _("Satu kata: keluhan apa yang paling sering Anda dengar di loket?"),
    _("Catat kata itu. Di akhir pelajaran Anda mencari unsur yang mengukurnya."),
    replies=[
        (_("syarat persyaratan dokumen fotokopi"), _("Itu unsur 1, persyaratan.")),
        (_("rumit berbelit prosedur alur"), _("Itu unsur 2, sistem, mekanisme, dan prosedur.")),
        (_("lama lambat antre antri waktu"), _("Itu unsur 3, waktu penyelesaian.")),
        (_("mahal biaya tarif pungli pungutan"), _("Itu unsur 4, biaya/tarif.")),
        (_("judes kasar ramah sopan sikap"), _("Itu unsur 7, perilaku pelaksana.")),
        (_("aduan pengaduan tanggapan"), _("Itu unsur 8, penanganan pengaduan.")),
        (_("kursi parkir toilet sempit panas"), _("Itu unsur 9, sarana dan prasarana.")),
    ],
)

# %% [markdown]
# ## Situasi
#
# Bu Ratna memimpin Dinas Kependudukan dan Pencatatan Sipil (Dukcapil) sebuah kabupaten. Kantor dan orangnya rekaan.
#
# Ada enam jenis layanan dan empat loket. Pada triwulan III 2026, 300 orang mengisi survei.
#
# Jawabannya terkumpul dalam satu berkas Excel. Besok pagi Bupati meminta hasilnya.
#
# Anggaran tahun depan hanya cukup untuk satu perbaikan. Ada dua usul:
#
# - Bagian umum mengusulkan kursi baru: «Ruang tunggu selalu penuh.»
# - Petugas loket mengusulkan petugas khusus pengaduan: «Warga mengadu, tetapi tidak ada yang menjawab.»
#
# Keduanya yakin survei mendukung usul mereka. Belum ada yang menghitungnya.
#
# Bu Ratna bertanya kepada Anda: «Berapa IKM kita, dan usul mana yang kita dahulukan?»

# %% [markdown]
# ## Tebak dulu
#
# Indeks terendah 25, tertinggi 100. Semua petugas merasa pelayanan sudah baik. Tebaklah sebelum menghitung.

# %% kind="quiz"
tebakan = quiz.Guess(_("Berapa IKM kantor ini, antara 25 dan 100? Tulis, lalu tekan Enter."))
tebakan

# %% kind="quiz"
quiz.ask_own(
    _("Usul mana yang Anda dahulukan: kursi atau pengaduan? Tulis satu kata."),
    _("Tercatat. Bandingkan nanti dengan hasil hitungan."),
)

# %% [markdown]
# ## Lihat data
#
# Kita buka berkasnya. Datanya sintetis: dibuat oleh program, bukan survei nyata.

# %%
survei = responses.read("data/survei-dukcapil.xlsx")
jawaban = survei.answers
jawaban.head(10)

# %% [markdown]
# Satu baris adalah satu orang. **Responden** adalah orang yang menjawab survei.
#
# Satu kolom adalah satu **unsur**, yaitu satu segi pelayanan yang dinilai. U1 berarti persyaratan, U8 berarti pengaduan.
#
# Jawaban teks sudah menjadi angka 1 sampai 4. «Tidak sesuai» menjadi 1, «Sangat sesuai» menjadi 4. `<NA>` berarti tidak dijawab.
#
# Angka paling kiri (`row`) adalah nomor baris dalam berkas Excel.
#
# Sekarang satu gambar. Berapa orang memberi nilai 1, 2, 3, dan 4 untuk penanganan pengaduan?
#
# Di Excel Anda memakai `COUNTIF`. Di sini `value_counts` mengerjakannya untuk semua nilai sekaligus.

# %%
nilai = jawaban["U8"].value_counts().sort_index()
rendah = 100 * nilai.loc[1:2].sum() / nilai.sum()

gambar = nilai.plot.barh(figsize=(6.3, 2.4), color=colour("primary"))
gambar.bar_label(gambar.containers[0], padding=4)
gambar.set_title(_("{0:.0f}% memberi pengaduan nilai 1 atau 2").format(rendah))
gambar.set_xlabel(_("jumlah responden (n = {0}; data sintetis)").format(nilai.sum()))
gambar.set_ylabel(_("jawaban"));

# %% [markdown]
# Lebih dari separuh yang menjawab, {{rendah|0}} persen, memberi nilai 1 atau 2. Ini petunjuk pertama.

# %% [markdown]
# ## Langkah demi langkah
#
# ### 1. Rata-rata satu unsur
#
# Kita mulai dari lima orang dan tiga unsur, supaya dapat dihitung dengan tangan.
#
# | Responden | Persyaratan | Waktu | Pengaduan |
# |---|---|---|---|
# | A | 3 | 3 | 2 |
# | B | 4 | 3 | 3 |
# | C | 3 | 2 | – |
# | D | 4 | 3 | 2 |
# | E | 3 | 2 | 2 |
#
# Responden C belum pernah mengadu. Karena itu, ia mengosongkan pertanyaan pengaduan.
#
# **NRR** (nilai rata-rata) sebuah unsur adalah jumlah nilai jawabannya dibagi banyaknya orang yang menjawab.
#
# Hitung dulu ketiga NRR di kertas, baru jalankan sel ini. `sum` bekerja seperti `SUM` di Excel, `len` seperti `COUNT`.

# %%
persyaratan = [3, 4, 3, 4, 3]
waktu = [3, 3, 2, 3, 2]
pengaduan = [2, 3, 2, 2]  # hanya empat orang menjawab

nrr_persyaratan = sum(persyaratan) / len(persyaratan)
nrr_waktu = sum(waktu) / len(waktu)
nrr_pengaduan = sum(pengaduan) / len(pengaduan)

nrr_persyaratan, nrr_waktu, nrr_pengaduan

# %% [markdown]
# NRR persyaratan {{nrr_persyaratan}}, waktu {{nrr_waktu}}, pengaduan {{nrr_pengaduan}}. Pengaduan dibagi empat, bukan lima.
#
# Python menulis tanda desimal dengan titik: `3.4` berarti 3,4.
#
# ### 2. Dari unsur ke indeks
#
# **Bobot** setiap unsur sama: 1 dibagi banyaknya unsur yang ditanyakan. Di sini 1/3, dalam survei lengkap 1/9.
#
# Kalikan setiap NRR dengan bobotnya, lalu jumlahkan. Hasilnya masih berada pada skala 1 sampai 4.

# %%
bobot = 1 / 3
rata_rata = (nrr_persyaratan + nrr_waktu + nrr_pengaduan) * bobot
ikm_lima_orang = rata_rata * 25

rata_rata, ikm_lima_orang

# %% [markdown]
# Rata-ratanya {{rata_rata}}. Dikalikan 25, hasilnya {{ikm_lima_orang}}. Itulah IKM: skala 1–4 menjadi skala 25–100.
#
# Dalam satu rumus:
#
# $$\text{IKM} = 25 \times \sum \text{NRR} \times \text{bobot}$$
#
# ### 3. Dari indeks ke mutu pelayanan
#
# Peraturan membagi IKM menjadi empat tingkat **mutu pelayanan**, dari A sampai D. Setiap tingkat punya sebutan **kinerja**.
#
# Bulatkan IKM ke dua desimal dulu, baru lihat tabelnya.
#
# | Mutu | IKM | Kinerja |
# |---|---|---|
# | A | {{tingkat["A"].low}} – {{tingkat["A"].high}} | {{str(tingkat["A"].kinerja).lower()}} |
# | B | {{tingkat["B"].low}} – {{tingkat["B"].high}} | {{str(tingkat["B"].kinerja).lower()}} |
# | C | {{tingkat["C"].low}} – {{tingkat["C"].high}} | {{str(tingkat["C"].kinerja).lower()}} |
# | D | {{tingkat["D"].low}} – {{tingkat["D"].high}} | {{str(tingkat["D"].kinerja).lower()}} |
#
# Tabel itu tersimpan dalam program `mutu`, lengkap dengan nama peraturannya. Kita tanyakan mutu untuk IKM {{ikm_lima_orang}}.

# %%
aturan = regulations.skm()
aturan.grade(ikm_lima_orang).mutu

# %% kind="setup"
# Batas mutu pelayanan untuk tabel di atas
tingkat = {satu.mutu: satu for satu in aturan.bands}

# %% [markdown]
# Mutunya {{aturan.grade(ikm_lima_orang).mutu}}.
#
# ### 4. Biarkan komputer menghitung
#
# Fungsi `skm.score` melakukan tiga langkah tadi sekaligus. Kita coba dengan lima orang yang sama.

# %%
lima_orang = pd.DataFrame(
    {
        "U1": [3, 4, 3, 4, 3],
        "U3": [3, 3, 2, 3, 2],
        "U8": [2, 3, None, 2, 2],
    }
)
skm.score(lima_orang)

# %% [markdown]
# Angkanya sama: {{skm.score(lima_orang).rounded}}. Fungsi ini juga memberi **selang kepercayaan**.
#
# Survei hanya menanyai sebagian pengguna. Selang kepercayaan adalah kisaran yang wajar bagi IKM seandainya semua pengguna ditanya.
#
# Dengan lima orang, selangnya lebar sekali. Sekarang kita pakai semua responden.

# %%
hasil = skm.score(jawaban)
ikm = hasil.rounded
hasil

# %% [markdown]
# IKM kantor ini **{{ikm}}**, mutu pelayanan {{hasil.mutu}}, dari {{hasil.n}} responden. Selangnya {{hasil.interval.low}} sampai {{hasil.interval.high}}.
#
# Mutu B mulai dari {{tingkat["B"].low}}. Batas itu ada di dalam selang, jadi mutu B belum pasti.
#
# Bagaimana dengan tebakan Anda?

# %%
tebakan.compare(ikm)

# %% [markdown]
# ### 5. Mana yang paling lemah?
#
# Satu angka merangkum sembilan unsur, sehingga unsur yang lemah tidak terlihat. Gambar ini mengurutkan unsur dari yang terlemah.

# %%
figures.elements(hasil)

# %% [markdown]
# **Apa yang kita lihat?** Pikirkan sebentar, lalu buka jawabannya.
#
# <details><summary><b>Jawaban</b></summary>
#
# Pengaduan paling lemah: NRR {{hasil.element("U8").nrr}}. Garis mendatar adalah selangnya. Garis itu tidak menyentuh garis unsur lain.
#
# Waktu penyelesaian menyusul dengan {{hasil.element("U3").nrr}}. Biaya paling kuat, {{hasil.element("U4").nrr}}, karena layanan ini gratis.
#
# </details>
#
# Jawaban untuk Bu Ratna: dahulukan pengaduan. Sarana bernilai {{hasil.element("U9").nrr}}, jelas lebih baik. Samakah dengan pilihan Anda tadi?

# %% kind="fact"
# What the prose says in words
urut = sorted(hasil.unsur, key=lambda unsur: unsur.nrr)
assert rendah > 50
assert [urut[0].kode, urut[1].kode, urut[-1].kode] == ["U8", "U3", "U4"]
assert urut[0].nrr_interval.high < urut[1].nrr_interval.low
assert hasil.element("U9").nrr_interval.low > urut[0].nrr_interval.high
assert hasil.interval.low < tingkat["B"].low < hasil.interval.high

# %% [markdown]
# ## Coba sendiri
#
# Layanan Dukcapil gratis menurut UU 24/2013 Pasal 79A. Masih perlukah menanyakan biaya?
#
# Kita buang kolom `U4`, lalu menghitung lagi. Bobot setiap unsur otomatis menjadi 1/8.

# %%
dibuang = "U4"
hasil_delapan = skm.score(jawaban.drop(columns=dibuang))
float(hasil_delapan.rounded)

# %% [markdown]
# IKM turun dari {{ikm}} menjadi {{hasil_delapan.rounded}}. Layanan gratis mengangkat indeks, padahal itu bukan hasil kerja loket.
#
# Sekarang giliran Anda. Ganti `"U4"` dengan `"U8"`, lalu jalankan lagi sel di atas. Naik atau turun? Mengapa?
#
# <details><summary><b>Jawaban</b></summary>
#
# IKM naik menjadi {{skm.score(jawaban.drop(columns="U8")).rounded}}. Unsur terlemah tidak lagi ikut dihitung, padahal pelayanannya tetap sama.
#
# </details>

# %% [markdown]
# ## Cek pemahaman
#
# Lima soal dari pekerjaan sehari-hari. Tulis jawabannya, lalu tekan Enter.

# %% kind="quiz"
quiz.ask_number(
    _("1. Enam orang menilai waktu: 3, 2, 4, 3, kosong, 3. Berapa NRR-nya?"),
    3,
    _("Jumlahnya 15, dibagi 5 orang. Jawaban kosong tidak ikut dihitung."),
    hints=[(2.5, _("Anda membagi dengan 6. Hanya lima orang yang menjawab."))],
)

# %% kind="quiz"
quiz.ask_number(
    _("2. Sebuah puskesmas menanyakan delapan unsur. Berapa bobot satu unsur?"),
    0.125,
    _("1 dibagi 8. Bobot mengikuti banyaknya unsur yang ditanyakan."),
    within=0.0005,
    hints=[(0.11, _("Itu bobot untuk sembilan unsur, dan sudah dibulatkan."))],
)

# %% kind="quiz"
quiz.ask_number(
    _("3. Rata-rata tertimbang semua unsur 3,20. Berapa IKM-nya?"),
    80,
    _("3,20 × 25 = 80. Skala 1–4 menjadi 25–100."),
    hints=[(64, _("Anda mengalikan dengan 20, seperti pada skala 1–5. Di sini kalikan dengan 25."))],
)

# %% kind="quiz"
quiz.ask_word(
    _("4. IKM sebelum dibulatkan 88,305. Apa mutu pelayanannya? Tulis hurufnya."),
    ["A"],
    _("88,305 dibulatkan menjadi 88,31, dan A mulai dari 88,31."),
    _("Bulatkan dulu ke dua desimal, baru lihat tabel."),
)

# %% kind="quiz"
quiz.ask_choice(
    _("5. Sebuah loket memakai skala 1–5. Apa yang Anda lakukan dengan jawabannya?"),
    [
        _("Menghitungnya seperti skala 1–4"),
        _("Mengonversinya ke skala 1–4 dan menjelaskan caranya dalam laporan"),
        _("Menghapus semua jawaban 5"),
    ],
    1,
    _("Skala lain dikonversi dan caranya disebut, agar pembaca dapat memeriksa."),
    _("Skala peraturan 1–4. Nilai 5 tidak dapat dipakai begitu saja, tetapi juga tidak boleh dibuang."),
)

# %% [markdown]
# ## Jebakan
#
# Tiga kesalahan ini ditemukan dalam laporan dan aplikasi nyata. Angka di bawah berasal dari data sintetis kita.
#
# ### Bobot 0,11
#
# Banyak lembar kerja memakai bobot 0,11. Padahal 1/9 adalah 0,1111 dan seterusnya. Sembilan kali 0,11 hanya 0,99.

# %%
hasil_011 = skm.score(jawaban, weights="0.11")
pd.DataFrame(
    {
        _("bobot"): ["1/9", _("0,11")],
        "IKM": [float(hasil.rounded), float(hasil_011.rounded)],
        _("mutu"): [hasil.mutu, hasil_011.mutu],
    }
)

# %% [markdown]
# Satu persen hilang: {{ikm}} menjadi {{hasil_011.rounded}}. Di kantor ini mutunya ikut turun, dari {{hasil.mutu}} ke {{hasil_011.mutu}}.
#
# Pelayanannya tidak berubah sedikit pun. Pakailah 1/9, dan sebutkan bobot itu dalam laporan.
#
# ### Kolom 8 dan 9 tertukar
#
# Dalam uraian peraturan, pengaduan adalah unsur 8 dan sarana unsur 9. Dalam contoh kuesionernya, urutan itu terbalik.
#
# Berkas kita mengikuti contoh kuesioner. Lihat apa yang terjadi bila kolom dibaca menurut urutannya saja.

# %%
tertukar = jawaban.rename(columns={"U8": "U9", "U9": "U8"})
salah = skm.score(tertukar)
pd.DataFrame(
    {
        _("unsur"): [unsur.nama for unsur in hasil.unsur[7:]],
        _("benar"): [float(unsur.nrr) for unsur in hasil.unsur[7:]],
        _("tertukar"): [float(unsur.nrr) for unsur in salah.unsur[7:]],
    }
).round(2)

# %% [markdown]
# IKM-nya tetap {{salah.rounded}}, jadi tidak ada yang curiga. Namun, sarana kini tampak paling lemah.
#
# Bu Ratna akan membeli kursi, sedangkan pengaduan tetap tidak ditangani. Cocokkan kolom dengan bunyi pertanyaannya. `responses.read` bekerja dengan cara itu.
#
# ### Kosong dihitung nol
#
# Dalam lembar kerja, sel kosong mudah terhitung sebagai 0. Padahal skala ini mulai dari 1.

# %%
nrr_benar = float(jawaban["U8"].mean())
nrr_nol = float(jawaban["U8"].fillna(0).mean())

round(nrr_benar, 2), round(nrr_nol, 2)

# %% [markdown]
# NRR pengaduan turun dari {{nrr_benar}} menjadi {{nrr_nol}}. Sebanyak {{int(jawaban["U8"].isna().sum())}} orang tidak menjawab, tetapi dihitung memberi nilai di bawah yang terburuk.

# %% kind="fact"
assert hasil.mutu == "B" and hasil_011.mutu == "C" and hasil_delapan.ikm < hasil.ikm
assert salah.ikm == hasil.ikm and min(salah.unsur, key=lambda unsur: unsur.nrr).kode == "U9"
assert len(jawaban) == hasil.n == 300

# %% [markdown]
# ## Bawa ke kantor
#
# **Satu hal untuk besok:** buka laporan SKM terakhir kantor Anda, lalu isi tabel ini.
#
# | Pertanyaan | Jawaban kantor saya |
# |---|---|
# | Berapa unsur yang ditanyakan? | |
# | Bobot apa yang dipakai: 1/9, 0,111, atau 0,11? | |
# | Kolom mana yang berisi pengaduan, mana sarana? | |
# | Bagaimana jawaban kosong dihitung? | |
# | Apa dua unsur terlemah, dan siapa penanggung jawabnya? | |
# | Unsur mana yang mengukur keluhan yang Anda tulis di awal? Berapa NRR-nya? | |
#
# Anda punya berkas jawabannya? Unggah lewat **penilaian mandiri** di halaman depan, atau ketik di terminal:
#
# ```
# mutu skm score survei.xlsx
# ```

# %% [markdown]
# ## Ringkasan satu halaman
#
# 1. **NRR** unsur = jumlah nilai jawaban ÷ banyaknya yang menjawab. Kosong bukan nol.
# 2. **Bobot** = 1 ÷ banyaknya unsur yang ditanyakan. Sembilan unsur: 1/9, bukan 0,11.
# 3. **IKM** = jumlah (NRR × bobot) × 25, antara 25 dan 100.
# 4. **Bulatkan dulu** ke dua desimal, baru cari mutu pelayanannya.
# 5. **Cocokkan kolom** dengan bunyi pertanyaan, terutama pengaduan dan sarana.
# 6. **Laporkan** jumlah responden, bobot, selang kepercayaan, dan dua unsur terlemah.
#
# ### Sumber
#
# - Permenpan RB 14/2017 tentang Pedoman Penyusunan SKM: unsur, rumus, mutu pelayanan, dan kinerja.
# - Data: sintetis, dari `data/make.py` modul ini, lisensi CC0.
# - Selang kepercayaan: linearisasi Taylor atas responden, sebaran t, 95%.
#
# ### Daftar istilah
#
# | Istilah | Arti |
# |---|---|
# | SKM | Survei Kepuasan Masyarakat |
# | IKM | Indeks Kepuasan Masyarakat, 25–100 |
# | unsur | satu segi pelayanan yang dinilai |
# | NRR | nilai rata-rata satu unsur, 1–4 |
# | bobot | bagian satu unsur dalam indeks |
# | jawaban | tabel: responden di baris, unsur di kolom |
# | mutu pelayanan | tingkat IKM: A, B, C, atau D |
# | kinerja | sebutan bagi setiap mutu, misalnya «baik» untuk B |
# | selang kepercayaan | kisaran yang wajar bagi IKM seandainya semua pengguna ditanya |
# | responden | orang yang menjawab survei |
# | data sintetis | data buatan program, bukan data nyata |
#
# Lanjutkan dengan latihan modul ini: buka folder `latihan`.
