#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writes encodings.tsv beside this file: what Python's codecs make of a text, under every name that
Python knows a codec by. Each line: kind, names with blanks between, text, bytes in hexadecimal.

    ascii   the bytes of the text; the document around it is ASCII
    whole   one name; the bytes of a whole document that declares it
    prose   as ascii, of a sentence that a detector can tell
"""
import codecs
import encodings.aliases
import pathlib

# Codecs of bytes and of one platform, escapes, and two Mac code pages into which Python writes "<"
# as a letter of right-to-left text: no declaration of theirs can be read.
NO_TEXT = set("""base64_codec bz2_codec hex_codec quopri_codec rot_13 uu_codec zlib_codec mbcs oem
    idna punycode raw_unicode_escape unicode_escape undefined palmos charmap mac_arabic
    mac_farsi""".split())
MORE = """cp273 cp720 cp737 cp856 cp874 cp875 cp1006 koi8_t koi8_u kz1048 mac_croatian
    mac_romanian""".split()
SAMPLES = [(("utf",), "Łódź — Ελλάδα 東京"), (("big5", "cp950"), "臺灣經濟新聞"),
           (("gb", "hz"), "中国经济新闻"),
           (("euc_jp", "euc_jis", "shift", "iso2022_jp", "cp932"), "日本経済新聞"),
           (("euc_kr", "cp949", "johab", "iso2022_kr"), "한국경제신문")]
PROSE = {
    "Правительство утвердило новый бюджет на следующий год, сообщает агентство.":
        "cp1251 koi8-r iso8859-5",
    "Η κυβέρνηση ενέκρινε τον νέο προϋπολογισμό για το επόμενο έτος, είπε το πρακτορείο.":
        "iso8859-7 cp1253",
    "日本政府は来年度の予算案を閣議決定した。経済は緩やかに回復していると発表した。":
        "shift_jis euc-jp",
    "Le président a annoncé une réforme économique très attendue, après des années.":
        "iso8859-1",
    "Le président a “annoncé” une réforme économique — après des années de négociations…":
        "cp1252",
    "Rząd zatwierdził nowy budżet państwa na przyszły rok. Gospodarka rośnie mimo żółci.":
        "iso8859-2",
    "Vláda schválila nový státní rozpočet na příští rok. Šéf vlády řekl, že ekonomika roste.":
        "cp1250",
    "הממשלה אישרה את תקציב המדינה החדש לשנה הבאה, כך נמסר מסוכנות הידיעות": "cp1255",
    "وافقت الحكومة على الميزانية الجديدة للسنة القادمة حسب ما ذكرته الوكالة": "cp1256",
    "정부는 내년도 예산안을 확정했다고 발표했다. 경제는 완만하게 회복되고 있다.": "euc-kr",
    "政府批准了明年的预算案，国家经济继续增长，通讯社报道。": "gb2312",
    "政府批准了明年的預算案，國家經濟持續成長，通訊社報導。": "big5",
    "รัฐบาลอนุมัติงบประมาณใหม่สำหรับปีหน้า สำนักข่าวรายงาน": "tis-620",
    "Hükümet gelecek yılın bütçesini onayladı, ajans bildirdi. Ekonomi büyümeye devam.":
        "iso8859-9",
}


def sample(codec):
    for starts, text in SAMPLES:
        if codec.startswith(starts):
            return text
    letters = ""
    for byte in [*range(0xC0, 0x100), *range(0x80, 0xC0)]:
        try:
            letter = bytes([byte]).decode(codec)
        except UnicodeDecodeError:
            continue
        if letter.isalpha() and ord(letter) > 127 and letter.encode(codec) == bytes([byte]):
            letters += letter
    return letters[:12] or "plain text"


def main():
    names = {}
    for alias, codec in [*encodings.aliases.aliases.items(), *((name, name) for name in MORE)]:
        for name in (alias, codec):
            names.setdefault(codec, set()).update({name, name.replace("_", "-")})
    lines = []
    for codec in sorted(names.keys() - NO_TEXT):
        text = sample(codec)
        if "<?xml".encode(codec) == b"<?xml":
            lines.append(("ascii", " ".join(sorted(names[codec])), text, text.encode(codec).hex()))
            continue
        for name in sorted(names[codec]):
            document = f'<?xml version="1.0" encoding="{name}"?><a>{text}</a>'
            lines.append(("whole", name, text, document.encode(codec).hex()))
    for text, prose in PROSE.items():
        lines += [("prose", codec, text, text.encode(codec).hex()) for codec in prose.split()]
    path = pathlib.Path(__file__).with_suffix(".tsv")
    path.write_text("".join("\t".join(line) + "\n" for line in lines), "utf-8")


main()
