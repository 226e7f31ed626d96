#!/usr/bin/env python3
"""A reply as DOCX and as PDF: the same facts as from the text, quotes that are found again, and a clear error
where pdftotext is not installed.

usage: converted.py PROGRAM
"""
import json
import pathlib
import shutil
import sys
import tempfile
import xml.sax.saxutils
import zipfile

from support import Count, Program

LINES = [
    "Replies received from Governments", "Armenia", "[Original: English]", "[31 May 2017]",
    "In October 2006, Armenia ratified the Council of Europe Convention on Cybercrime.",
    "Armenia is a member of the Council of Europe.",
]


def docx(path):
    paragraphs = "".join(f"<w:p><w:r><w:t>{xml.sax.saxutils.escape(line)}</w:t></w:r></w:p>" for line in LINES)
    body = ('<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/'
            f'wordprocessingml/2006/main"><w:body>{paragraphs}</w:body></w:document>')
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", body)


def pdf(path):
    text = "BT /F1 11 Tf 72 760 Td 14 TL " + " ".join(
        "({}) Tj T* T*".format(line.replace("(", r"\(").replace(")", r"\)")) for line in LINES) + " ET"
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
               "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
               "/Resources << /Font << /F1 5 0 R >> >> >>",
               f"<< /Length {len(text)} >>\nstream\n{text}\nendstream",
               "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    out += (f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n"
            f"<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n")
    path.write_bytes(out.encode("latin-1"))


def facts(program, path):
    lines = [json.loads(line) for line in program.run("extract", path).splitlines()]
    return sorted((f["section"], f["subject"], f["relation"], f["object"], str(f["attributes"]), f["sentence"])
                  for f in lines if f["record"] == "fact" and f["relation"] in ("RATIFIED", "MEMBER_OF"))


def main():
    count = Count()
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        program = Program(sys.argv[1], folder)
        files = folder / "files"
        files.mkdir()
        (files / "a.txt").write_text("\n\n".join(LINES) + "\n", encoding="utf-8")
        docx(files / "b.bin")  # the format is found by content, not by name
        pdf(files / "c.bin")
        expected = facts(program, files / "a.txt")
        count.same(len(expected), 2, "facts of the text")
        for name in ("b.bin", "c.bin"):
            count.same(facts(program, files / name), expected, name)
        program.run("build", files, "--graph", "g")
        printed = program.run("verify", "--graph", "g")
        count.check(" 0 problems" in printed, f"verify says {printed}")
        good = (files / "b.bin").read_bytes()
        LINES[4] = LINES[4].replace("2006", "2007")
        docx(files / "b.bin")
        printed = program.run("verify", "--quotes-only", "--graph", "g", code=3)
        count.check("lost its proof: Armenia RATIFIED" in printed and "MEMBER_OF" not in printed,
                    f"verify of a changed DOCX says {printed}")
        (files / "b.bin").write_bytes(good)

        empty = folder / "empty"
        empty.mkdir()
        shutil.copy(program.path, empty / "verbale")
        bare = {"PATH": str(empty), "VERBALE_PACKS": str(pathlib.Path(__file__).resolve().parents[2] / "data/packs")}
        printed = program.run("build", files, "--graph", "h", code=5, environment=bare.items())
        count.check("pdftotext" in printed, f"without pdftotext: {printed}")
    count.end()


if __name__ == "__main__":
    main()
